//! DeleteUserPool: deletes a user pool and everything in it.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::client::UserPoolClientType;
use crate::model::domain;
use crate::model::group::{self, GroupType};
use crate::model::pool::{self, DeletionProtectionType, Pool};
use crate::model::resource_server::{self, ResourceServerType};
use crate::model::types::UserPoolIdType;
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolRequest {
    pub(crate) user_pool_id: UserPoolIdType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_user_pool(cx: &mut Cx<'_>, input: DeleteUserPoolRequest) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    if pool.deletion_protection == DeletionProtectionType::Active {
        return Err(Error::parameter(
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
        )
        .into());
    }
    if domain::of_pool(&cx.world, &pool.id).is_some() {
        return Err(Error::parameter(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
        )
        .into());
    }
    let clients = cx.world.scan::<UserPoolClientType>("").filter(|c| c.user_pool_id == pool.id);
    for client in clients.collect::<Vec<_>>() {
        cx.world.remove::<UserPoolClientType>(&client.client_id);
    }
    user::remove_all(&mut cx.world, &pool.id);
    cx.world.remove_all::<ResourceServerType>(&resource_server::key(&pool.id, ""));
    cx.world.remove_all::<GroupType>(&group::key(&pool.id, ""));
    cx.world.remove::<Pool>(&pool.id);
    Ok(())
}
