//! `ExpressionAttributeNames` and `ExpressionAttributeValues`: the placeholders `#name` and `:value`
//! of a request's expressions.

use std::collections::{BTreeMap, BTreeSet};

use cognitab_wire::Value;

use crate::attribute_value::{self, AttributeMap, AttributeValue};
use crate::error::Error;

/// The placeholders of a request, and which of them its expressions use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Placeholders {
    names: Option<BTreeMap<String, String>>,
    values: Option<AttributeMap>,
    used: BTreeSet<String>,
    /// The top-level attributes in the expressions parsed so far.
    pub(crate) attributes: BTreeSet<String>,
}

impl Placeholders {
    /// Reads the two members of a request. Fails if one is empty or a value is not valid.
    pub(crate) fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<&Value>,
    ) -> Result<Placeholders, Error> {
        let values =
            values.map(attribute_value::read).transpose().map_err(|error| match error {
                Error::Validation(message) => Error::Validation(format!(
                    "ExpressionAttributeValues contains invalid value: {message}"
                )),
                other => other,
            })?;
        if names.as_ref().is_some_and(BTreeMap::is_empty) {
            return Err(Error::validation("ExpressionAttributeNames must not be empty"));
        }
        if values.as_ref().is_some_and(BTreeMap::is_empty) {
            return Err(Error::validation("ExpressionAttributeValues must not be empty"));
        }
        Ok(Placeholders { names, values, ..Placeholders::default() })
    }

    /// Parses them without errors, to authorize a request before its input is validated. If one value is
    /// invalid, all values are ignored.
    pub(crate) fn lenient(input: &Value) -> Placeholders {
        let text = |value: &Value| value.str().unwrap_or_default().to_owned();
        let names = input.get("ExpressionAttributeNames").members().iter();
        let names = names.map(|(placeholder, name)| (placeholder.clone(), text(name))).collect();
        let values = attribute_value::read(input.get("ExpressionAttributeValues"));
        let values = Some(values.unwrap_or_default());
        Placeholders { names: Some(names), values, ..Placeholders::default() }
    }

    /// The attribute name of a placeholder. It counts as used.
    pub(crate) fn name(&mut self, placeholder: &str) -> Option<String> {
        self.used.insert(placeholder.to_owned());
        self.names.as_ref()?.get(placeholder).cloned()
    }

    /// The value of a placeholder. It counts as used.
    pub(crate) fn value(&mut self, placeholder: &str) -> Option<AttributeValue> {
        self.used.insert(placeholder.to_owned());
        self.values.as_ref()?.get(placeholder).cloned()
    }

    /// Checks that every placeholder is used. `expressions` are the members that could use them,
    /// each with whether the request has it.
    pub(crate) fn check_all_used(&self, expressions: &[(&str, bool)]) -> Result<(), Error> {
        if !expressions.iter().any(|(_, is_present)| *is_present) {
            self.check_absent(expressions)?;
        }
        let check = |placeholders: Vec<&String>, member: &str| {
            let unused: Vec<&str> = placeholders
                .into_iter()
                .filter(|placeholder| !self.used.contains(*placeholder))
                .map(String::as_str)
                .collect();
            if unused.is_empty() {
                return Ok(());
            }
            Err(Error::validation(format!(
                "Value provided in {member} unused in expressions: keys: {{{}}}",
                unused.join(", ")
            )))
        };
        check(self.names.iter().flat_map(BTreeMap::keys).collect(), "ExpressionAttributeNames")?;
        check(self.values.iter().flat_map(BTreeMap::keys).collect(), "ExpressionAttributeValues")
    }

    fn check_absent(&self, expressions: &[(&str, bool)]) -> Result<(), Error> {
        if self.names.is_some() {
            return Err(Error::validation(
                "ExpressionAttributeNames can only be specified when using expressions",
            ));
        }
        if self.values.is_some() {
            let names: Vec<&str> = expressions.iter().map(|(name, _)| *name).collect();
            let (verb, names) = match names.as_slice() {
                [one] => ("is", (*one).to_owned()),
                many => ("are", many.join(" and ")),
            };
            return Err(Error::validation(format!(
                "ExpressionAttributeValues can only be specified when using expressions: {names} {verb} null"
            )));
        }
        Ok(())
    }
}
