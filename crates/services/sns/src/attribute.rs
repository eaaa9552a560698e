//! Values of the attributes of topics and subscriptions.

use std::ops::RangeInclusive;

use cognitab_wire::arn::Arn;
use serde_json::Value as Json;
use serde_json::error::Category;

/// Why an attribute is refused.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Invalid {
    /// No attribute of this name can be set.
    Unknown(String),
    /// The value breaks a rule; in AWS's words.
    Value(String),
}

impl Invalid {
    /// The value of this attribute breaks a rule.
    pub(crate) fn value(name: &str, rule: impl AsRef<str>) -> Invalid {
        Invalid::Value(format!("{name}: {}", rule.as_ref()))
    }

    /// The value of this attribute is not one of its values; `advice` names them.
    fn choice(name: &str, value: &str, advice: &str) -> Invalid {
        Invalid::value(name, format!("Invalid value [{value}]. {advice}"))
    }
}

/// An attribute as it is stored; `None` if its value resets it.
pub(crate) type Stored = Result<Option<String>, Invalid>;

/// Any text. An empty one resets the attribute.
pub(crate) fn text(value: &str) -> Stored {
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

/// One of these values.
pub(crate) fn one_of(name: &str, value: &str, values: &[&str], advice: &str) -> Stored {
    let valid = values.contains(&value);
    if valid { text(value) } else { Err(Invalid::choice(name, value, advice)) }
}

/// `true` or `false`, in lower case.
pub(crate) fn boolean(name: &str, value: &str) -> Result<bool, Invalid> {
    let parsed = value.to_ascii_lowercase().parse();
    parsed.map_err(|_| Invalid::choice(name, value, "Must be true or false."))
}

/// An integer in this range.
pub(crate) fn integer(name: &str, value: &str, range: RangeInclusive<i64>) -> Stored {
    if value.parse().is_ok_and(|number| range.contains(&number)) {
        return text(value);
    }
    let (least, most) = (range.start(), range.end());
    let rule = format!("{value} value provided is not an integer between {least}-{most}");
    Err(Invalid::value(name, rule))
}

/// The ARN of an IAM role. An empty text resets the attribute.
pub(crate) fn role(name: &str, value: &str) -> Stored {
    let role = Arn::parse(value).and_then(|arn| arn.resource_id("iam", "role"));
    match value.is_empty() || role.is_some() {
        true => text(value),
        false => Err(Invalid::value(name, "must be the ARN of an IAM role")),
    }
}

/// JSON; `None` if the text is empty. What follows the first value is ignored, as SNS does.
pub(crate) fn json(name: &str, value: &str) -> Result<Option<Json>, Invalid> {
    let first = serde_json::Deserializer::from_str(value).into_iter().next();
    first.transpose().map_err(|error| {
        Invalid::value(name, format!("failed to parse JSON. {}", json_error(value, &error)))
    })
}

/// The words of SNS's JSON parser for a syntax error.
fn json_error(text: &str, error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let rest = text.lines().nth(line.saturating_sub(1));
    let found = rest.and_then(|rest| rest.get(column.saturating_sub(1)..)?.chars().next());
    let reason = match found {
        Some(found) if error.classify() != Category::Eof => {
            let message = error.to_string();
            let expected = match message.split(" at line").next().unwrap_or_default() {
                "key must be a string" => "was expecting double-quote to start field name",
                "expected `:`" => "was expecting a colon to separate field name and value",
                "expected `,` or `}`" => "was expecting comma to separate Object entries",
                "expected `,` or `]`" => "was expecting comma to separate Array entries",
                _ => {
                    "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
                }
            };
            format!("Unexpected character ('{found}' (code {})): {expected}", u32::from(found))
        }
        _ => "Unexpected end-of-input".to_owned(),
    };
    format!(
        "{reason}\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]"
    )
}
