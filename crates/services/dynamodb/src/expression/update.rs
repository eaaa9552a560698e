//! Update expressions: read, and carried out on an item.

use crate::attribute::{Attribute, Attributes};
use crate::error::Error;
use crate::expression::parse::Parser;
use crate::expression::path::Path;
use crate::expression::words::Words;

/// What an update does, clause by clause.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Update {
    set: Vec<(Path, Term)>,
    remove: Vec<Path>,
    add: Vec<(Path, Attribute)>,
    delete: Vec<(Path, Attribute)>,
}

/// What is set.
#[derive(Clone, Debug, PartialEq)]
enum Term {
    Path(Path),
    Value(Attribute),
    IfNotExists(Path, Box<Term>),
    ListAppend(Box<Term>, Box<Term>),
    Plus(Box<Term>, Box<Term>),
    Minus(Box<Term>, Box<Term>),
}

const MEMBER: &str = "UpdateExpression";
const DEEPEST: usize = 32;

/// Reads an update expression.
pub(crate) fn parse(text: &str, words: &mut Words) -> Result<Update, Error> {
    let mut parser = Parser::new(MEMBER, text, words)?;
    let mut update = Update::default();
    let mut seen = Vec::new();
    while !parser.done() {
        let sections = ["SET", "REMOVE", "ADD", "DELETE"];
        let section = sections.into_iter().find(|s| parser.keyword(s));
        let section = section.ok_or_else(|| parser.unexpected())?;
        if seen.contains(&section) {
            return Err(parser.refused(format!(
                "The \"{section}\" section can only be used once in an update expression;"
            )));
        }
        seen.push(section);
        loop {
            update.clause(section, &mut parser)?;
            if !parser.sign(",") {
                break;
            }
        }
    }
    update.check(&parser)?;
    Ok(update)
}

impl Update {
    fn clause(&mut self, section: &str, parser: &mut Parser<'_>) -> Result<(), Error> {
        let path = parser.path()?;
        match section {
            "SET" => {
                parser.expect("=")?;
                let term = sum(parser)?;
                self.set.push((path, term));
            }
            "REMOVE" => self.remove.push(path),
            _ => {
                let value = parser.value()?.ok_or_else(|| parser.unexpected())?;
                let set = matches!(value, Attribute::Ss(_) | Attribute::Ns(_) | Attribute::Bs(_));
                let number = section == "ADD" && matches!(value, Attribute::N(_));
                if !set && !number {
                    let kind = long(value.kind());
                    return Err(parser.wrong_operand("operator", section, kind));
                }
                let clauses = if section == "ADD" { &mut self.add } else { &mut self.delete };
                clauses.push((path, value));
            }
        }
        Ok(())
    }

    /// Every path that it writes to.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        let pairs = self.add.iter().chain(&self.delete).map(|(p, _)| p);
        self.set.iter().map(|(p, _)| p).chain(&self.remove).chain(pairs)
    }

    fn check(&self, parser: &Parser<'_>) -> Result<(), Error> {
        let paths: Vec<&Path> = self.paths().collect();
        for (index, one) in paths.iter().enumerate() {
            if let Some(two) = paths.iter().skip(index + 1).find(|two| one.overlaps(two)) {
                return Err(parser.overlap(one, two));
            }
        }
        Ok(())
    }

    /// Carries it out; every value is taken from the item as it was.
    pub(crate) fn apply(&self, before: &Attributes) -> Result<Attributes, Error> {
        let misplaced = || {
            Error::invalid(
                "The document path provided in the update expression is invalid for update",
            )
        };
        let mut after = before.clone();
        for (path, term) in &self.set {
            path.set(&mut after, term.of(before)?).ok_or_else(misplaced)?;
        }
        for (path, value) in &self.add {
            let sum = added(path.find(before), value)?;
            path.set(&mut after, sum).ok_or_else(misplaced)?;
        }
        for (path, value) in &self.delete {
            match path.find(before).map(|old| taken(old, value)).transpose()? {
                Some(Some(rest)) => path.set(&mut after, rest).ok_or_else(misplaced)?,
                Some(None) => path.remove(&mut after).ok_or_else(misplaced)?,
                None => {}
            }
        }
        // From the back, so that indices stay what they were.
        let mut remove: Vec<&Path> = self.remove.iter().collect();
        remove.sort_unstable_by(|a, b| b.cmp(a));
        for path in remove {
            path.remove(&mut after).ok_or_else(misplaced)?;
        }
        Ok(after)
    }
}

fn sum(parser: &mut Parser<'_>) -> Result<Term, Error> {
    let left = term(parser, 0)?;
    let (sign, minus) = if parser.sign("+") {
        ("+", false)
    } else if parser.sign("-") {
        ("-", true)
    } else {
        return Ok(left);
    };
    let right = term(parser, 0)?;
    for side in [&left, &right] {
        if let Term::Value(value) = side
            && !matches!(value, Attribute::N(_))
        {
            return Err(parser.wrong_operand("operator", sign, value.kind()));
        }
    }
    let (left, right) = (Box::new(left), Box::new(right));
    Ok(if minus { Term::Minus(left, right) } else { Term::Plus(left, right) })
}

