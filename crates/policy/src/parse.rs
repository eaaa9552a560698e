//! From JSON text to a document.

use crate::{
    condition::{Condition, Name},
    document::{Document, Effect, Element, Principals, Statement, Version},
    malformed::Malformed,
    principal::PrincipalPattern,
    template::Template,
};
use serde_json::{Map, Value};

type Result<T> = std::result::Result<T, Malformed>;

impl Document {
    /// Reads a document of any kind; which elements it must have is asked by
    /// [`Document::validate`].
    pub fn parse(text: &str) -> Result<Document> {
        let source = serde_json::from_str(text).map_err(|error| Malformed::json(&error))?;
        Document::from_value(source).map_err(|error| error.located(text))
    }

    /// The same from JSON that is read already.
    pub fn from_value(source: Value) -> Result<Document> {
        let top = source.as_object().ok_or_else(|| Malformed::syntax(""))?;
        only(top, "", &["Version", "Id", "Statement"])?;
        let version = match string(top, "", "Version")?.as_deref() {
            None | Some("2008-10-17") => Version::V2008,
            Some("2012-10-17") => Version::V2012,
            Some(_) => return Err(Malformed::syntax("/Version")),
        };
        let id = string(top, "", "Id")?;
        let variables = version == Version::V2012;
        let statements = match top.get("Statement") {
            Some(Value::Object(one)) => vec![statement(one, "/Statement", variables)?],
            Some(Value::Array(all)) if !all.is_empty() => {
                let each = |(index, one): (usize, &Value)| {
                    let path = format!("/Statement/{index}");
                    let one = one.as_object().ok_or_else(|| Malformed::syntax(&*path))?;
                    statement(one, &path, variables)
                };
                all.iter().enumerate().map(each).collect::<Result<_>>()?
            }
            _ => return Err(Malformed::syntax("/Statement")),
        };
        Ok(Document { version, id, statements, source })
    }
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

fn statement(map: &Map<String, Value>, path: &str, variables: bool) -> Result<Statement> {
    only(map, path, &ELEMENTS)?;
    let effect = match string(map, path, "Effect")?.as_deref() {
        Some("Allow") => Effect::Allow,
        Some("Deny") => Effect::Deny,
        Some(other) if ["allow", "deny"].contains(&other.to_lowercase().as_str()) => {
            let message = "The policy failed legacy parsing";
            return Err(Malformed::new(message, format!("{path}/Effect")));
        }
        _ => return Err(Malformed::syntax(format!("{path}/Effect"))),
    };
    let resource: fn(&str) -> Template =
        if variables { Template::resource } else { Template::plain };
    Ok(Statement {
        sid: string(map, path, "Sid")?,
        effect,
        principal: principals(map, path)?,
        action: element(map, path, ["Action", "NotAction"], Template::plain)?,
        resource: element(map, path, ["Resource", "NotResource"], resource)?,
        conditions: conditions(map, path, variables)?,
    })
}

fn only(map: &Map<String, Value>, path: &str, names: &[&str]) -> Result<()> {
    match map.keys().find(|key| !names.contains(&key.as_str())) {
        Some(key) => Err(Malformed::syntax(format!("{path}/{}", escaped(key)))),
        None => Ok(()),
    }
}

/// The one of an element and its `Not…` form that is there; both together are an error.
fn either<'a>(
    map: &'a Map<String, Value>,
    path: &str,
    [plain, not]: [&str; 2],
) -> Result<Option<(bool, String, &'a Value)>> {
    match (map.get(plain), map.get(not)) {
        (Some(_), Some(_)) => Err(Malformed::syntax(format!("{path}/{not}"))),
        (Some(value), None) => Ok(Some((false, format!("{path}/{plain}"), value))),
        (None, Some(value)) => Ok(Some((true, format!("{path}/{not}"), value))),
        (None, None) => Ok(None),
    }
}

fn element(
    map: &Map<String, Value>,
    path: &str,
    names: [&str; 2],
    template: fn(&str) -> Template,
) -> Result<Option<Element>> {
    let Some((not, path, value)) = either(map, path, names)? else { return Ok(None) };
    let values = texts(value, &path, false)?.iter().map(|text| template(text)).collect();
    Ok(Some(Element { not, values }))
}

fn principals(map: &Map<String, Value>, path: &str) -> Result<Option<Principals>> {
    let Some((not, path, value)) = either(map, path, ["Principal", "NotPrincipal"])? else {
        return Ok(None);
    };
    let mut values = Vec::new();
    match value {
        Value::String(star) if star == "*" => values.push(PrincipalPattern::Everyone),
        Value::String(_) => return Err(Malformed::new("Invalid principal in policy.", path)),
        Value::Object(kinds) => {
            for (kind, list) in kinds {
                let path = format!("{path}/{}", escaped(kind));
                let make = match kind.as_str() {
                    "AWS" => aws,
                    "Federated" => PrincipalPattern::Federated,
                    "Service" => PrincipalPattern::Service,
                    "CanonicalUser" => PrincipalPattern::CanonicalUser,
                    _ => return Err(Malformed::syntax(path)),
                };
                values.extend(texts(list, &path, false)?.into_iter().map(make));
            }
        }
        _ => return Err(Malformed::syntax(path)),
    }
    Ok(Some(Principals { not, values }))
}

fn aws(text: String) -> PrincipalPattern {
    if text == "*" { PrincipalPattern::Everyone } else { PrincipalPattern::Aws(text) }
}

fn conditions(map: &Map<String, Value>, path: &str, variables: bool) -> Result<Vec<Condition>> {
    let path = format!("{path}/Condition");
    let operators = match map.get("Condition") {
        None => return Ok(Vec::new()),
        Some(Value::Object(operators)) => operators,
        Some(_) => return Err(Malformed::syntax(path)),
    };
    let mut conditions = Vec::new();
    for (name, keys) in operators {
        let path = format!("{path}/{}", escaped(name));
        let keys = keys.as_object().ok_or_else(|| Malformed::syntax(&*path))?;
        let read = match Name::read(name) {
            Some(read) => read,
            None if keys.is_empty() => continue,
            None => return Err(Malformed::syntax(path)),
        };
        for (key, values) in keys {
            let values = texts(values, &format!("{path}/{}", escaped(key)), true)?;
            conditions.push(Condition::new(name, read, key, &values, variables));
        }
    }
    Ok(conditions)
}

fn string(map: &Map<String, Value>, path: &str, name: &str) -> Result<Option<String>> {
    match map.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Malformed::syntax(format!("{path}/{name}"))),
    }
}

/// One string or a list of them; conditions take numbers and truth values too.
fn texts(value: &Value, path: &str, scalars: bool) -> Result<Vec<String>> {
    let one = |value: &Value, path: &str| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) if scalars => Ok(value.to_string()),
        _ => Err(Malformed::syntax(path)),
    };
    match value {
        Value::Array(values) => values
            .iter()
            .enumerate()
            .map(|(index, value)| one(value, &format!("{path}/{index}")))
            .collect(),
        value => Ok(vec![one(value, path)?]),
    }
}

/// A key as a step of a JSON pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
