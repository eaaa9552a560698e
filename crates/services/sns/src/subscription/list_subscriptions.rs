//! `ListSubscriptions`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::pagination::{NextToken, page};
use crate::subscription::{ListedSubscription, Subscription};

/// `ListSubscriptionsInput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListSubscriptionsInput {
    next_token: Option<NextToken>,
}

/// `ListSubscriptionsResponse`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListSubscriptionsResponse {
    subscriptions: Vec<ListedSubscription>,
    next_token: Option<NextToken>,
}

/// Lists the subscriptions that the caller's account has in the region of the request, to topics of
/// any account.
#[operation(signed, access = access::account)]
pub(crate) fn list_subscriptions(
    cx: &mut Cx<'_>,
    input: ListSubscriptionsInput,
) -> Result<ListSubscriptionsResponse, Stop> {
    let (owner, region, now) = (&cx.call.account, &cx.call.region, cx.now);
    let own = cx.world.scan("").filter(|one: &Subscription| {
        one.owner == *owner && one.region == *region && one.exists(now)
    });
    let (page, next_token) = page(cx, own, input.next_token.as_ref())?;
    let subscriptions = page.into_iter().map(ListedSubscription::from).collect();
    Ok(ListSubscriptionsResponse { subscriptions, next_token })
}
