//! Parses policy documents.

use crate::{
    condition::{Condition, OperatorName},
    document::{Document, Effect, Element, Principals, Statement, Version},
    malformed::MalformedPolicy,
    principal::PrincipalPattern,
    template::Template,
};
use serde_json::{Map, Value};

type Result<T> = std::result::Result<T, MalformedPolicy>;

impl Document {
    /// Parses a document of any kind; [`Document::validate`] checks which elements it must have.
    pub fn parse(text: &str) -> Result<Document> {
        let source =
            serde_json::from_str(text).map_err(|error| MalformedPolicy::json(&error, text))?;
        Document::from_value(source).map_err(|error| error.with_position(text))
    }

    /// The same from parsed JSON.
    pub fn from_value(source: Value) -> Result<Document> {
        let read = Parser::parse(&source);
        match read.errors.into_iter().next() {
            Some(error) => Err(error),
            None => {
                let statements = read.statements.into_iter().map(|(_, one)| one).collect();
                Ok(Document { version: read.version, id: read.id, statements, source })
            }
        }
    }
}

/// The valid parts of a document and all its errors.
pub(crate) struct Parser {
    pub(crate) version: Version,
    pub(crate) id: Option<String>,
    /// The valid statements, each with its JSON pointer.
    pub(crate) statements: Vec<(String, Statement)>,
    pub(crate) errors: Vec<MalformedPolicy>,
}

