//! The condition block: set prefixes, `IfExists`, absent keys and several values.

use crate::{
    context::Context,
    ladder::Compare,
    operator::{Operator, OperatorKind},
    template::Template,
};

/// One key of one operator with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator as written, prefix and suffix included.
    pub name: String,
    /// The key as written.
    pub key: String,
    /// The values: one must fit, or none for a negated operator.
    pub values: Vec<Template>,
    pub(crate) operator: Operator,
    set: Option<SetOperator>,
    if_exists: bool,
    lower_key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SetOperator {
    All,
    Any,
}

/// An operator's name taken apart.
#[derive(Clone, Copy)]
pub(crate) struct OperatorName {
    operator: Operator,
    set: Option<SetOperator>,
    if_exists: bool,
}

impl OperatorName {
    /// Reads `ForAnyValue:StringLikeIfExists` and its kin.
    pub(crate) fn parse(name: &str) -> Option<OperatorName> {
        let (set, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(SetOperator::All), rest),
            Some(("ForAnyValue", rest)) => (Some(SetOperator::Any), rest),
            Some(_) => return None,
            None => (None, name),
        };
        let (rest, if_exists) = match rest.strip_suffix("IfExists") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let operator = Operator::parse(rest)?;
        let plain = set.is_none() && !if_exists;
        (plain || operator.kind != OperatorKind::Null).then_some(OperatorName {
            operator,
            set,
            if_exists,
        })
    }
}

impl Condition {
    pub(crate) fn new(
        name: &str,
        parsed: OperatorName,
        key: &str,
        values: &[String],
        variables: bool,
    ) -> Condition {
        let template = |value: &String| match variables && parsed.operator.supports_variables() {
            true => Template::new(value),
            false => Template::plain(value),
        };
        Condition {
            name: name.to_owned(),
            key: key.to_owned(),
            values: values.iter().map(template).collect(),
            operator: parsed.operator,
            set: parsed.set,
            if_exists: parsed.if_exists,
            lower_key: key.to_ascii_lowercase(),
        }
    }

    /// Whether it holds in this context.
    pub fn holds(&self, context: &Context) -> bool {
        let asked = context.get(&self.lower_key);
        let negated = self.operator.negated;
        // Empty text is a value to be compared with, but to sets and to `Null` it is nothing.
        let nothing = asked.iter().all(String::is_empty);
        if self.operator.kind == OperatorKind::Null {
            let wanted = if nothing { "true" } else { "false" };
            return self.values.iter().any(|value| value.source().eq_ignore_ascii_case(wanted));
        }
        if asked.is_empty() || (nothing && self.set.is_some()) {
            return match self.set {
                Some(SetOperator::All) => true,
                Some(SetOperator::Any) => self.if_exists,
                None => self.if_exists || negated,
            };
        }
        let fits = |asked: &String| {
            self.values.iter().any(|wanted| self.operator.kind.holds(asked, wanted, context))
        };
        match (self.set, negated) {
            (Some(SetOperator::All), false) => asked.iter().all(fits),
            (Some(SetOperator::Any) | None, false) => asked.iter().any(fits),
            (Some(SetOperator::All) | None, true) => !asked.iter().any(fits),
            (Some(SetOperator::Any), true) => !asked.iter().all(fits),
        }
    }

    /// Both sides, and whether they agree.
    pub fn compare(&self, context: &Context) -> Compare {
        Compare {
            subject: self.key.clone(),
            operator: self.name.clone(),
            asked: context.get(&self.lower_key).to_vec(),
            wanted: self.values.iter().map(|value| value.display(context)).collect(),
            met: self.holds(context),
        }
    }

    /// The key in lower case.
    pub(crate) fn lower_key(&self) -> &str {
        &self.lower_key
    }
}
