//! `GetSubscriptionAttributes`.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::SubscriptionArn;
use crate::subscription::Subscription;

/// `GetSubscriptionAttributesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetSubscriptionAttributesInput {
    subscription_arn: Option<SubscriptionArn>,
}

/// `GetSubscriptionAttributesResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetSubscriptionAttributesResponse {
    attributes: BTreeMap<String, String>,
}

/// Returns the attributes of a subscription of the caller's account.
#[operation(signed, access = access::subscription)]
pub(crate) fn get_subscription_attributes(
    cx: &mut Cx<'_>,
    input: GetSubscriptionAttributesInput,
) -> Result<GetSubscriptionAttributesResponse, Stop> {
    let subscription = Subscription::own(cx, input.subscription_arn.as_ref())?;
    let mut attributes = subscription.attributes.clone();
    // SNS returns the scope with every filter policy, and never without one.
    let scope = attributes
        .contains_key("FilterPolicy")
        .then(|| subscription.filter_policy_scope().as_str().to_owned());
    attributes.remove("FilterPolicyScope");
    attributes.extend(scope.map(|scope| ("FilterPolicyScope".to_owned(), scope)));
    attributes.entry("RawMessageDelivery".to_owned()).or_insert_with(|| false.to_string());
    let confirmation = subscription.confirmation;
    let authenticated = confirmation.is_some_and(|confirmation| confirmation.authenticated);
    let computed = [
        ("ConfirmationWasAuthenticated", authenticated.to_string()),
        ("PendingConfirmation", confirmation.is_none().to_string()),
        ("SubscriptionArn", subscription.arn()),
        ("TopicArn", subscription.topic_arn().to_string()),
        ("Protocol", subscription.protocol.as_str().to_owned()),
        ("Endpoint", subscription.endpoint),
        ("Owner", subscription.owner),
        ("SubscriptionPrincipal", subscription.principal),
    ];
    attributes.extend(computed.map(|(name, value)| (name.to_owned(), value)));
    Ok(GetSubscriptionAttributesResponse { attributes })
}
