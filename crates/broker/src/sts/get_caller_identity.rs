//! GetCallerIdentity: who signed this. Needs no permission.

use cognitab_macros::{Shape, operation};

use crate::cx::Cx;
use crate::fault::Fault;

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
#[operation(signed)]
pub(crate) fn get_caller_identity(
    cx: &mut Cx<'_>,
    _input: (),
) -> Result<GetCallerIdentityResponse, Fault> {
    let key = cx.caller.key().cloned().unwrap_or_default();
    Ok(GetCallerIdentityResponse { user_id: key.user_id, account: key.account, arn: key.arn })
}