const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl Parser {
    pub(crate) fn parse(source: &Value) -> Parser {
        let (version, id) = (Version::V2008, None);
        let mut read = Parser { version, id, statements: Vec::new(), errors: Vec::new() };
        match source.as_object() {
            Some(top) => read.top(top),
            None => read.error("", "a policy must be a JSON object"),
        }
        read
    }

    fn top(&mut self, top: &Map<String, Value>) {
        self.check_elements(top, "", &["Version", "Id", "Statement"], "a policy");
        match self.string(top, "", "Version").as_deref() {
            None | Some("2008-10-17") => {}
            Some("2012-10-17") => self.version = Version::V2012,
            Some(_) => self.error("/Version", "Version must be 2012-10-17 or 2008-10-17"),
        }
        self.id = self.string(top, "", "Id");
        match top.get("Statement") {
            Some(Value::Array(all)) if !all.is_empty() => {
                for (index, one) in all.iter().enumerate() {
                    self.statement(one, format!("/Statement/{index}"));
                }
            }
            Some(one @ Value::Object(_)) => self.statement(one, "/Statement".to_owned()),
            _ => self.error("/Statement", "a policy must have at least one statement"),
        }
    }

    fn statement(&mut self, value: &Value, path: String) {
        let before = self.errors.len();
        let Some(map) = value.as_object() else {
            return self.error(path, "a statement must be a JSON object");
        };
        self.check_elements(map, &path, &ELEMENTS, "a statement");
        let variables = self.version == Version::V2012;
        let resource: fn(&str) -> Template =
            if variables { Template::resource } else { Template::plain };
        let effect = self.effect(map, &path);
        let statement = Statement {
            sid: self.string(map, &path, "Sid"),
            effect,
            principal: self.principals(map, &path),
            action: self.element(map, &path, ["Action", "NotAction"], Template::plain),
            resource: self.element(map, &path, ["Resource", "NotResource"], resource),
            conditions: self.conditions(map, &path, variables),
        };
        if self.errors.len() == before {
            self.statements.push((path, statement));
        }
    }

    fn error(&mut self, path: impl Into<String>, note: impl Into<String>) {
        self.errors.push(MalformedPolicy::syntax(path).with_note(note));
    }

    fn effect(&mut self, map: &Map<String, Value>, path: &str) -> Effect {
        let place = format!("{path}/Effect");
        match map.get("Effect") {
            Some(Value::String(text)) if text == "Allow" => return Effect::Allow,
            Some(Value::String(text)) if text == "Deny" => return Effect::Deny,
            Some(Value::String(text)) if is_effect_in_other_case(text) => {
                let error = MalformedPolicy::new("The policy failed legacy parsing", place);
                self.errors.push(error.with_note("Effect is case-sensitive: use Allow or Deny"));
            }
            _ => self.error(place, "Effect must be Allow or Deny"),
        }
        Effect::Deny
    }

    fn check_elements(
        &mut self,
        map: &Map<String, Value>,
        path: &str,
        names: &[&str],
        owner: &str,
    ) {
        for key in map.keys().filter(|key| !names.contains(&key.as_str())) {
            self.error(
                format!("{path}/{}", escaped(key)),
                format!("{key} is not a valid element of {owner}"),
            );
        }
    }

    /// The element or its `Not…` form, whichever is present; both together are an error.
    fn one_of<'a>(
        &mut self,
        map: &'a Map<String, Value>,
        path: &str,
        [plain, not]: [&str; 2],
    ) -> Option<(bool, String, &'a Value)> {
        match (map.get(plain), map.get(not)) {
            (Some(_), Some(_)) => {
                self.error(
                    format!("{path}/{not}"),
                    format!("a statement cannot have both {plain} and {not}"),
                );
                None
            }
            (Some(value), None) => Some((false, format!("{path}/{plain}"), value)),
            (None, Some(value)) => Some((true, format!("{path}/{not}"), value)),
            (None, None) => None,
        }
    }

    fn element(
        &mut self,
        map: &Map<String, Value>,
        path: &str,
        names: [&str; 2],
        template: fn(&str) -> Template,
    ) -> Option<Element> {
        let (not, path, value) = self.one_of(map, path, names)?;
        let values = self.strings(value, &path, false).iter().map(|text| template(text)).collect();
        Some(Element { not, values })
    }

    fn principals(&mut self, map: &Map<String, Value>, path: &str) -> Option<Principals> {
        let (not, path, value) = self.one_of(map, path, ["Principal", "NotPrincipal"])?;
        let mut values = Vec::new();
        match value {
            Value::String(star) if star == "*" => values.push(PrincipalPattern::Everyone),
            Value::String(_) => {
                let error = MalformedPolicy::new("Invalid principal in policy.", path);
                self.errors.push(error.with_note("a principal without a type must be *"));
            }
            Value::Object(kinds) => {
                for (kind, list) in kinds {
                    let path = format!("{path}/{}", escaped(kind));
                    let make = match kind.as_str() {
                        "AWS" => aws,
                        "Federated" => PrincipalPattern::Federated,
                        "Service" => PrincipalPattern::Service,
                        "CanonicalUser" => PrincipalPattern::CanonicalUser,
                        _ => {
                            let kinds = "AWS, Federated, Service and CanonicalUser";
                            self.error(path, format!("the principal types are {kinds}"));
                            continue;
                        }
                    };
                    values.extend(self.strings(list, &path, false).into_iter().map(make));
                }
            }
            _ => self.error(path, "a principal must be * or an object of principal types"),
        }
        Some(Principals { not, values })
    }

    fn conditions(
        &mut self,
        map: &Map<String, Value>,
        path: &str,
        variables: bool,
    ) -> Vec<Condition> {
        let path = format!("{path}/Condition");
        let mut conditions = Vec::new();
        let operators = match map.get("Condition") {
            None => return conditions,
            Some(Value::Object(operators)) => operators,
            Some(_) => {
                self.error(path, "Condition must be an object of condition operators");
                return conditions;
            }
        };
        for (name, keys) in operators {
            let path = format!("{path}/{}", escaped(name));
            let Some(keys) = keys.as_object() else {
                self.error(
                    path,
                    "the value of a condition operator must be an object of condition keys",
                );
                continue;
            };
            let read = match OperatorName::parse(name) {
                Some(read) => read,
                None if keys.is_empty() => continue,
                None => {
                    self.error(path, format!("unknown condition operator {name}"));
                    continue;
                }
            };
            for (key, values) in keys {
                let values = self.strings(values, &format!("{path}/{}", escaped(key)), true);
                conditions.push(Condition::new(name, read, key, &values, variables));
            }
        }
        conditions
    }

    fn string(&mut self, map: &Map<String, Value>, path: &str, name: &str) -> Option<String> {
        match map.get(name)? {
            Value::String(text) => Some(text.clone()),
            _ => {
                self.error(format!("{path}/{name}"), format!("{name} must be a string"));
                None
            }
        }
    }

    /// A string or a list of strings; conditions also accept numbers and booleans.
    fn strings(&mut self, value: &Value, path: &str, scalars: bool) -> Vec<String> {
        let mut strings = Vec::new();
        let mut take = |value: &Value, path: String| match value {
            Value::String(text) => strings.push(text.clone()),
            Value::Bool(_) | Value::Number(_) if scalars => strings.push(value.to_string()),
            _ => self.error(path, "values must be a string or a list of strings"),
        };
        match value {
            Value::Array(values) => {
                let each = values.iter().enumerate();
                each.for_each(|(index, value)| take(value, format!("{path}/{index}")));
            }
            value => take(value, path.to_owned()),
        }
        strings
    }
}

fn is_effect_in_other_case(text: &str) -> bool {
    text.eq_ignore_ascii_case("Allow") || text.eq_ignore_ascii_case("Deny")
}

fn aws(text: String) -> PrincipalPattern {
    if text == "*" { PrincipalPattern::Everyone } else { PrincipalPattern::Aws(text) }
}

/// Escapes a key for a JSON pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
