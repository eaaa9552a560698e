//! ARNs in requests.

use cognitab_kernel::Cx;
use cognitab_macros::Shape;
use cognitab_wire::arn::{Arn, Partition};

use crate::error::Error;

/// The ARN of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "topicARN")]
pub(crate) struct TopicArn(String);

/// The ARN of a subscription: that of its topic, a colon, and its ID.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "subscriptionARN")]
pub(crate) struct SubscriptionArn(String);

/// The ARN of a resource with tags: a topic.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=1011)]
pub(crate) struct AmazonResourceName(String);

/// Fields of an ARN.
const FIELDS: usize = 6;

/// Parses the ARN of a topic in the region of the request. `member` is the member that holds it.
pub(crate) fn topic<'a>(
    cx: &Cx<'_>,
    member: &'static str,
    text: Option<&'a str>,
) -> Result<Arn<'a>, Error> {
    let arn = parse(cx, member, text)?;
    if arn.resource().contains(':') { Err(Error::InvalidParameter(member)) } else { Ok(arn) }
}

/// Parses the ARN of a subscription in the region of the request.
pub(crate) fn subscription<'a>(
    cx: &Cx<'_>,
    text: Option<&'a SubscriptionArn>,
) -> Result<Arn<'a>, Error> {
    let arn = parse(cx, "SubscriptionArn", text.map(|text| text.as_str()))?;
    let has_id = arn.resource().contains(':');
    if has_id { Ok(arn) } else { Err(Error::InvalidParameter("SubscriptionId")) }
}

fn parse<'a>(cx: &Cx<'_>, member: &'static str, text: Option<&'a str>) -> Result<Arn<'a>, Error> {
    let text = text.ok_or(Error::MissingParameter(member))?;
    let fields = text.split(':').count();
    if fields < FIELDS {
        return Err(Error::ShortArn { member, fields });
    }
    let region = cx.call.region.as_str();
    let is_here = |arn: &Arn<'_>| {
        arn.service() == "sns"
            && arn.region() == region
            && arn.partition() == Partition::of_region(region)
            && !arn.account().is_empty()
    };
    Arn::parse(text).filter(is_here).ok_or(Error::InvalidParameter(member))
}
