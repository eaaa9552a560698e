//! Update expressions: their parser, and their application to items.

use crate::attribute_value::{AttributeMap, AttributeValue};
use crate::error::Error;
use crate::expression::document_path::DocumentPath;
use crate::expression::parser::Parser;
use crate::expression::placeholders::Placeholders;

const MEMBER: &str = "UpdateExpression";
const SECTIONS: [&str; 4] = ["SET", "REMOVE", "ADD", "DELETE"];
/// Deepest nesting of functions.
const MAX_NESTING: usize = 32;

/// The actions of an update expression, by section.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Update {
    set: Vec<(DocumentPath, Operand)>,
    remove: Vec<DocumentPath>,
    add: Vec<(DocumentPath, AttributeValue)>,
    delete: Vec<(DocumentPath, AttributeValue)>,
}

/// What a `SET` action assigns.
#[derive(Clone, Debug, PartialEq)]
enum Operand {
    Path(DocumentPath),
    Value(AttributeValue),
    IfNotExists(DocumentPath, Box<Operand>),
    ListAppend(Box<Operand>, Box<Operand>),
    Plus(Box<Operand>, Box<Operand>),
    Minus(Box<Operand>, Box<Operand>),
}

impl Update {
    /// Parses an update expression.
    pub(crate) fn parse(text: &str, placeholders: &mut Placeholders) -> Result<Update, Error> {
        let mut parser = Parser::new(MEMBER, text, placeholders)?;
        let mut update = Update::default();
        let mut seen = Vec::new();
        while !parser.at_end() {
            let section = SECTIONS.into_iter().find(|section| parser.take_keyword(section));
            let section = section.ok_or_else(|| parser.syntax_error())?;
            if seen.contains(&section) {
                return Err(parser.error(format!(
                    "The \"{section}\" section can only be used once in an update expression;"
                )));
            }
            seen.push(section);
            loop {
                update.parse_action(section, &mut parser)?;
                if !parser.take_symbol(",") {
                    break;
                }
            }
        }
        update.check_overlaps(&parser)?;
        Ok(update)
    }

    fn parse_action(&mut self, section: &str, parser: &mut Parser<'_>) -> Result<(), Error> {
        let path = parser.path()?;
        match section {
            "SET" => {
                parser.expect_symbol("=")?;
                self.set.push((path, parse_assigned(parser)?));
            }
            "REMOVE" => self.remove.push(path),
            _ => {
                let value = parser.take_value()?.ok_or_else(|| parser.syntax_error())?;
                let is_number = section == "ADD" && matches!(value, AttributeValue::N(_));
                if !value.is_set() && !is_number {
                    let data_type = type_name(value.data_type());
                    return Err(parser.operand_type_error("operator", section, data_type));
                }
                let actions = if section == "ADD" { &mut self.add } else { &mut self.delete };
                actions.push((path, value));
            }
        }
        Ok(())
    }

    /// Every path that it changes.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &DocumentPath> {
        let sets = self.add.iter().chain(&self.delete).map(|(path, _)| path);
        self.set.iter().map(|(path, _)| path).chain(&self.remove).chain(sets)
    }

    fn check_overlaps(&self, parser: &Parser<'_>) -> Result<(), Error> {
        let paths: Vec<&DocumentPath> = self.paths().collect();
        for (index, one) in paths.iter().enumerate() {
            if let Some(two) = paths.iter().skip(index + 1).find(|two| one.overlaps(two)) {
                return Err(parser.overlap_error(one, two));
            }
        }
        Ok(())
    }

    /// The item after the update. Every operand is evaluated on the item before it.
    pub(crate) fn apply(&self, before: &AttributeMap) -> Result<AttributeMap, Error> {
        let invalid_path = || {
            Error::validation(
                "The document path provided in the update expression is invalid for update",
            )
        };
        let mut after = before.clone();
        for (path, operand) in &self.set {
            path.set(&mut after, operand.evaluate(before)?).ok_or_else(invalid_path)?;
        }
        for (path, value) in &self.add {
            let sum = add(path.get(before), value)?;
            path.set(&mut after, sum).ok_or_else(invalid_path)?;
        }
        for (path, value) in &self.delete {
            match path.get(before).map(|old| delete(old, value)).transpose()? {
                Some(Some(rest)) => path.set(&mut after, rest).ok_or_else(invalid_path)?,
                Some(None) => path.remove(&mut after).ok_or_else(invalid_path)?,
                None => {}
            }
        }
        // From the end of each list, so that the other indexes stay valid.
        let mut remove: Vec<&DocumentPath> = self.remove.iter().collect();
        remove.sort_unstable_by(|a, b| b.cmp(a));
        for path in remove {
            path.remove(&mut after).ok_or_else(invalid_path)?;
        }
        Ok(after)
    }
}

