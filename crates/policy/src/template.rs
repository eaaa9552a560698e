//! Policy values that can contain wildcards and policy variables.

use crate::{
    context::Context,
    pattern::{Glob, Token},
};
use std::borrow::Cow;

/// A value of a policy, parsed for policy variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    source: String,
    /// Empty if the source has no variables.
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Text with wildcards.
    Text(String),
    /// A literal character: `${*}`, `${?}` or `${$}`.
    Literal(char),
    /// `${key}` or `${key, 'default'}`; the key in lower case.
    Variable { key: String, default: Option<String> },
}

impl Template {
    /// A value without variables, as in documents of version 2008-10-17.
    pub(crate) fn plain(source: &str) -> Template {
        Template { source: source.to_owned(), parts: Vec::new() }
    }

    /// A value with variables.
    pub(crate) fn new(source: &str) -> Template {
        Template::with_variables_from(source, 0)
    }

    /// An ARN, in which variables are replaced only after the fifth colon.
    pub(crate) fn resource(source: &str) -> Template {
        let fifth = source.match_indices(':').nth(4);
        Template::with_variables_from(source, fifth.map_or(0, |(at, _)| at))
    }

    fn with_variables_from(source: &str, start: usize) -> Template {
        let (head, mut rest) = source.split_at_checked(start).unwrap_or(("", source));
        let (mut parts, mut text) = (Vec::new(), head.to_owned());
        let mut variables = false;
        while let Some((before, inside, behind)) = next_variable(rest) {
            text.push_str(before);
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(Part::parse(inside));
            variables = true;
            rest = behind;
        }
        text.push_str(rest);
        if variables && !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Template { source: source.to_owned(), parts }
    }

    /// As written in the document.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of its variables, in lower case.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Variable { key, .. } => Some(key.as_str()),
            _ => None,
        })
    }

    /// The text with its variables replaced; none if one of them has no value.
    pub(crate) fn text(&self, context: &Context) -> Option<Cow<'_, str>> {
        if self.parts.is_empty() {
            return Some(Cow::Borrowed(&self.source));
        }
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Literal(character) => text.push(*character),
                Part::Variable { key, default } => text.push_str(value(key, default, context)?),
            }
        }
        Some(Cow::Owned(text))
    }

    /// The text with its variables replaced if they have values, otherwise as written.
    pub(crate) fn display(&self, context: &Context) -> String {
        self.text(context).unwrap_or(Cow::Borrowed(&self.source)).into_owned()
    }

    /// Tests the pattern with its variables replaced; false if one of them has no value. Wildcards
    /// in the value of a variable are literal.
    pub(crate) fn matches_with(
        &self,
        context: &Context,
        test: impl FnOnce(Glob<'_>) -> bool,
    ) -> bool {
        if self.parts.is_empty() {
            return test(Glob::Text(self.source.as_bytes()));
        }
        let mut tokens = Vec::with_capacity(self.source.len() + 32);
        for part in &self.parts {
            match part {
                Part::Text(part) => tokens.extend(part.bytes().map(Token::parse)),
                Part::Literal(character) => tokens.push(Token::Byte(*character as u8)),
                Part::Variable { key, default } => match value(key, default, context) {
                    Some(value) => tokens.extend(value.bytes().map(Token::Byte)),
                    None => return false,
                },
            }
        }
        test(Glob::Tokens(&tokens))
    }
}

impl Part {
    fn parse(inside: &str) -> Part {
        match inside {
            "*" => Part::Literal('*'),
            "?" => Part::Literal('?'),
            "$" => Part::Literal('$'),
            _ => {
                let (key, default) = match inside.split_once(',') {
                    Some((key, default)) => (key, unquoted(default.trim())),
                    None => (inside, None),
                };
                Part::Variable { key: key.trim().to_ascii_lowercase(), default }
            }
        }
    }
}

fn unquoted(text: &str) -> Option<String> {
    text.strip_prefix('\'')?.strip_suffix('\'').map(str::to_owned)
}

/// The text before, inside and after the first `${…}`.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("${")?;
    let (inside, behind) = rest.split_once('}')?;
    Some((before, inside, behind))
}

/// The value of a variable. A multivalued key has none.
fn value<'a>(key: &str, default: &'a Option<String>, context: &'a Context) -> Option<&'a str> {
    match context.get(key) {
        [one] => Some(one),
        [] => default.as_deref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Template;
    use crate::context::Context;

    #[test]
    fn variables() {
        let context = Context::new().with("aws:userName", "a*b").with_many("k", ["1", "2"]);
        let text = |source: &str| Template::new(source).text(&context).map(|t| t.into_owned());
        assert_eq!(text("x/${AWS:username}/y").as_deref(), Some("x/a*b/y"));
        assert_eq!(text("${aws:team, 'all'}").as_deref(), Some("all"));
        assert_eq!(text("${*}${?}${$}{x}").as_deref(), Some("*?${x}"));
        assert_eq!(text("${open").as_deref(), Some("${open"));
        assert_eq!(text("${k}"), None);
        assert_eq!(text("${none}"), None);
        let home = Template::resource("arn:aws:s3:::b/${aws:username}/*");
        assert!(home.matches_with(&context, |glob| glob.matches("arn:aws:s3:::b/a*b/c", false)));
        assert!(!home.matches_with(&context, |glob| glob.matches("arn:aws:s3:::b/axb/c", false)));
        let names = Template::new("${aws:userName}/${*}/${k, 'x'}");
        assert_eq!(names.variables().collect::<Vec<_>>(), ["aws:username", "k"]);
        let early = Template::resource("arn:aws:s3:${aws:username}::b/x");
        assert!(early.variables().next().is_none());
    }
}
