//! Delivery policies: how SNS retries deliveries to HTTP and HTTPS endpoints. They are validated and
//! returned; nothing is delivered to such endpoints.

use serde_json::{Map, Value as Json, json};

use crate::attribute::{self, Invalid, Stored};

const NAME: &str = "DeliveryPolicy";

/// What a value must be.
enum Rule {
    /// An object with these members at most.
    Object(&'static [(&'static str, Rule)]),
    /// An integer between these, inclusive.
    Integer(i64, i64),
    /// A boolean, by default `false`.
    Boolean,
    /// A string.
    String,
    /// One of these strings.
    OneOf(&'static [&'static str]),
}

use Rule::{Boolean, Integer, Object, OneOf};

const RETRY_POLICY: Rule = Object(&[
    ("minDelayTarget", Integer(1, 3600)),
    ("maxDelayTarget", Integer(1, 3600)),
    ("numRetries", Integer(0, 100)),
    ("numMaxDelayRetries", Integer(0, 100)),
    ("numNoDelayRetries", Integer(0, 100)),
    ("numMinDelayRetries", Integer(0, 100)),
    ("backoffFunction", OneOf(&["arithmetic", "exponential", "geometric", "linear"])),
]);
const THROTTLE_POLICY: Rule = Object(&[("maxReceivesPerSecond", Integer(1, i64::MAX))]);
const REQUEST_POLICY: Rule = Object(&[("headerContentType", Rule::String)]);

const TOPIC: Rule = Object(&[(
    "http",
    Object(&[
        ("defaultHealthyRetryPolicy", RETRY_POLICY),
        ("disableSubscriptionOverrides", Boolean),
        ("defaultThrottlePolicy", THROTTLE_POLICY),
        ("defaultRequestPolicy", REQUEST_POLICY),
    ]),
)]);

const SUBSCRIPTION: &[(&str, Rule)] = &[
    ("healthyRetryPolicy", RETRY_POLICY),
    ("sicklyRetryPolicy", RETRY_POLICY),
    ("throttlePolicy", THROTTLE_POLICY),
    ("requestPolicy", REQUEST_POLICY),
    ("guaranteed", Boolean),
];

/// The delivery policy of a topic. One without `http` resets the attribute.
pub(crate) fn topic(text: &str) -> Stored {
    let Some(policy) = attribute::json(NAME, text)? else { return Ok(None) };
    let policy = TOPIC.read("", &policy)?;
    Ok(policy.get("http").is_some().then(|| policy.to_string()))
}

/// The delivery policy of a subscription. SNS returns the members that it lacks as null.
pub(crate) fn subscription(text: &str) -> Stored {
    let Some(policy) = attribute::json(NAME, text)? else { return Ok(None) };
    let policy = Object(SUBSCRIPTION).read("", &policy)?;
    let member = |name: &str| (name.to_owned(), policy.get(name).cloned().unwrap_or_default());
    let all = SUBSCRIPTION.iter().map(|(name, _)| member(name)).collect();
    Ok(Some(Json::Object(all).to_string()))
}

/// The delivery policy that is in effect for a topic: its own over the defaults.
pub(crate) fn effective(own: Option<&str>) -> String {
    let mut policy = json!({"http": {
        "defaultHealthyRetryPolicy": {
            "minDelayTarget": 20,
            "maxDelayTarget": 20,
            "numRetries": 3,
            "numMaxDelayRetries": 0,
            "numNoDelayRetries": 0,
            "numMinDelayRetries": 0,
            "backoffFunction": "linear",
        },
        "disableSubscriptionOverrides": false,
        "defaultRequestPolicy": {"headerContentType": "text/plain; charset=UTF-8"},
    }});
    overlay(&mut policy, own.and_then(|own| serde_json::from_str(own).ok()).unwrap_or_default());
    policy.to_string()
}

fn overlay(below: &mut Json, above: Json) {
    match (below, above) {
        (_, Json::Null) => {}
        (Json::Object(below), Json::Object(above)) => {
            for (name, value) in above {
                overlay(below.entry(name).or_insert(Json::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

impl Rule {
    /// Checks the value at a path. Returns it with its members in SNS's order.
    fn read(&self, path: &str, value: &Json) -> Result<Json, Invalid> {
        let refuse = |rule: String| Err(Invalid::value(NAME, format!("{path} {rule}")));
        match self {
            Object(rules) => object(path, value, rules),
            Integer(least, most) => match value.as_i64() {
                None => refuse("must be an integer".to_owned()),
                Some(number) if number < *least => {
                    refuse(format!("must be greater than or equal to {least}"))
                }
                Some(number) if number > *most => {
                    refuse(format!("must be less than or equal to {most}"))
                }
                Some(_) => Ok(value.clone()),
            },
            Boolean if !value.is_boolean() => refuse("must be true or false".to_owned()),
            Rule::String if !value.is_string() => refuse("must be a string".to_owned()),
            OneOf(names) if !value.as_str().is_some_and(|name| names.contains(&name)) => {
                refuse(format!("must be one of {}", names.join(", ")))
            }
            Boolean | Rule::String | OneOf(_) => Ok(value.clone()),
        }
    }
}

fn object(path: &str, value: &Json, rules: &[(&str, Rule)]) -> Result<Json, Invalid> {
    let refuse = |path: &str, rule: &str| Err(Invalid::value(NAME, format!("{path} {rule}")));
    let Some(members) = value.as_object() else {
        return refuse(
            if path.is_empty() { "Delivery policy" } else { path },
            "must be a JSON object",
        );
    };
    let known = |name: &String| rules.iter().any(|(known, _)| known == name);
    if let Some(name) = members.keys().find(|name| !known(name)) {
        return Err(Invalid::value(NAME, format!("Unexpected JSON member: {name}")));
    }
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let mut checked = Map::new();
    for (name, rule) in rules {
        match members.get(*name).filter(|value| !value.is_null()) {
            Some(value) => {
                checked.insert((*name).to_owned(), rule.read(&below(name), value)?);
            }
            None if matches!(rule, Boolean) => {
                checked.insert((*name).to_owned(), false.into());
            }
            None => {}
        }
    }
    let delay = |name: &str| checked.get(name).and_then(Json::as_i64);
    match (delay("minDelayTarget"), delay("maxDelayTarget")) {
        (Some(least), Some(most)) if least > most => {
            refuse(&below("minDelayTarget"), &format!("must be less than or equal to {most}"))
        }
        _ => Ok(checked.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_completed_by_the_defaults() {
        let own = topic(
            r#"{"http": {"defaultHealthyRetryPolicy": {"numRetries": 1, "minDelayTarget": 5, "maxDelayTarget": 6}}}"#,
        );
        let own = own.unwrap().unwrap();
        assert_eq!(
            own,
            r#"{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1},"disableSubscriptionOverrides":false}}"#
        );
        assert_eq!(
            effective(Some(&own)),
            r#"{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}"#
        );
        assert_eq!(topic(r#"{"http": null}"#), Ok(None));
        assert_eq!(topic(""), Ok(None));
    }

    #[test]
    fn a_subscription_returns_what_it_lacks_as_null() {
        assert_eq!(
            subscription(r#"{"throttlePolicy": {"maxReceivesPerSecond": 5}}"#).unwrap().unwrap(),
            r#"{"healthyRetryPolicy":null,"sicklyRetryPolicy":null,"throttlePolicy":{"maxReceivesPerSecond":5},"requestPolicy":null,"guaranteed":false}"#
        );
    }
}