/// Parses what stands behind the equals sign: an operand, or two with `+` or `-` between them.
fn parse_assigned(parser: &mut Parser<'_>) -> Result<Operand, Error> {
    let left = parse_operand(parser, 0)?;
    let (symbol, combine): (_, fn(_, _) -> _) = if parser.take_symbol("+") {
        ("+", Operand::Plus)
    } else if parser.take_symbol("-") {
        ("-", Operand::Minus)
    } else {
        return Ok(left);
    };
    let right = parse_operand(parser, 0)?;
    for operand in [&left, &right] {
        if let Operand::Value(value) = operand
            && !matches!(value, AttributeValue::N(_))
        {
            return Err(parser.operand_type_error("operator", symbol, value.data_type()));
        }
    }
    Ok(combine(Box::new(left), Box::new(right)))
}

fn parse_operand(parser: &mut Parser<'_>, depth: usize) -> Result<Operand, Error> {
    if depth > MAX_NESTING {
        return Err(parser.error("The expression has too many nesting levels"));
    }
    if let Some(value) = parser.take_value()? {
        return Ok(Operand::Value(value));
    }
    let operand = match parser.take_function().as_deref() {
        None => return parser.path().map(Operand::Path),
        Some("if_not_exists") => {
            let path = parser.path()?;
            parser.expect_symbol(",")?;
            Operand::IfNotExists(path, Box::new(parse_operand(parser, depth + 1)?))
        }
        Some("list_append") => {
            let first = parse_operand(parser, depth + 1)?;
            parser.expect_symbol(",")?;
            let second = parse_operand(parser, depth + 1)?;
            for operand in [&first, &second] {
                if let Operand::Value(value) = operand
                    && !matches!(value, AttributeValue::L(_))
                {
                    let data_type = value.data_type();
                    return Err(parser.operand_type_error("function", "list_append", data_type));
                }
            }
            Operand::ListAppend(Box::new(first), Box::new(second))
        }
        Some(
            name @ ("size"
            | "contains"
            | "begins_with"
            | "attribute_exists"
            | "attribute_not_exists"
            | "attribute_type"),
        ) => {
            return Err(parser.error(format!(
                "The function is not allowed in an update expression; function: {name}"
            )));
        }
        Some(name) => {
            return Err(parser.error(format!("Invalid function name; function: {name}")));
        }
    };
    parser.expect_symbol(")")?;
    Ok(operand)
}

impl Operand {
    fn evaluate(&self, item: &AttributeMap) -> Result<AttributeValue, Error> {
        match self {
            Operand::Value(value) => Ok(value.clone()),
            Operand::Path(path) => path.get(item).cloned().ok_or_else(|| {
                Error::validation(
                    "The provided expression refers to an attribute that does not exist in the item",
                )
            }),
            Operand::IfNotExists(path, otherwise) => {
                path.get(item).cloned().map_or_else(|| otherwise.evaluate(item), Ok)
            }
            Operand::ListAppend(first, second) => {
                match (first.evaluate(item)?, second.evaluate(item)?) {
                    (AttributeValue::L(mut first), AttributeValue::L(second)) => {
                        first.extend(second);
                        Ok(AttributeValue::L(first))
                    }
                    _ => Err(incorrect_data_type()),
                }
            }
            Operand::Plus(a, b) => match (a.evaluate(item)?, b.evaluate(item)?) {
                (AttributeValue::N(a), AttributeValue::N(b)) => a.add(b).map(AttributeValue::N),
                _ => Err(incorrect_data_type()),
            },
            Operand::Minus(a, b) => match (a.evaluate(item)?, b.evaluate(item)?) {
                (AttributeValue::N(a), AttributeValue::N(b)) => {
                    a.subtract(b).map(AttributeValue::N)
                }
                _ => Err(incorrect_data_type()),
            },
        }
    }
}

fn incorrect_data_type() -> Error {
    Error::validation("An operand in the update expression has an incorrect data type")
}

/// What `ADD` makes of a number or a set.
fn add(old: Option<&AttributeValue>, value: &AttributeValue) -> Result<AttributeValue, Error> {
    use AttributeValue::{Bs, N, Ns, Ss};

    fn union<T: Clone + PartialEq>(old: &[T], value: &[T]) -> Vec<T> {
        let new = value.iter().filter(|member| !old.contains(member));
        old.iter().chain(new).cloned().collect()
    }
    match (old, value) {
        (None, value) => Ok(value.clone()),
        (Some(N(a)), N(b)) => a.add(*b).map(N),
        (Some(Ss(a)), Ss(b)) => Ok(Ss(union(a, b))),
        (Some(Ns(a)), Ns(b)) => Ok(Ns(union(a, b))),
        (Some(Bs(a)), Bs(b)) => Ok(Bs(union(a, b))),
        _ => Err(incorrect_data_type()),
    }
}

