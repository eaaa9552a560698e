//! DeleteUserPoolDomain: deletes the domain of a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::domain::{self, Domain};
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolDomainRequest {
    #[shape(length = 1..=63, pattern = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")]
    pub(crate) domain: String,
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
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
