//! Expressions read: conditions, projections, and the pieces that updates share with them.

use crate::attribute::Attribute;
use crate::error::Error;
use crate::expression::condition::{Comparator, Condition, Operand};
use crate::expression::path::{Path, Step};
use crate::expression::token::{Token, TokenKind, tokens};
use crate::expression::words::Words;

/// Most bytes of an expression.
const MOST: usize = 4096;
/// How deep conditions may lie in each other.
const DEEPEST: usize = 64;

/// An expression being read.
pub(crate) struct Parser<'a> {
    /// `ConditionExpression` and so on, for messages.
    member: &'static str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    words: &'a mut Words,
}

impl<'a> Parser<'a> {
    /// Begins to read an expression.
    pub(crate) fn new(
        member: &'static str,
        text: &str,
        words: &'a mut Words,
    ) -> Result<Parser<'a>, Error> {
        let refused = |why: String| Error::invalid(format!("Invalid {member}: {why}"));
        if text.len() > MOST {
            return Err(refused(format!(
                "Expression size has exceeded the maximum allowed size; expression size: {}",
                text.len()
            )));
        }
        let tokens = tokens(text)
            .map_err(|c| refused(format!("Syntax error; token: \"{c}\", near: \"{c}\"")))?;
        if tokens.is_empty() {
            return Err(refused("The expression can not be empty;".to_owned()));
        }
        Ok(Parser { member, tokens, at: 0, depth: 0, words })
    }

    /// A refusal of this expression.
    pub(crate) fn refused(&self, why: impl std::fmt::Display) -> Error {
        Error::invalid(format!("Invalid {}: {why}", self.member))
    }

    /// A refusal of the next token.
    pub(crate) fn unexpected(&self) -> Error {
        let text = |at: usize| self.tokens.get(at).map(|t| t.text.as_str());
        let token = text(self.at).unwrap_or("<EOF>");
        let before = self.at.checked_sub(1).and_then(text);
        let near: Vec<&str> =
            [before, text(self.at), text(self.at + 1)].into_iter().flatten().collect();
        self.refused(format!("Syntax error; token: \"{token}\", near: \"{}\"", near.join(" ")))
    }

    /// Whether everything has been read.
    pub(crate) fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Takes a sign if it comes next.
    pub(crate) fn sign(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some_and(|t| t.kind == TokenKind::Sign && t.text == sign);
        self.at += usize::from(found);
        found
    }

    /// Takes a sign that must come next.
    pub(crate) fn expect(&mut self, sign: &str) -> Result<(), Error> {
        if self.sign(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Takes a keyword if it comes next.
    pub(crate) fn keyword(&mut self, word: &str) -> bool {
        let next = self.peek();
        let found =
            next.is_some_and(|t| t.kind == TokenKind::Word && t.text.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    /// The function that is called next: a word and a parenthesis. Takes both.
    pub(crate) fn function(&mut self) -> Option<String> {
        let word = self.peek().filter(|t| t.kind == TokenKind::Word)?.text.clone();
        let open = self.tokens.get(self.at + 1)?;
        if open.text != "(" || is_keyword(&word) {
            return None;
        }
        self.at += 2;
        Some(word)
    }

    /// A value's placeholder if it comes next.
    pub(crate) fn value(&mut self) -> Result<Option<Attribute>, Error> {
        let Some(token) = self.peek().filter(|t| t.kind == TokenKind::Value) else {
            return Ok(None);
        };
        let text = token.text.clone();
        self.at += 1;
        self.words.value(&text).map(Some).ok_or_else(|| {
            self.refused(format!(
                "An expression attribute value used in expression is not defined; attribute value: {text}"
            ))
        })
    }

    /// A document path.
    pub(crate) fn path(&mut self) -> Result<Path, Error> {
        let root = self.name()?;
        let mut steps = Vec::new();
        loop {
            if self.sign(".") {
                steps.push(Step::Name(self.name()?));
            } else if self.sign("[") {
                let index = self.peek().filter(|t| t.kind == TokenKind::Index);
                let index = index.and_then(|t| t.text.parse().ok());
                steps.push(Step::Index(index.ok_or_else(|| self.unexpected())?));
                self.at += 1;
                self.expect("]")?;
            } else if steps.len() > 32 {
                return Err(self.refused("The document path has too many nesting elements"));
            } else {
                self.words.roots.insert(root.clone());
                return Ok(Path { root, steps });
            }
        }
    }

    fn name(&mut self) -> Result<String, Error> {
        let Some(token) = self.peek().cloned() else { return Err(self.unexpected()) };
        match token.kind {
            TokenKind::Word if is_keyword(&token.text) => Err(self.unexpected()),
            TokenKind::Word if crate::expression::reserved::is_reserved(&token.text) => Err(self
                .refused(format!(
                    "Attribute name is a reserved keyword; reserved keyword: {}",
                    token.text
                ))),
            TokenKind::Word => {
                self.at += 1;
                Ok(token.text)
            }
            TokenKind::Name => {
                self.at += 1;
                self.words.name(&token.text).ok_or_else(|| {
                    self.refused(format!(
                        "An expression attribute name used in the document path is not defined; attribute name: {}",
                        token.text
                    ))
                })
            }
            _ => Err(self.unexpected()),
        }
    }

    /// A whole condition.
    pub(crate) fn condition(mut self) -> Result<Condition, Error> {
        let condition = self.or()?;
        if self.done() { Ok(condition) } else { Err(self.unexpected()) }
    }

    /// A whole projection.
    pub(crate) fn projection(mut self) -> Result<Vec<Path>, Error> {
        let mut paths: Vec<Path> = Vec::new();
        loop {
            let path = self.path()?;
            if let Some(other) = paths.iter().find(|p| p.overlaps(&path)) {
                return Err(self.overlap(other, &path));
            }
            paths.push(path);
            if self.done() {
                return Ok(paths);
            }
            self.expect(",")?;
        }
    }

    /// The refusal of two paths that lie in each other.
    pub(crate) fn overlap(&self, one: &Path, two: &Path) -> Error {
        self.refused(format!(
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {one}, path two: {two}"
        ))
    }

    fn or(&mut self) -> Result<Condition, Error> {
        let mut left = self.and()?;
        while self.keyword("OR") {
            left = Condition::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Condition, Error> {
        let mut left = self.not()?;
        while self.keyword("AND") {
            left = Condition::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Condition, Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.refused("The expression has too many nesting levels"));
        }
        let condition = if self.keyword("NOT") {
            Condition::Not(Box::new(self.not()?))
        } else if self.sign("(") {
            let inner = self.or()?;
            self.expect(")")?;
            inner
        } else {
            self.term()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn term(&mut self) -> Result<Condition, Error> {
        let start = self.at;
        if let Some(function) = self.function().filter(|f| f != "size") {
            return self.test(&function);
        }
        self.at = start;
        let left = self.operand()?;
        if self.keyword("BETWEEN") {
            let low = self.operand()?;
            if !self.keyword("AND") {
                return Err(self.unexpected());
            }
            let high = self.operand()?;
            self.bounds(&low, &high)?;
            return Ok(Condition::Between(left, low, high));
        }
        if self.keyword("IN") {
            self.expect("(")?;
            let mut options = vec![self.operand()?];
            while self.sign(",") {
                options.push(self.operand()?);
            }
            self.expect(")")?;
            return Ok(Condition::In(left, options));
        }
        for (sign, comparator) in Comparator::SIGNS {
            if self.sign(sign) {
                let right = self.operand()?;
                self.ordered(sign, *comparator, [&left, &right])?;
                return Ok(Condition::Compare(left, *comparator, right));
            }
        }
        Err(self.unexpected())
    }

    /// Refuses literal bounds of different types or in the wrong order.
    fn bounds(&self, low: &Operand, high: &Operand) -> Result<(), Error> {
        let (Operand::Value(low), Operand::Value(high)) = (low, high) else { return Ok(()) };
        if low.kind() != high.kind() {
            return Err(self.refused(format!(
                "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {{{}}}, upper bound operand: AttributeValue: {{{}}}",
                low.shown(), high.shown()
            )));
        }
        if low.order(high).is_some_and(std::cmp::Ordering::is_gt) {
            return Err(self.refused(format!(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {{{}}}, upper bound operand: AttributeValue: {{{}}}",
                low.shown(), high.shown()
            )));
        }
        Ok(())
    }

    /// Refuses an order between values that have none.
    fn ordered(
        &self,
        sign: &str,
        comparator: Comparator,
        sides: [&Operand; 2],
    ) -> Result<(), Error> {
        if matches!(comparator, Comparator::Equal | Comparator::Differs) {
            return Ok(());
        }
        for side in sides {
            if let Operand::Value(value) = side
                && value.order(value).is_none()
            {
                return Err(self.wrong_operand("operator", sign, value.kind()));
            }
        }
        Ok(())
    }

    /// The refusal of an operand of a type that does not fit.
    pub(crate) fn wrong_operand(&self, what: &str, name: &str, kind: &str) -> Error {
        let label = if what == "operator" { "operator" } else { "operator or function" };
        self.refused(format!(
            "Incorrect operand type for operator or function; {label}: {name}, operand type: {kind}"
        ))
    }

    fn test(&mut self, function: &str) -> Result<Condition, Error> {
        let condition = match function {
            "attribute_exists" => Condition::Exists(self.path()?),
            "attribute_not_exists" => Condition::NotExists(self.path()?),
            "attribute_type" | "begins_with" | "contains" => {
                let left = self.operand()?;
                self.expect(",")?;
                let right = self.operand()?;
                self.pair(function, left, right)?
            }
            name => {
                return Err(self.refused(format!("Invalid function name; function: {name}")));
            }
        };
        self.expect(")")?;
        Ok(condition)
    }

    fn pair(&self, function: &str, left: Operand, right: Operand) -> Result<Condition, Error> {
        match function {
            "contains" => Ok(Condition::Contains(left, right)),
            "begins_with" => match &right {
                Operand::Value(value) if !matches!(value, Attribute::S(_) | Attribute::B(_)) => {
                    Err(self.wrong_operand("function", function, value.kind()))
                }
                _ => Ok(Condition::BeginsWith(left, right)),
            },
            _ => match right {
                Operand::Value(Attribute::S(kind)) => {
                    const KINDS: [&str; 10] =
                        ["B", "BOOL", "BS", "L", "M", "N", "NS", "NULL", "S", "SS"];
                    if !KINDS.contains(&kind.as_str()) {
                        return Err(self.refused(format!(
                            "Invalid attribute type name found; type: {kind}, valid types: {{{}}}",
                            KINDS.join(",")
                        )));
                    }
                    Ok(Condition::Type(left, kind))
                }
                Operand::Value(value) => {
                    Err(self.wrong_operand("function", function, value.kind()))
                }
                _ => Err(self.unexpected()),
            },
        }
    }

    fn operand(&mut self) -> Result<Operand, Error> {
        if let Some(value) = self.value()? {
            return Ok(Operand::Value(value));
        }
        let Some(function) = self.function() else { return self.path().map(Operand::Path) };
        if function != "size" {
            return Err(self.refused(format!(
                "The function is not allowed to be used this way in an expression; function: {function}"
            )));
        }
        let path = self.path()?;
        self.expect(")")?;
        Ok(Operand::Size(path))
    }
}

fn is_keyword(word: &str) -> bool {
    const WORDS: [&str; 9] =
        ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"];
    WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        let mut words = Words::default();
        let parser = Parser::new("ConditionExpression", text, &mut words);
        match parser.and_then(Parser::condition) {
            Err(Error::Invalid(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn refusals_have_the_words_of_dynamodb() {
        assert_eq!(refused(""), "Invalid ConditionExpression: The expression can not be empty;");
        assert_eq!(
            refused("a = = b"),
            "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"= = b\""
        );
        assert_eq!(
            refused("a = :v"),
            "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v"
        );
        assert_eq!(
            refused("foo(a)"),
            "Invalid ConditionExpression: Invalid function name; function: foo"
        );
    }

    proptest! {
        #[test]
        fn no_expression_panics(
            text in "([a-z]{1,3}|[#:][a-z]?|AND|OR|NOT|IN|BETWEEN|SET|REMOVE|ADD|size|contains|[=<>().,+\\[\\]-]|[0-9]{1,3}| ){0,24}|.{0,32}"
        ) {
            let mut words = Words::default();
            let _ = Parser::new("F", &text, &mut words).and_then(Parser::condition);
            let _ = Parser::new("P", &text, &mut words).and_then(Parser::projection);
            let _ = crate::expression::update::parse(&text, &mut words);
        }

        #[test]
        fn deep_ones_are_refused(depth in 65usize..2000) {
            let text = "(".repeat(depth);
            let mut words = Words::default();
            prop_assert!(Parser::new("F", &text, &mut words).and_then(Parser::condition).is_err());
        }
    }
}
