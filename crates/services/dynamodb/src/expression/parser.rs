//! The parser of conditions and projections, and of the elements that updates share with them.

use crate::attribute_value::AttributeValue;
use crate::error::Error;
use crate::expression::condition::{Comparator, Condition, Operand};
use crate::expression::document_path::{DocumentPath, PathElement};
use crate::expression::placeholders::Placeholders;
use crate::expression::reserved_words::is_reserved;
use crate::expression::tokens::{Token, TokenKind, tokenize};

/// Most bytes of an expression.
const MAX_BYTES: usize = 4096;
/// Deepest nesting of conditions.
const MAX_NESTING: usize = 64;
/// Most elements of a document path below its attribute.
const MAX_PATH_ELEMENTS: usize = 32;

/// The parser of one expression.
pub(crate) struct Parser<'a> {
    /// The member that holds the expression, which error messages name: `ConditionExpression`.
    member: &'static str,
    tokens: Vec<Token>,
    /// Index of the next token.
    at: usize,
    depth: usize,
    placeholders: &'a mut Placeholders,
}

impl<'a> Parser<'a> {
    /// Splits an expression into tokens. Fails if it is empty, too long or has a character that
    /// begins no token.
    pub(crate) fn new(
        member: &'static str,
        text: &str,
        placeholders: &'a mut Placeholders,
    ) -> Result<Parser<'a>, Error> {
        let error = |why: String| Error::validation(format!("Invalid {member}: {why}"));
        if text.len() > MAX_BYTES {
            return Err(error(format!(
                "Expression size has exceeded the maximum allowed size; expression size: {}",
                text.len()
            )));
        }
        let tokens = tokenize(text)
            .map_err(|c| error(format!("Syntax error; token: \"{c}\", near: \"{c}\"")))?;
        if tokens.is_empty() {
            return Err(error("The expression can not be empty;".to_owned()));
        }
        Ok(Parser { member, tokens, at: 0, depth: 0, placeholders })
    }

    /// An error of this expression.
    pub(crate) fn error(&self, why: impl std::fmt::Display) -> Error {
        Error::validation(format!("Invalid {}: {why}", self.member))
    }

    /// The error for a next token that cannot stand where it does.
    pub(crate) fn syntax_error(&self) -> Error {
        let text = |at: usize| self.tokens.get(at).map(|t| t.text.as_str());
        let token = text(self.at).unwrap_or("<EOF>");
        let previous = self.at.checked_sub(1).and_then(text);
        let near: Vec<&str> =
            [previous, text(self.at), text(self.at + 1)].into_iter().flatten().collect();
        self.error(format!("Syntax error; token: \"{token}\", near: \"{}\"", near.join(" ")))
    }

    /// Whether all tokens are parsed.
    pub(crate) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    /// Takes the next token if it is this symbol.
    pub(crate) fn take_symbol(&mut self, symbol: &str) -> bool {
        let is_next = self.peek().is_some_and(|t| t.kind == TokenKind::Symbol && t.text == symbol);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes the next token, which must be this symbol.
    pub(crate) fn expect_symbol(&mut self, symbol: &str) -> Result<(), Error> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.syntax_error()) }
    }

    /// Takes the next token if it is this keyword.
    pub(crate) fn take_keyword(&mut self, word: &str) -> bool {
        let next = self.peek();
        let found = next
            .is_some_and(|t| t.kind == TokenKind::Identifier && t.text.eq_ignore_ascii_case(word));
        self.at += usize::from(found);
        found
    }

    /// Takes the next two tokens if they are the name of a function and its opening parenthesis.
    /// Returns the name.
    pub(crate) fn take_function(&mut self) -> Option<String> {
        let word = self.peek().filter(|t| t.kind == TokenKind::Identifier)?.text.clone();
        let open = self.tokens.get(self.at + 1)?;
        if open.text != "(" || is_keyword(&word) {
            return None;
        }
        self.at += 2;
        Some(word)
    }

    /// Takes the next token if it is the placeholder of a value. Returns the value.
    pub(crate) fn take_value(&mut self) -> Result<Option<AttributeValue>, Error> {
        let Some(token) = self.peek().filter(|t| t.kind == TokenKind::ValuePlaceholder) else {
            return Ok(None);
        };
        let text = token.text.clone();
        self.at += 1;
        self.placeholders.value(&text).map(Some).ok_or_else(|| {
            self.error(format!(
                "An expression attribute value used in expression is not defined; attribute value: {text}"
            ))
        })
    }

    /// Takes a document path.
    pub(crate) fn path(&mut self) -> Result<DocumentPath, Error> {
        let attribute = self.name()?;
        let mut elements = Vec::new();
        loop {
            if self.take_symbol(".") {
                elements.push(PathElement::Name(self.name()?));
            } else if self.take_symbol("[") {
                let index = self.peek().filter(|t| t.kind == TokenKind::Digits);
                let index = index.and_then(|t| t.text.parse().ok());
                elements.push(PathElement::Index(index.ok_or_else(|| self.syntax_error())?));
                self.at += 1;
                self.expect_symbol("]")?;
            } else if elements.len() > MAX_PATH_ELEMENTS {
                return Err(self.error("The document path has too many nesting elements"));
            } else {
                self.placeholders.attributes.insert(attribute.clone());
                return Ok(DocumentPath { attribute, elements });
            }
        }
    }

    fn name(&mut self) -> Result<String, Error> {
        let Some(token) = self.peek().cloned() else { return Err(self.syntax_error()) };
        match token.kind {
            TokenKind::Identifier if is_keyword(&token.text) => Err(self.syntax_error()),
            TokenKind::Identifier if is_reserved(&token.text) => Err(self.error(format!(
                "Attribute name is a reserved keyword; reserved keyword: {}",
                token.text
            ))),
            TokenKind::Identifier => {
                self.at += 1;
                Ok(token.text)
            }
            TokenKind::NamePlaceholder => {
                self.at += 1;
                self.placeholders.name(&token.text).ok_or_else(|| {
                    self.error(format!(
                        "An expression attribute name used in the document path is not defined; attribute name: {}",
                        token.text
                    ))
                })
            }
            _ => Err(self.syntax_error()),
        }
    }

    /// Parses the expression as a condition.
    pub(crate) fn condition(mut self) -> Result<Condition, Error> {
        let condition = self.or()?;
        if self.at_end() { Ok(condition) } else { Err(self.syntax_error()) }
    }

    /// Parses the expression as a projection.
    pub(crate) fn projection(mut self) -> Result<Vec<DocumentPath>, Error> {
        let mut paths: Vec<DocumentPath> = Vec::new();
        loop {
            let path = self.path()?;
            if let Some(other) = paths.iter().find(|p| p.overlaps(&path)) {
                return Err(self.overlap_error(other, &path));
            }
            paths.push(path);
            if self.at_end() {
                return Ok(paths);
            }
            self.expect_symbol(",")?;
        }
    }

    /// The error for two paths that overlap.
    pub(crate) fn overlap_error(&self, one: &DocumentPath, two: &DocumentPath) -> Error {
        self.error(format!(
            "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {one}, path two: {two}"
        ))
    }

    fn or(&mut self) -> Result<Condition, Error> {
        let mut left = self.and()?;
        while self.take_keyword("OR") {
            left = Condition::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Condition, Error> {
        let mut left = self.not()?;
        while self.take_keyword("AND") {
            left = Condition::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Condition, Error> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(self.error("The expression has too many nesting levels"));
        }
        let condition = if self.take_keyword("NOT") {
            Condition::Not(Box::new(self.not()?))
        } else if self.take_symbol("(") {
            let inner = self.or()?;
            self.expect_symbol(")")?;
            inner
        } else {
            self.term()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn term(&mut self) -> Result<Condition, Error> {
        let start = self.at;
        // `size` is an operand, any other function a condition of its own.
        if let Some(function) = self.take_function().filter(|f| f != "size") {
            return self.condition_function(&function);
        }
        self.at = start;
        let left = self.operand()?;
        if self.take_keyword("BETWEEN") {
            let low = self.operand()?;
            if !self.take_keyword("AND") {
                return Err(self.syntax_error());
            }
            let high = self.operand()?;
            self.check_bounds(&low, &high)?;
            return Ok(Condition::Between(left, low, high));
        }
        if self.take_keyword("IN") {
            self.expect_symbol("(")?;
            let mut list = vec![self.operand()?];
            while self.take_symbol(",") {
                list.push(self.operand()?);
            }
            self.expect_symbol(")")?;
            return Ok(Condition::In(left, list));
        }
        for (symbol, comparator) in Comparator::SYMBOLS {
            if self.take_symbol(symbol) {
                let right = self.operand()?;
                self.check_comparable(symbol, *comparator, [&left, &right])?;
                return Ok(Condition::Compare(left, *comparator, right));
            }
        }
        Err(self.syntax_error())
    }

    /// Checks that two bounds, if both are values, are of one type and in order.
    fn check_bounds(&self, low: &Operand, high: &Operand) -> Result<(), Error> {
        let (Operand::Value(low), Operand::Value(high)) = (low, high) else { return Ok(()) };
        if low.data_type() != high.data_type() {
            return Err(self.error(format!(
                "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {{{}}}, upper bound operand: AttributeValue: {{{}}}",
                low.with_type(), high.with_type()
            )));
        }
        if low.compare(high).is_some_and(std::cmp::Ordering::is_gt) {
            return Err(self.error(format!(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {{{}}}, upper bound operand: AttributeValue: {{{}}}",
                low.with_type(), high.with_type()
            )));
        }
        Ok(())
    }

    /// Checks that the operands of an order comparison, if they are values, are of a type that has
    /// an order.
    fn check_comparable(
        &self,
        symbol: &str,
        comparator: Comparator,
        operands: [&Operand; 2],
    ) -> Result<(), Error> {
        if matches!(comparator, Comparator::Equal | Comparator::NotEqual) {
            return Ok(());
        }
        for operand in operands {
            if let Operand::Value(value) = operand
                && value.compare(value).is_none()
            {
                return Err(self.operand_type_error("operator", symbol, value.data_type()));
            }
        }
        Ok(())
    }

    /// The error for an operand of a type that an operator or a function does not accept. `what` is
    /// `operator` or `function`.
    pub(crate) fn operand_type_error(&self, what: &str, name: &str, data_type: &str) -> Error {
        let label = if what == "operator" { "operator" } else { "operator or function" };
        self.error(format!(
            "Incorrect operand type for operator or function; {label}: {name}, operand type: {data_type}"
        ))
    }

    fn condition_function(&mut self, function: &str) -> Result<Condition, Error> {
        let condition = match function {
            "attribute_exists" => Condition::AttributeExists(self.path()?),
            "attribute_not_exists" => Condition::AttributeNotExists(self.path()?),
            "attribute_type" | "begins_with" | "contains" => {
                let left = self.operand()?;
                self.expect_symbol(",")?;
                let right = self.operand()?;
                self.two_operand_function(function, left, right)?
            }
            name => {
                return Err(self.error(format!("Invalid function name; function: {name}")));
            }
        };
        self.expect_symbol(")")?;
        Ok(condition)
    }

    fn two_operand_function(
        &self,
        function: &str,
        left: Operand,
        right: Operand,
    ) -> Result<Condition, Error> {
        match function {
            "contains" => Ok(Condition::Contains(left, right)),
            "begins_with" => match &right {
                Operand::Value(value)
                    if !matches!(value, AttributeValue::S(_) | AttributeValue::B(_)) =>
                {
                    Err(self.operand_type_error("function", function, value.data_type()))
                }
                _ => Ok(Condition::BeginsWith(left, right)),
            },
            _ => match right {
                Operand::Value(AttributeValue::S(data_type)) => {
                    const DATA_TYPES: [&str; 10] =
                        ["B", "BOOL", "BS", "L", "M", "N", "NS", "NULL", "S", "SS"];
                    if !DATA_TYPES.contains(&data_type.as_str()) {
                        return Err(self.error(format!(
                            "Invalid attribute type name found; type: {data_type}, valid types: {{{}}}",
                            DATA_TYPES.join(",")
                        )));
                    }
                    Ok(Condition::AttributeType(left, data_type))
                }
                Operand::Value(value) => {
                    Err(self.operand_type_error("function", function, value.data_type()))
                }
                _ => Err(self.syntax_error()),
            },
        }
    }

    fn operand(&mut self) -> Result<Operand, Error> {
        if let Some(value) = self.take_value()? {
            return Ok(Operand::Value(value));
        }
        let Some(function) = self.take_function() else { return self.path().map(Operand::Path) };
        if function != "size" {
            return Err(self.error(format!(
                "The function is not allowed to be used this way in an expression; function: {function}"
            )));
        }
        let path = self.path()?;
        self.expect_symbol(")")?;
        Ok(Operand::Size(path))
    }
}

/// Parses the condition of a member, if the request has it.
pub(crate) fn condition(
    member: &'static str,
    text: Option<&str>,
    placeholders: &mut Placeholders,
) -> Result<Option<Condition>, Error> {
    text.map(|text| Parser::new(member, text, placeholders)?.condition()).transpose()
}

/// Parses `ProjectionExpression`, if the request has it.
pub(crate) fn projection(
    text: Option<&str>,
    placeholders: &mut Placeholders,
) -> Result<Option<Vec<DocumentPath>>, Error> {
    let member = "ProjectionExpression";
    text.map(|text| Parser::new(member, text, placeholders)?.projection()).transpose()
}

fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 9] =
        ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"];
    KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(text: &str) -> String {
        let mut placeholders = Placeholders::default();
        let parser = Parser::new("ConditionExpression", text, &mut placeholders);
        match parser.and_then(Parser::condition) {
            Err(Error::Validation(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn errors_have_the_messages_of_dynamodb() {
        assert_eq!(message(""), "Invalid ConditionExpression: The expression can not be empty;");
        assert_eq!(
            message("a = = b"),
            "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"= = b\""
        );
        assert_eq!(
            message("a = :v"),
            "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :v"
        );
        assert_eq!(
            message("foo(a)"),
            "Invalid ConditionExpression: Invalid function name; function: foo"
        );
    }

    proptest! {
        #[test]
        fn no_expression_panics(
            text in "([a-z]{1,3}|[#:][a-z]?|AND|OR|NOT|IN|BETWEEN|SET|REMOVE|ADD|size|contains|[=<>().,+\\[\\]-]|[0-9]{1,3}| ){0,24}|.{0,32}"
        ) {
            let mut placeholders = Placeholders::default();
            let _ = Parser::new("F", &text, &mut placeholders).and_then(Parser::condition);
            let _ = Parser::new("P", &text, &mut placeholders).and_then(Parser::projection);
            let _ = crate::expression::update::Update::parse(&text, &mut placeholders);
        }

        #[test]
        fn deep_nesting_is_refused(depth in 65usize..2000) {
            let text = "(".repeat(depth);
            let mut placeholders = Placeholders::default();
            prop_assert!(Parser::new("F", &text, &mut placeholders).and_then(Parser::condition).is_err());
        }
    }
}
