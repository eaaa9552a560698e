//! The condition keys of a simulation.

use std::net::IpAddr;

use cognitab_macros::Shape;
use cognitab_policy::Context;
use cognitab_wire::{Schema, json};

use crate::error::Error;
use crate::shapes::ContextKeyNameType;

/// A condition key with its values.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ContextEntry {
    context_key_name: Option<ContextKeyNameType>,
    context_key_values: Option<Vec<String>>,
    /// `stringList` by default.
    context_key_type: Option<ContextKeyType>,
}

/// The type of a condition key's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "ContextKeyTypeEnum")]
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
    /// Sets the key in a context. Fails if its values are not of its type.
    pub(crate) fn set(self, context: &mut Context) -> Result<(), Error> {
        let invalid = |message: String| Err(Error::InvalidInput(message));
        let Some(name) = self.context_key_name else {
            return invalid("A context entry must have a ContextKeyName.".to_owned());
        };
        let values = self.context_key_values.unwrap_or_default();
        let key_type = self.context_key_type.unwrap_or(ContextKeyType::StringList).as_str();
        let (item_type, is_list) =
            key_type.strip_suffix("List").map_or((key_type, false), |item| (item, true));
        if values.len() > 1 && !is_list {
            return invalid(format!(
                "Context key {name} of type {key_type} can have only one value."
            ));
        }
        if let Some(value) = values.iter().find(|value| !is_valid(value, item_type)) {
            return invalid(format!("'{value}' is not a valid {item_type} value for {name}."));
        }
        context.set(name.into_inner(), values);
        Ok(())
    }
}

fn is_valid(value: &str, item_type: &str) -> bool {
    let reads_as = |schema| json::from_json(value.into(), schema).is_ok();
    match item_type {
        "numeric" => value.parse::<f64>().is_ok(),
        "boolean" => matches!(value, "true" | "false"),
        "ip" => {
            let (address, prefix) = value.split_once('/').unwrap_or((value, "0"));
            address.parse::<IpAddr>().is_ok() && prefix.parse::<u8>().is_ok()
        }
        "binary" => reads_as(&Schema::BLOB),
        "date" => value.parse::<i64>().is_ok() || reads_as(&Schema::TIMESTAMP),
        _ => true,
    }
}
