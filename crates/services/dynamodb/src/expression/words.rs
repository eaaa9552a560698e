//! Placeholders of expressions: `#name` and `:value`, and whether each is used.

use std::collections::{BTreeMap, BTreeSet};

use cognitab_wire::Value;

use crate::attribute::{self, Attribute, Attributes};
use crate::error::Error;

/// What `ExpressionAttributeNames` and `ExpressionAttributeValues` say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    names: Option<BTreeMap<String, String>>,
    values: Option<Attributes>,
    used: BTreeSet<String>,
    /// Top-level attributes that the expressions read so far speak of.
    pub(crate) roots: BTreeSet<String>,
}

impl Words {
    /// Takes the two maps of a request.
    pub(crate) fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<&Value>,
    ) -> Result<Words, Error> {
        let values = values.map(attribute::read).transpose().map_err(|e| match e {
            Error::Invalid(m) => {
                Error::Invalid(format!("ExpressionAttributeValues contains invalid value: {m}"))
            }
            other => other,
        })?;
        if names.as_ref().is_some_and(BTreeMap::is_empty) {
            return Err(Error::invalid("ExpressionAttributeNames must not be empty"));
        }
        if values.as_ref().is_some_and(BTreeMap::is_empty) {
            return Err(Error::invalid("ExpressionAttributeValues must not be empty"));
        }
        Ok(Words { names, values, ..Words::default() })
    }

    /// The same from the tree of a request, as far as it can be read.
    pub(crate) fn of(input: &Value) -> Words {
        let text = |v: &Value| v.str().unwrap_or_default().to_owned();
        let names = input.get("ExpressionAttributeNames").members().iter();
        let names = names.map(|(n, v)| (n.clone(), text(v))).collect();
        let values = attribute::read(input.get("ExpressionAttributeValues")).unwrap_or_default();
        Words { names: Some(names), values: Some(values), ..Words::default() }
    }

    /// The name behind a placeholder.
    pub(crate) fn name(&mut self, placeholder: &str) -> Option<String> {
        self.used.insert(placeholder.to_owned());
        self.names.as_ref()?.get(placeholder).cloned()
    }

    /// The value behind a placeholder.
    pub(crate) fn value(&mut self, placeholder: &str) -> Option<Attribute> {
        self.used.insert(placeholder.to_owned());
        self.values.as_ref()?.get(placeholder).cloned()
    }

    /// Refuses placeholders that no expression uses. `expressions` names those that could have,
    /// with whether each was there.
    pub(crate) fn check(&self, expressions: &[(&str, bool)]) -> Result<(), Error> {
        if !expressions.iter().any(|(_, there)| *there) {
            if self.names.is_some() {
                return Err(Error::invalid(
                    "ExpressionAttributeNames can only be specified when using expressions",
                ));
            }
            if self.values.is_some() {
                let names: Vec<&str> = expressions.iter().map(|(name, _)| *name).collect();
                let (verb, names) = match names.as_slice() {
                    [one] => ("is", (*one).to_owned()),
                    many => ("are", many.join(" and ")),
                };
                return Err(Error::invalid(format!(
                    "ExpressionAttributeValues can only be specified when using expressions: {names} {verb} null"
                )));
            }
        }
        let unused = |keys: Vec<&String>, member: &str| {
            let unused: Vec<&str> =
                keys.into_iter().filter(|k| !self.used.contains(*k)).map(String::as_str).collect();
            if unused.is_empty() {
                return Ok(());
            }
            Err(Error::invalid(format!(
                "Value provided in {member} unused in expressions: keys: {{{}}}",
                unused.join(", ")
            )))
        };
        unused(self.names.iter().flat_map(BTreeMap::keys).collect(), "ExpressionAttributeNames")?;
        unused(self.values.iter().flat_map(BTreeMap::keys).collect(), "ExpressionAttributeValues")
    }
}