fn term(parser: &mut Parser<'_>, depth: usize) -> Result<Term, Error> {
    if depth > DEEPEST {
        return Err(parser.refused("The expression has too many nesting levels"));
    }
    if let Some(value) = parser.value()? {
        return Ok(Term::Value(value));
    }
    let term = match parser.function().as_deref() {
        None => return parser.path().map(Term::Path),
        Some("if_not_exists") => {
            let path = parser.path()?;
            parser.expect(",")?;
            Term::IfNotExists(path, Box::new(self::term(parser, depth + 1)?))
        }
        Some("list_append") => {
            let first = self::term(parser, depth + 1)?;
            parser.expect(",")?;
            let second = self::term(parser, depth + 1)?;
            for side in [&first, &second] {
                if let Term::Value(value) = side
                    && !matches!(value, Attribute::L(_))
                {
                    return Err(parser.wrong_operand("function", "list_append", value.kind()));
                }
            }
            Term::ListAppend(Box::new(first), Box::new(second))
        }
        Some(
            name @ ("size"
            | "contains"
            | "begins_with"
            | "attribute_exists"
            | "attribute_not_exists"
            | "attribute_type"),
        ) => {
            return Err(parser.refused(format!(
                "The function is not allowed in an update expression; function: {name}"
            )));
        }
        Some(name) => {
            return Err(parser.refused(format!("Invalid function name; function: {name}")));
        }
    };
    parser.expect(")")?;
    Ok(term)
}

impl Term {
    fn of(&self, item: &Attributes) -> Result<Attribute, Error> {
        match self {
            Term::Value(value) => Ok(value.clone()),
            Term::Path(path) => path.find(item).cloned().ok_or_else(|| {
                Error::invalid(
                    "The provided expression refers to an attribute that does not exist in the item",
                )
            }),
            Term::IfNotExists(path, otherwise) => {
                path.find(item).cloned().map_or_else(|| otherwise.of(item), Ok)
            }
            Term::ListAppend(first, second) => match (first.of(item)?, second.of(item)?) {
                (Attribute::L(mut first), Attribute::L(second)) => {
                    first.extend(second);
                    Ok(Attribute::L(first))
                }
                _ => Err(wrong_type()),
            },
            Term::Plus(a, b) => match (a.of(item)?, b.of(item)?) {
                (Attribute::N(a), Attribute::N(b)) => a.add(b).map(Attribute::N),
                _ => Err(wrong_type()),
            },
            Term::Minus(a, b) => match (a.of(item)?, b.of(item)?) {
                (Attribute::N(a), Attribute::N(b)) => a.subtract(b).map(Attribute::N),
                _ => Err(wrong_type()),
            },
        }
    }
}

fn wrong_type() -> Error {
    Error::invalid("An operand in the update expression has an incorrect data type")
}

/// What `ADD` makes of a number or a set.
fn added(old: Option<&Attribute>, value: &Attribute) -> Result<Attribute, Error> {
    fn union<T: Clone + PartialEq>(old: &[T], value: &[T]) -> Vec<T> {
        let new = value.iter().filter(|v| !old.contains(v));
        old.iter().chain(new).cloned().collect()
    }
    match (old, value) {
        (None, value) => Ok(value.clone()),
        (Some(Attribute::N(a)), Attribute::N(b)) => a.add(*b).map(Attribute::N),
        (Some(Attribute::Ss(a)), Attribute::Ss(b)) => Ok(Attribute::Ss(union(a, b))),
        (Some(Attribute::Ns(a)), Attribute::Ns(b)) => Ok(Attribute::Ns(union(a, b))),
        (Some(Attribute::Bs(a)), Attribute::Bs(b)) => Ok(Attribute::Bs(union(a, b))),
        _ => Err(wrong_type()),
    }
}

/// What `DELETE` leaves of a set; nothing where it leaves nothing.
fn taken(old: &Attribute, value: &Attribute) -> Result<Option<Attribute>, Error> {
    fn rest<T: Clone + PartialEq>(
        old: &[T],
        value: &[T],
        of: fn(Vec<T>) -> Attribute,
    ) -> Option<Attribute> {
        let rest: Vec<T> = old.iter().filter(|v| !value.contains(v)).cloned().collect();
        (!rest.is_empty()).then(|| of(rest))
    }
    match (old, value) {
        (Attribute::Ss(a), Attribute::Ss(b)) => Ok(rest(a, b, Attribute::Ss)),
        (Attribute::Ns(a), Attribute::Ns(b)) => Ok(rest(a, b, Attribute::Ns)),
        (Attribute::Bs(a), Attribute::Bs(b)) => Ok(rest(a, b, Attribute::Bs)),
        _ => Err(wrong_type()),
    }
}

/// The type names of this message, which are longer than elsewhere.
fn long(kind: &str) -> &str {
    match kind {
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
    use crate::attribute;
    use cognitab_wire::{Schema, Value, json};

    fn tree(text: &str) -> Value {
        json::decode(text.as_bytes(), &Schema::DOCUMENT).unwrap()
    }

    fn run(item: &str, update: &str, values: &str) -> Result<String, String> {
        let item = attribute::read(&tree(item)).unwrap();
        let values = tree(values);
        let values = (!values.members().is_empty()).then_some(&values);
        let mut words = Words::new(None, values).unwrap();
        let result = parse(update, &mut words).and_then(|u| u.apply(&item));
        match result {
            Ok(item) => Ok(json::to_json(&attribute::write(&item)).to_string()),
            Err(Error::Invalid(message)) => Err(message),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn clauses_of_every_kind() {
        let item = r#"{"n":{"N":"1"},"l":{"L":[{"S":"a"},{"S":"b"},{"S":"c"}]},"t":{"SS":["x"]}}"#;
        for (update, values, wanted) in [
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
            assert_eq!(run(item, update, values).as_deref(), Ok(wanted), "{update}");
        }
        for (update, values, wanted) in [
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
            assert_eq!(run(item, update, values), Err(wanted.to_owned()), "{update}");
        }
    }
}