/// What `DELETE` leaves of a set; `None` if no member is left.
fn delete(old: &AttributeValue, value: &AttributeValue) -> Result<Option<AttributeValue>, Error> {
    use AttributeValue::{Bs, Ns, Ss};

    fn difference<T: Clone + PartialEq>(
        old: &[T],
        value: &[T],
        set: fn(Vec<T>) -> AttributeValue,
    ) -> Option<AttributeValue> {
        let rest: Vec<T> = old.iter().filter(|member| !value.contains(member)).cloned().collect();
        (!rest.is_empty()).then(|| set(rest))
    }
    match (old, value) {
        (Ss(a), Ss(b)) => Ok(difference(a, b, Ss)),
        (Ns(a), Ns(b)) => Ok(difference(a, b, Ns)),
        (Bs(a), Bs(b)) => Ok(difference(a, b, Bs)),
        _ => Err(incorrect_data_type()),
    }
}

/// The name of a data type in the message of `ADD` and `DELETE`, which does not abbreviate it.
fn type_name(data_type: &str) -> &str {
    match data_type {
        "S" => "STRING",
        "N" => "NUMBER",
        "B" => "BINARY",
        "L" => "LIST",
        "M" => "MAP",
        "BOOL" => "BOOLEAN",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute_value;
    use cognitab_wire::{Schema, Value, json};

    fn tree(text: &str) -> Value {
        json::decode(text.as_bytes(), &Schema::DOCUMENT).unwrap()
    }

    fn run(item: &str, update: &str, values: &str) -> Result<String, String> {
        let item = attribute_value::read(&tree(item)).unwrap();
        let values = tree(values);
        let values = (!values.members().is_empty()).then_some(&values);
        let mut placeholders = Placeholders::new(None, values).unwrap();
        let result = Update::parse(update, &mut placeholders).and_then(|u| u.apply(&item));
        match result {
            Ok(item) => Ok(json::to_json(&attribute_value::write(&item)).to_string()),
            Err(Error::Validation(message)) => Err(message),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn clauses_of_every_kind() {
        let item = r#"{"n":{"N":"1"},"l":{"L":[{"S":"a"},{"S":"b"},{"S":"c"}]},"t":{"SS":["x"]}}"#;
        for (update, values, expected) in [
            (
                "SET n = n + :one, m = if_not_exists(m, :one) REMOVE l, t",
                r#"{":one":{"N":"1"}}"#,
                r#"{"m":{"N":"1"},"n":{"N":"2"}}"#,
            ),
            ("REMOVE l[0], l[2], n, t", "{}", r#"{"l":{"L":[{"S":"b"}]}}"#),
            (
                "set l = list_append(l, :l) remove n, t",
                r#"{":l":{"L":[{"S":"d"}]}}"#,
                r#"{"l":{"L":[{"S":"a"},{"S":"b"},{"S":"c"},{"S":"d"}]}}"#,
            ),
            (
                "SET l[9] = :z, l[1] = :z REMOVE n, t",
                r#"{":z":{"S":"z"}}"#,
                r#"{"l":{"L":[{"S":"a"},{"S":"z"},{"S":"c"},{"S":"z"}]}}"#,
            ),
            (
                "ADD n :k, t :y REMOVE l",
                r#"{":k":{"N":"-2.5"},":y":{"SS":["x","y"]}}"#,
                r#"{"n":{"N":"-1.5"},"t":{"SS":["x","y"]}}"#,
            ),
            ("DELETE t :x REMOVE l, n", r#"{":x":{"SS":["x"]}}"#, "{}"),
        ] {
            assert_eq!(run(item, update, values).as_deref(), Ok(expected), "{update}");
        }
        for (update, values, expected) in [
            (
                "SET a = b",
                "{}",
                "The provided expression refers to an attribute that does not exist in the item",
            ),
            (
                "SET n.x = n",
                "{}",
                "The document path provided in the update expression is invalid for update",
            ),
            (
                "SET n = n SET l = l",
                "{}",
                "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;",
            ),
            (
                "SET n = n REMOVE n",
                "{}",
                "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [n], path two: [n]",
            ),
            (
                "ADD n :s",
                r#"{":s":{"S":"s"}}"#,
                "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
            ),
            (
                "SET n = t + n",
                "{}",
                "An operand in the update expression has an incorrect data type",
            ),
        ] {
            assert_eq!(run(item, update, values), Err(expected.to_owned()), "{update}");
        }
    }
}
