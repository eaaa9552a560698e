//! DeleteIdentities: removes identities.

use cognitab_macros::{Shape, operation};

use crate::identity::{self, Identity};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DeleteIdentities.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentitiesInput {
    /// Up to 60 of them.
    #[shape(length = 1..=60, item_length = 1..=55)]
    pub(crate) identity_ids_to_delete: Vec<String>,
}

/// Output of DeleteIdentities.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteIdentitiesResponse {
    /// Those that could not be removed.
    pub(crate) unprocessed_identity_ids: Vec<Unprocessed>,
}

/// An identity that could not be removed.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Unprocessed {
    /// Its id.
    pub(crate) identity_id: String,
    /// Why.
    pub(crate) error_code: String,
}

/// Removes identities.
#[operation(signed, access = pool::access)]
pub(crate) fn delete_identities(
    cx: &mut Cx<'_>,
    input: DeleteIdentitiesInput,
) -> Result<DeleteIdentitiesResponse, Stop> {
    let mut unprocessed_identity_ids = Vec::new();
    for identity_id in input.identity_ids_to_delete {
        let found: Option<Identity> = cx.world.get(&identity_id);
        let owner = found.as_ref().and_then(|i| pool::account(&cx.world, &i.pool));
        match found.filter(|_| owner.as_deref() == Some(&cx.call.account)) {
            Some(identity) => identity::remove(cx, &identity),
            None => unprocessed_identity_ids
                .push(Unprocessed { identity_id, error_code: "AccessDenied".to_owned() }),
        }
    }
    Ok(DeleteIdentitiesResponse { unprocessed_identity_ids })
}
