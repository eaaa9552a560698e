//! DeleteIdentities.

use crate::shapes::{IdentityId, IdentityIdList};
use cognitab_macros::{Shape, operation};

use crate::identity::{self, Identity};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentitiesInput {
    pub(crate) identity_ids_to_delete: IdentityIdList,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentitiesResponse {
    pub(crate) unprocessed_identity_ids: Vec<UnprocessedIdentityId>,
}

/// An identity that could not be deleted.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UnprocessedIdentityId {
    pub(crate) identity_id: IdentityId,
    pub(crate) error_code: String,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_identities(
    cx: &mut Cx<'_>,
    input: DeleteIdentitiesInput,
) -> Result<DeleteIdentitiesResponse, Stop> {
    let mut unprocessed_identity_ids = Vec::new();
    for identity_id in input.identity_ids_to_delete.into_inner() {
        let found: Option<Identity> = cx.world.get(&identity_id);
        let owner = found.as_ref().and_then(|i| pool::account(&cx.world, &i.pool));
        match found.filter(|_| owner.as_deref() == Some(&cx.call.account)) {
            Some(identity) => identity::delete(cx, &identity),
            None => unprocessed_identity_ids
                .push(UnprocessedIdentityId { identity_id, error_code: "AccessDenied".to_owned() }),
        }
    }
    Ok(DeleteIdentitiesResponse { unprocessed_identity_ids })
}
