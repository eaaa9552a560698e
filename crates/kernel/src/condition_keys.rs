//! Where the value of each global condition key comes from.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
//!
//! Keys that belong to one service come from the operation, in [`Access::context`];
//! keys of a session (`aws:PrincipalTag/…`, a token's claims) are kept with its credentials.

use std::collections::BTreeMap;

use cognitab_wire::time;

use crate::cx::Cx;
use crate::operation::Access;

/// A condition key and the source of its value.
#[derive(Clone, Copy, Debug)]
pub struct ConditionKey {
    /// Its name, such as `aws:SourceIp`.
    pub name: &'static str,
    /// Its value in a request; absent where the request has none.
    pub value: Source,
}

/// Where the value of a condition key comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Every request has it: from the simulated time in milliseconds since 1970.
    Always(fn(now: i64) -> String),
    /// The request, its caller, or what the operation needs to be allowed.
    Request(fn(&Cx<'_>, &Access) -> Option<String>),
}

use Source::{Always, Request};

/// The keys, in the order of AWS's reference: network, request, principal, session, resource.
pub const KEYS: &[ConditionKey] = &[
    key("aws:SourceIp", Always(|_| "192.0.2.1".to_owned())),
    key("aws:CurrentTime", Always(time::iso)),
    key("aws:EpochTime", Always(|now| (now / 1000).to_string())),
    key("aws:SecureTransport", Always(|_| "true".to_owned())),
    key("aws:Referer", Request(|cx, _| header(cx, "referer"))),
    key("aws:UserAgent", Request(|cx, _| header(cx, "user-agent"))),
    key("aws:RequestedRegion", Request(|cx, _| Some(cx.call.region.clone()))),
    key("aws:userid", Request(|cx, _| Some(cx.call.caller.key()?.user_id.clone()))),
    key("aws:username", Request(|cx, _| user_name(cx))),
    key("aws:TokenIssueTime", Request(|cx, _| token_issue_time(cx))),
    key("aws:ResourceAccount", Request(|_, access| access.owner.clone())),
];

const fn key(name: &'static str, value: Source) -> ConditionKey {
    ConditionKey { name, value }
}

/// The maximum length of a header in a condition, in characters. Matching a pattern takes quadratic
/// time at worst, and anyone can send a header.
const MAX_HEADER: usize = 8192;

/// A header of the request; absent if it is longer than AWS accepts.
fn header(cx: &Cx<'_>, name: &str) -> Option<String> {
    let value = cx.request().header(name)?;
    (value.len() <= MAX_HEADER).then(|| value.to_owned())
}

/// Only an IAM user has a name; a session has the name of its role session in `aws:userid`.
fn user_name(cx: &Cx<'_>) -> Option<String> {
    let key = cx.call.caller.key()?;
    key.session_token.is_none().then(|| key.name().to_owned())
}

/// Only temporary credentials have a time of issue.
fn token_issue_time(cx: &Cx<'_>) -> Option<String> {
    let key = cx.call.caller.key()?;
    key.session_token.is_some().then(|| time::iso(key.issued.0))
}

/// The keys of a request and their values.
pub fn of(cx: &Cx<'_>, access: &Access) -> BTreeMap<String, Vec<String>> {
    let value = |key: &ConditionKey| match key.value {
        Always(value) => Some(value(cx.now)),
        Request(value) => value(cx, access),
    };
    let known = KEYS.iter().filter_map(|key| Some((key.name.to_owned(), vec![value(key)?])));
    known.collect()
}

/// The keys that every request has, at this simulated time in milliseconds since 1970.
pub fn always(now: i64) -> BTreeMap<String, Vec<String>> {
    let value = |key: &ConditionKey| match key.value {
        Always(value) => Some((key.name.to_owned(), vec![value(now)])),
        Request(_) => None,
    };
    KEYS.iter().filter_map(value).collect()
}
