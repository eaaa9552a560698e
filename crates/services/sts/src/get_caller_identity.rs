//! GetCallerIdentity: who signed this. Needs no permission.

use cognitab_macros::{Shape, operation};

use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Output of GetCallerIdentity.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCallerIdentityResponse {
    /// `AIDA…` or `AROA…:session`.
    pub(crate) user_id: String,
    /// Account.
    pub(crate) account: String,
    /// ARN.
    pub(crate) arn: String,
}

/// Tells who signed the request.
#[operation(signed, unrestricted)]
pub(crate) fn get_caller_identity(
    cx: &mut Cx<'_>,
    _input: (),
) -> Result<GetCallerIdentityResponse, Stop> {
    let key = cx.call.caller.key().cloned().unwrap_or_default();
    Ok(GetCallerIdentityResponse { user_id: key.user_id, account: key.account, arn: key.arn })
}
