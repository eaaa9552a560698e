//! GetPolicyVersion: reads the document of a managed policy.

use super::access;
use super::error::Error;
use super::managed::{self, PolicyVersion};
use crate::cx::Cx;
use crate::fault::Fault;
use cognitab_macros::{Shape, operation};

/// Input of GetPolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionRequest {
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) policy_arn: String,
    /// The version, `v1`.
    pub(crate) version_id: String,
}

/// Output of GetPolicyVersion.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetPolicyVersionResponse {
    /// The version.
    pub(crate) policy_version: PolicyVersion,
}

/// Reads the document of a managed policy.
#[operation(signed, access = access::policy)]
pub(crate) fn get_policy_version(
    cx: &mut Cx<'_>,
    input: GetPolicyVersionRequest,
) -> Result<GetPolicyVersionResponse, Fault> {
    let text = managed::text(&cx.world, &input.policy_arn).filter(|_| input.version_id == "v1");
    let text = text.ok_or(Error::NoPolicy(input.policy_arn))?;
    let document = cognitab_wire::http::encode(&text);
    let policy_version =
        PolicyVersion { document, version_id: input.version_id, is_default_version: true };
    Ok(GetPolicyVersionResponse { policy_version })
}
