//! DeleteUserPoolDomain: deletes the domain of a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::domain::{self, Domain};
use crate::model::pool;
use crate::model::types::{DomainType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolDomainRequest {
    pub(crate) domain: DomainType,
    pub(crate) user_pool_id: UserPoolIdType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_user_pool_domain(
    cx: &mut Cx<'_>,
    input: DeleteUserPoolDomainRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let key = domain::key(&cx.call.region, &input.domain);
    let mine = cx.world.get::<Domain>(&key).is_some_and(|d| d.pool == pool.id);
    if !mine {
        return Err(Error::DomainNotFound.into());
    }
    cx.world.remove::<Domain>(&key);
    Ok(())
}
