//! The `Condition` element: set operators, `IfExists`, absent keys and multivalued keys.

use crate::{
    context::Context,
    ladder::Compare,
    operator::{Operator, OperatorKind},
    template::Template,
};

/// A condition key with its operator and values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator as written, with its prefix and suffix.
    pub name: String,
    /// The key as written.
    pub key: String,
    /// The values, one of which must match; none, if the operator is negated.
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

/// A parsed operator name.
#[derive(Clone, Copy)]
pub(crate) struct OperatorName {
    operator: Operator,
    set: Option<SetOperator>,
    if_exists: bool,
}

impl OperatorName {
    /// Parses a name such as `ForAnyValue:StringLikeIfExists`.
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

    /// Whether the condition is met in this context.
    pub fn holds(&self, context: &Context) -> bool {
        let asked = context.get(&self.lower_key);
        let negated = self.operator.negated;
        // An empty string is a value, except to set operators and `Null`, which treat it as absent.
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

    /// The values of both sides, and whether the condition is met.
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
