//! Condition keys that somebody gives to a simulation.

use cognitab_macros::Shape;
use cognitab_policy::Context;
use cognitab_wire::{Schema, json};

use crate::error::Error;

/// A condition key with its values.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ContextEntry {
    /// The key.
    #[shape(length = 5..=256)]
    pub(crate) context_key_name: Option<String>,
    /// Its values.
    pub(crate) context_key_values: Option<Vec<String>>,
    /// What they are.
    pub(crate) context_key_type: Option<ContextKeyType>,
}

/// What the values of a key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(lower_camel)]
pub(crate) enum ContextKeyType {
    #[shape(name = "string")]
    String,
    #[shape(name = "stringList")]
    StringList,
    #[shape(name = "numeric")]
    Numeric,
    #[shape(name = "numericList")]
    NumericList,
    #[shape(name = "boolean")]
    Boolean,
    #[shape(name = "booleanList")]
    BooleanList,
    #[shape(name = "ip")]
    Ip,
    #[shape(name = "ipList")]
    IpList,
    #[shape(name = "binary")]
    Binary,
    #[shape(name = "binaryList")]
    BinaryList,
    #[shape(name = "date")]
    Date,
    #[shape(name = "dateList")]
    DateList,
}

impl ContextEntry {
    /// Puts the key where conditions find it; values must be what the type says.
    pub(crate) fn put(self, context: &mut Context) -> Result<(), Error> {
        let wrong = |what: String| Err(Error::InvalidInput(what));
        let Some(name) = self.context_key_name else {
            return wrong("A context entry must have a ContextKeyName.".to_owned());
        };
        let values = self.context_key_values.unwrap_or_default();
        let kind = self.context_key_type.unwrap_or(ContextKeyType::StringList);
        let word = kind.as_str();
        let (scalar, list) = word.strip_suffix("List").map_or((word, false), |one| (one, true));
        if values.len() > 1 && !list {
            return wrong(format!("Context key {name} of type {word} can have one value only."));
        }
        if let Some(value) = values.iter().find(|value| !is(scalar, value)) {
            return wrong(format!("'{value}' is not a valid {scalar} value for {name}."));
        }
        context.set(name, values);
        Ok(())
    }
}

fn is(scalar: &str, value: &str) -> bool {
    let reads = |schema| json::from_json(value.into(), schema).is_ok();
    match scalar {
        "numeric" => value.parse::<f64>().is_ok(),
        "boolean" => matches!(value, "true" | "false"),
        "ip" => {
            let (address, bits) = value.split_once('/').unwrap_or((value, "0"));
            address.parse::<std::net::IpAddr>().is_ok() && bits.parse::<u8>().is_ok()
        }
        "binary" => reads(&Schema::BLOB),
        "date" => value.parse::<i64>().is_ok() || reads(&Schema::TIMESTAMP),
        _ => true,
    }
}
