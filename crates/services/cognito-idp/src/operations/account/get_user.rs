//! GetUser: returns the attributes of the signed-in user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::caller;
use crate::model::client::UserPoolClientType;
use crate::model::schema::{self, AttributeType};
use crate::model::types::{TokenModelType, UsernameType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserRequest {
    pub(crate) access_token: TokenModelType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetUserResponse {
    pub(crate) username: UsernameType,
    pub(crate) user_attributes: Vec<AttributeType>,
}

#[operation(access_token)]
pub(crate) fn get_user(cx: &mut Cx<'_>, input: GetUserRequest) -> Result<GetUserResponse, Stop> {
    let _ = input;
    let (user, client) = caller::signed_in_user(cx)?;
    let client: Option<UserPoolClientType> = cx.world.get(&client);
    let mut user_attributes = user.attribute_list();
    user_attributes.retain(|a| client.as_ref().is_none_or(|c| schema::is_readable(c, &a.name)));
    Ok(GetUserResponse { username: user.username, user_attributes })
}
