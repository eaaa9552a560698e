//! GetCallerIdentity: returns the caller's account and ARN. It requires no permissions.

use cognitab_macros::{Shape, operation};

use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCallerIdentityResponse {
    /// `AIDA…` or `AROA…:session`.
    pub(crate) user_id: String,
    pub(crate) account: String,
    pub(crate) arn: String,
}

#[operation(signed, unrestricted)]
pub(crate) fn get_caller_identity(
    cx: &mut Cx<'_>,
    _input: (),
) -> Result<GetCallerIdentityResponse, Stop> {
    let key = cx.call.caller.key().cloned().unwrap_or_default();
    Ok(GetCallerIdentityResponse { user_id: key.user_id, account: key.account, arn: key.arn })
}
