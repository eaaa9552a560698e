//! A group of users, its role and its precedence.

use cognitab_kernel::{Row, World};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::types::{
    ArnType, DescriptionType, GroupNameType, PrecedenceType, UserPoolIdType,
};
use crate::model::user::User;

/// A group, stored as responses describe it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct GroupType {
    pub(crate) group_name: GroupNameType,
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) description: Option<DescriptionType>,
    pub(crate) role_arn: Option<ArnType>,
    pub(crate) precedence: Option<PrecedenceType>,
    pub(crate) last_modified_date: Timestamp,
    pub(crate) creation_date: Timestamp,
}

/// The output of the operations on one group.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GroupResponse {
    pub(crate) group: GroupType,
}

/// The output of the operations that list groups.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GroupsResponse {
    pub(crate) groups: Vec<GroupType>,
    /// Absent on the last page.
    pub(crate) next_token: Option<String>,
}

impl Row for GroupType {
    const TABLE: &'static str = "cognito-idp.group";
    fn key(&self) -> String {
        key(&self.user_pool_id, &self.group_name)
    }
}

/// The key of a group. Neither pool IDs nor group names contain a space.
pub(crate) fn key(pool: &str, name: &str) -> String {
    format!("{pool} {name}")
}

/// The group that a request names.
pub(crate) fn find(world: &World, pool: &str, name: &str) -> Result<GroupType, Error> {
    world.get(&key(pool, name)).ok_or(Error::GroupNotFound)
}

/// The role ARNs of a pool's groups.
pub fn roles_of_pool(world: &World, pool: &str) -> Vec<String> {
    world
        .scan(&key(pool, ""))
        .filter_map(|group: GroupType| group.role_arn.map(Into::into))
        .collect()
}

/// The groups of a user, in the order of precedence.
pub(crate) fn of_user(world: &World, user: &User) -> Vec<GroupType> {
    let mut groups: Vec<GroupType> =
        user.groups.iter().filter_map(|name| world.get(&key(&user.pool, name))).collect();
    groups.sort_by_key(|g| (precedence(g), g.group_name.clone()));
    groups
}

/// The precedence value of a group. One without a value comes last.
fn precedence(group: &GroupType) -> i64 {
    group.precedence.map_or(i64::MAX, Into::into)
}

/// The distinct roles of these groups, and the preferred one: the role of the lowest precedence value,
/// unless groups of that value have different roles.
pub(crate) fn roles(groups: &[GroupType]) -> (Vec<ArnType>, Option<ArnType>) {
    let with_role: Vec<_> = groups.iter().filter(|g| g.role_arn.is_some()).collect();
    let mut roles = Vec::new();
    for role in with_role.iter().filter_map(|g| g.role_arn.clone()) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    let best = with_role.iter().map(|g| precedence(g)).min();
    let mut first = with_role.iter().filter(|g| Some(precedence(g)) == best);
    let preferred = first.next().and_then(|g| g.role_arn.clone());
    let alone = first.all(|g| g.role_arn == preferred);
    (roles, preferred.filter(|_| alone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_precedence_wins_unless_two_share_it() {
        let group = |role: &str, precedence: Option<i64>| GroupType {
            group_name: role.into(),
            user_pool_id: "".into(),
            description: None,
            role_arn: (!role.is_empty()).then(|| role.into()),
            precedence: precedence.map(PrecedenceType::from),
            last_modified_date: Timestamp(0),
            creation_date: Timestamp(0),
        };
        for (groups, preferred) in [
            (vec![("a", Some(2)), ("b", Some(1))], Some("b")),
            (vec![("a", Some(1)), ("b", Some(1))], None),
            (vec![("a", Some(1)), ("a", Some(1))], Some("a")),
            (vec![("", Some(0)), ("b", None)], Some("b")),
            (vec![("a", None), ("b", Some(9))], Some("b")),
            (vec![("", None)], None),
        ] {
            let list: Vec<_> = groups.iter().map(|(r, p)| group(r, *p)).collect();
            assert_eq!(roles(&list).1.as_deref().map(String::as_str), preferred, "{groups:?}");
        }
    }
}
