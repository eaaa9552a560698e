//! `SetSubscriptionAttributes`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::arn::SubscriptionArn;
use crate::error::Error;
use crate::subscription::Subscription;
use crate::topic::Topic;

/// `SetSubscriptionAttributesInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SetSubscriptionAttributesInput {
    subscription_arn: Option<SubscriptionArn>,
    attribute_name: String,
    /// Without it the attribute is reset.
    attribute_value: Option<String>,
}

/// Sets an attribute of a subscription of the caller's account.
#[operation(signed, access = access::subscription)]
pub(crate) fn set_subscription_attributes(
    cx: &mut Cx<'_>,
    input: SetSubscriptionAttributesInput,
) -> Result<(), Stop> {
    let mut subscription = Subscription::own(cx, input.subscription_arn.as_ref())?;
    let topic = Topic::find(cx, "TopicArn", Some(&subscription.topic_arn().to_string()))?;
    let value = input.attribute_value.unwrap_or_default();
    subscription.set(&topic, [(&input.attribute_name, &value)]).map_err(Error::Attribute)?;
    subscription.check_filter_policies(cx, &topic)?;
    cx.world.put(&subscription);
    Ok(())
}
