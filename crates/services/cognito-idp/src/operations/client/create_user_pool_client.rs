//! CreateUserPoolClient: creates an app client.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::client_settings::{ClientSettings, UserPoolClientResponse};
use crate::model::pool;
use crate::model::resource_server;

#[operation(signed, access = pool::access)]
pub(crate) fn create_user_pool_client(
    cx: &mut Cx<'_>,
    input: ClientSettings,
) -> Result<UserPoolClientResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    if input.client_name.is_none() {
        return Err(Error::null("clientName").into());
    }
    let generate = input.generate_secret == Some(true);
    if generate && input.client_secret.is_some() {
        return Err(Error::parameter(
            "GenerateSecret and ClientSecret cannot be set at the same time.",
        )
        .into());
    }
    let id = cx.random.alphanumeric(26).into();
    let own = input.client_secret.clone();
    let secret = if generate { Some(cx.random.alphanumeric(51).into()) } else { own };
    let scopes = resource_server::scopes(&cx.world, &pool.id);
    let now = Timestamp(cx.now);
    let client = input.into_client(&pool, &scopes, id, secret, now, cx.now)?;
    cx.world.put(&client);
    Ok(UserPoolClientResponse { user_pool_client: client })
}
