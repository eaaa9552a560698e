//! ListUsers: lists the users of a user pool, all or those that a filter matches.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pagination::paginate;
use crate::model::pool;
use crate::model::types::{
    AttributeNameType, QueryLimitType, SearchPaginationTokenType, UserFilterType, UserPoolIdType,
    text,
};
use crate::model::user::{self, User, UserType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) attributes_to_get: Option<Vec<AttributeNameType>>,
    pub(crate) limit: Option<QueryLimitType>,
    pub(crate) pagination_token: Option<SearchPaginationTokenType>,
    /// `attribute = "value"` or `attribute ^= "prefix"`.
    pub(crate) filter: Option<UserFilterType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersResponse {
    /// Sorted by user name.
    pub(crate) users: Vec<UserType>,
    /// Absent on the last page.
    pub(crate) pagination_token: Option<SearchPaginationTokenType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn list_users(
    cx: &mut Cx<'_>,
    input: ListUsersRequest,
) -> Result<ListUsersResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let filter = text(&input.filter).map(str::trim).filter(|filter| !filter.is_empty());
    let filter = filter.map(Filter::parse).transpose()?;
    let matches = |user: &User| filter.as_ref().is_none_or(|f| f.matches(user));
    let describe = |user: User| {
        let mut description = user.describe();
        if let Some(names) = &input.attributes_to_get {
            description.attributes.retain(|a| names.contains(&a.name));
        }
        description
    };
    let all = user::scan(&cx.world, &pool.id).filter(matches).map(describe);
    let (users, pagination_token) = paginate(all, input.limit, text(&input.pagination_token))?;
    Ok(ListUsersResponse { users, pagination_token })
}

/// The attributes that a filter can search.
const SEARCHABLE: [&str; 11] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
    "user_status",
];

struct Filter {
    attribute: String,
    is_prefix: bool,
    value: String,
}

impl Filter {
    fn parse(text: &str) -> Result<Filter, Error> {
        let invalid = || Error::parameter("Error while parsing filter");
        let (attribute, rest) = text.split_once('=').ok_or_else(invalid)?;
        let (attribute, is_prefix) = match attribute.strip_suffix('^') {
            Some(attribute) => (attribute, true),
            None => (attribute, false),
        };
        let attribute = attribute.trim().trim_matches('"').to_owned();
        let value = rest.trim().strip_prefix('"').and_then(|r| r.strip_suffix('"'));
        let value = value.ok_or_else(invalid)?.replace("\\\"", "\"");
        if !SEARCHABLE.contains(&attribute.as_str()) {
            return Err(Error::parameter(format!("Invalid search attribute: {attribute}")));
        }
        Ok(Filter { attribute, is_prefix, value })
    }

    fn matches(&self, user: &User) -> bool {
        let value = match self.attribute.as_str() {
            "username" => user.username.as_str(),
            "cognito:user_status" | "user_status" => user.status.as_str(),
            "status" if user.enabled => "Enabled",
            "status" => "Disabled",
            name => match user.attribute(name) {
                Some(value) => value,
                None => return false,
            },
        };
        if self.is_prefix { value.starts_with(&self.value) } else { value == self.value }
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn filters_that_can_be_parsed() {
        for (text, good) in [
            ("email = \"a\"", true),
            ("given_name ^= \"A\"", true),
            ("\"email\"=\"a\"", true),
            ("email", false),
            ("email = a", false),
            ("custom:x = \"a\"", false),
        ] {
            assert_eq!(Filter::parse(text).is_ok(), good, "{text}");
        }
    }
}
