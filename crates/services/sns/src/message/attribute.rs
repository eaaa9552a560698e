//! Message attributes.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_macros::Shape;
use cognitab_wire::shape::Blob;
use serde_json::{Map, Value as Json, json};

use crate::error::Error;
use crate::filter::{self, Fields};

/// Most bytes of an attribute's name.
const MAX_NAME: usize = 256;

/// `MessageAttributeMap`.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(entry = "Name/Value")]
pub(crate) struct MessageAttributeMap(BTreeMap<String, MessageAttributeValue>);

/// `MessageAttributeValue`.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct MessageAttributeValue {
    /// `String`, `String.Array`, `Number` or `Binary`, or one of them with a dot and a label.
    data_type: String,
    string_value: Option<String>,
    binary_value: Option<Blob>,
}

impl MessageAttributeMap {
    /// Checks the names, types and values.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let check = |(name, value): (&String, &MessageAttributeValue)| {
            check_name(name).and_then(|()| value.check(name)).map_err(Error::MessageAttribute)
        };
        self.iter().try_for_each(check)
    }

    /// Bytes of the names, types and values.
    pub(crate) fn size(&self) -> usize {
        let value = |value: &MessageAttributeValue| {
            value.string_value.as_ref().map_or(0, String::len)
                + value.binary_value.as_ref().map_or(0, |bytes| bytes.0.len())
        };
        self.iter().map(|(name, one)| name.len() + one.data_type.len() + value(one)).sum()
    }

    /// What filter policies match.
    pub(crate) fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        for (name, value) in self.iter() {
            let text = value.string_value.as_deref().unwrap_or_default();
            let parsed = || serde_json::from_str(text).unwrap_or_else(|_| Json::from(text));
            match value.data_type.split('.').next() {
                Some("Number") => filter::add(&mut fields, name, parsed()),
                Some("String") if value.data_type == "String.Array" => {
                    filter::add(&mut fields, name, parsed());
                }
                Some("String") => filter::add(&mut fields, name, text.into()),
                _ => {}
            }
        }
        fields
    }

    /// The attributes as a notification in JSON has them.
    pub(crate) fn to_json(&self) -> Json {
        let value = |value: &MessageAttributeValue| match (&value.string_value, &value.binary_value)
        {
            (Some(text), _) => text.clone(),
            (None, Some(bytes)) => STANDARD.encode(&bytes.0),
            (None, None) => String::new(),
        };
        let entry = |(name, one): (&String, &MessageAttributeValue)| {
            (name.clone(), json!({"Type": one.data_type, "Value": value(one)}))
        };
        Json::Object(self.iter().map(entry).collect::<Map<_, _>>())
    }
}

impl MessageAttributeValue {
    fn check(&self, name: &str) -> Result<(), String> {
        let data_type = &self.data_type;
        let (kind, label) = data_type.split_once('.').unwrap_or((data_type, "-"));
        let (field, value, other) = match kind {
            "Binary" => (
                "Binary",
                self.binary_value.as_ref().map(|bytes| bytes.0.is_empty()),
                self.string_value.is_some(),
            ),
            _ => (
                "String",
                self.string_value.as_ref().map(String::is_empty),
                self.binary_value.is_some(),
            ),
        };
        if !["Binary", "Number", "String"].contains(&kind) || label.is_empty() {
            return Err(format!(
                "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
            ));
        }
        match value {
            None if other => Err(format!(
                "The message attribute '{name}' with type '{data_type}' must use field '{field}'."
            )),
            None | Some(true) => Err(format!(
                "The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{data_type}'."
            )),
            Some(false) if kind == "Number" && !self.is_number() => {
                Err(format!("Could not cast message attribute '{name}' value to number."))
            }
            Some(false) => Ok(()),
        }
    }

    fn is_number(&self) -> bool {
        let number = self.string_value.as_ref().and_then(|text| text.trim().parse::<f64>().ok());
        number.is_some_and(f64::is_finite)
    }
}

/// Checks a name: letters, digits, hyphens, underscores, and single dots within.
fn check_name(name: &str) -> Result<(), String> {
    let valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() {
        return Err("The request must contain non-empty message attribute names.".to_owned());
    }
    if name.len() > MAX_NAME {
        return Err("Length of message attribute name must be less than 256 bytes.".to_owned());
    }
    if name.starts_with('.') {
        return Err(
            "Invalid message attribute name starting with character '.' was found.".to_owned()
        );
    }
    if name.ends_with('.') {
        return Err(
            "Invalid message attribute name ending with character '.' was found.".to_owned()
        );
    }
    if let Some(invalid) = name.chars().find(|c| !valid(*c)) {
        return Err(format!(
            "Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
            u32::from(invalid)
        ));
    }
    match name.contains("..") {
        true => Err("Message attribute name can not have successive '.' character.".to_owned()),
        false => Ok(()),
    }
}
