//! UpdateUserPoolClient: replaces the settings of an app client. Those left out get their default.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::operation;

use crate::error::Error;
use crate::model::client;
use crate::model::client_settings::{ClientSettings, UserPoolClientResponse};
use crate::model::pool;
use crate::model::resource_server;

#[operation(signed, access = pool::access)]
pub(crate) fn update_user_pool_client(
    cx: &mut Cx<'_>,
    input: ClientSettings,
) -> Result<UserPoolClientResponse, Stop> {
    let id = input.client_id.clone().ok_or_else(|| Error::null("clientId"))?;
    let old = client::find_in_pool(cx, &input.user_pool_id, &id)?;
    let pool = pool::find(cx, &input.user_pool_id)?;
    let scopes = resource_server::scopes(&cx.world, &pool.id);
    let name = input.client_name.clone().unwrap_or(old.client_name);
    let input = ClientSettings { client_name: Some(name), ..input };
    let client =
        input.into_client(&pool, &scopes, id, old.client_secret, old.creation_date, cx.now)?;
    cx.world.put(&client);
    Ok(UserPoolClientResponse { user_pool_client: client })
}
