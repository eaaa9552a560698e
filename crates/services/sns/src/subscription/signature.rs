//! Signatures of operations that also take unsigned requests.

use cognitab_kernel::{ApiError, Cx, authenticate};
use cognitab_wire::sigv4;

/// Whether the request has a signature, valid or not.
pub(crate) fn is_present(cx: &Cx<'_>) -> bool {
    !matches!(sigv4::parse(cx.request()), Ok(None))
}

/// Verifies the signature and sets the caller and the account.
pub(crate) fn authenticate(cx: &mut Cx<'_>) -> Result<(), ApiError> {
    cx.call.caller = authenticate::signed(cx)?;
    cx.call.account = cx.call.caller.key().map(|key| key.account.clone()).unwrap_or_default();
    Ok(())
}
