//! ListPolicies: lists the managed policies that the account can attach.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn;
use crate::pagination::page;
use crate::policy::Policy;
use crate::policy::aws_managed_policy::AwsManagedPolicy;
use crate::policy::customer_managed_policy::CustomerManagedPolicy;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListPoliciesRequest {
    /// `All` by default, `AWS`, or `Local` for customer managed policies.
    scope: Option<String>,
    #[shape(range = 1..=1000)]
    max_items: Option<i64>,
    marker: Option<String>,
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
    let scope = input.scope.unwrap_or_default();
    let aws =
        AwsManagedPolicy::all(arn::partition(cx)).filter(|_| scope != "Local").map(Policy::from);
    let own = cx.world.scan::<CustomerManagedPolicy>(&format!("{}/", cx.call.account));
    let own = own.filter(|_| scope != "AWS").map(Policy::from);
    let (policies, marker) =
        page(aws.chain(own).collect(), input.max_items, input.marker.as_deref());
    Ok(ListPoliciesResponse { policies, is_truncated: marker.is_some(), marker })
}
