//! ListPolicies: lists the managed policies that the account can attach.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn;
use crate::pagination::page;
use crate::policy::Policy;
use crate::policy::aws_managed_policy::AwsManagedPolicy;
use crate::policy::customer_managed_policy::CustomerManagedPolicy;
use crate::shapes::{MarkerType, MaxItemsType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPoliciesRequest {
    /// `All` by default.
    scope: Option<PolicyScopeType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "policyScopeType")]
pub(crate) enum PolicyScopeType {
    All,
    /// AWS managed policies.
    #[shape(name = "AWS")]
    Aws,
    /// Customer managed policies.
    Local,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPoliciesResponse {
    policies: Vec<Policy>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the managed policies that the account can attach: AWS's first, then its own.
#[operation(signed, access = access::policy)]
pub(crate) fn list_policies(
    cx: &mut Cx<'_>,
    input: ListPoliciesRequest,
) -> Result<ListPoliciesResponse, Stop> {
    let scope = input.scope.unwrap_or(PolicyScopeType::All);
    let aws = AwsManagedPolicy::all(arn::partition(cx))
        .filter(|_| scope != PolicyScopeType::Local)
        .map(Policy::from);
    let own = cx.world.scan::<CustomerManagedPolicy>(&format!("{}/", cx.call.account));
    let own = own.filter(|_| scope != PolicyScopeType::Aws).map(Policy::from);
    let (policies, marker) = page(aws.chain(own).collect(), input.max_items, input.marker)?;
    Ok(ListPoliciesResponse { policies, is_truncated: marker.is_some(), marker })
}
