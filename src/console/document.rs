//! The input of an operation as a JSON document, edited member by member.

use cognitab_wire::schema::{Kind, Schema};
use serde_json::{Map, Value, json};

/// A step from a value to one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of a structure or an entry of a map.
    Name(String),
    /// An item of a list.
    Index(usize),
}

/// The value at a path; `None` if there is none.
pub fn get<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Name(name) => value.get(name),
        Step::Index(index) => value.get(index),
    })
}

/// Sets the value at a path, and creates what is missing on the way. `None` removes it: a member, an
/// entry or an item.
pub fn set(value: &mut Value, path: &[Step], new: Option<Value>) {
    let Some((first, rest)) = path.split_first() else {
        *value = new.unwrap_or_default();
        return;
    };
    match first {
        Step::Name(name) => {
            if !value.is_object() {
                *value = json!({});
            }
            let Some(members) = value.as_object_mut() else { return };
            if rest.is_empty() && new.is_none() {
                members.remove(name);
            } else {
                set(members.entry(name.as_str()).or_insert(Value::Null), rest, new);
            }
        }
        Step::Index(index) => {
            if !value.is_array() {
                *value = json!([]);
            }
            let Some(items) = value.as_array_mut() else { return };
            if rest.is_empty() && new.is_none() {
                if *index < items.len() {
                    items.remove(*index);
                }
                return;
            }
            while items.len() <= *index {
                items.push(Value::Null);
            }
            if let Some(item) = items.get_mut(*index) {
                set(item, rest, new);
            }
        }
    }
}

/// Gives an entry of a map another name, in its place. A name that another entry has is not taken.
pub fn rename(value: &mut Value, path: &[Step], from: &str, to: &str) {
    let at = path.iter().try_fold(&mut *value, |value, step| match step {
        Step::Name(name) => value.get_mut(name),
        Step::Index(index) => value.get_mut(index),
    });
    let Some(entries) = at.and_then(Value::as_object_mut) else { return };
    if entries.contains_key(to) {
        return;
    }
    let renamed = |(name, value): (String, Value)| {
        if name == from { (to.to_owned(), value) } else { (name, value) }
    };
    *entries = std::mem::take(entries).into_iter().map(renamed).collect::<Map<_, _>>();
}

/// The value with which a member begins when it is added: empty, with its required members.
pub fn initial(schema: &Schema) -> Value {
    match schema.kind {
        Kind::Boolean => json!(true),
        Kind::Integer | Kind::Float => {
            json!(schema.constraints.range.map_or(0, |(min, _)| min.max(0)))
        }
        Kind::Enum(values) => json!(values.first()),
        Kind::List(_) => json!([]),
        Kind::Map(..) | Kind::Document => json!({}),
        Kind::Structure(members) => {
            let required = members.iter().filter(|member| member.required);
            required.map(|m| (m.name.to_owned(), initial(m.schema))).collect::<Map<_, _>>().into()
        }
        Kind::String | Kind::Blob | Kind::Timestamp => json!(""),
    }
}

/// The name of a new entry in a map: one that it does not have yet.
pub fn new_key(entries: &Map<String, Value>) -> String {
    let mut names = (1..).map(|number| format!("key{number}"));
    names.find(|name| !entries.contains_key(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(steps: &[&str]) -> Vec<Step> {
        let step =
            |text: &&str| text.parse().map_or_else(|_| Step::Name((*text).to_owned()), Step::Index);
        steps.iter().map(step).collect()
    }

    #[test]
    fn values_are_set_and_removed_at_any_depth() {
        let mut value = json!({});
        set(&mut value, &path(&["a", "1", "b"]), Some(json!("x")));
        assert_eq!(value, json!({"a": [null, {"b": "x"}]}));
        assert_eq!(get(&value, &path(&["a", "1", "b"])), Some(&json!("x")));
        set(&mut value, &path(&["a", "0"]), None);
        assert_eq!(value, json!({"a": [{"b": "x"}]}));
        set(&mut value, &path(&["a"]), None);
        assert_eq!(value, json!({}));
        set(&mut value, &path(&["a", "9"]), None);
        assert_eq!(value, json!({"a": []}));
    }

    #[test]
    fn entries_keep_their_place_and_their_values() {
        let mut value = json!({"m": {"a": 1, "b": 2}});
        rename(&mut value, &path(&["m"]), "a", "c");
        assert_eq!(value.to_string(), r#"{"m":{"c":1,"b":2}}"#);
        rename(&mut value, &path(&["m"]), "c", "b");
        assert_eq!(value.to_string(), r#"{"m":{"c":1,"b":2}}"#);
        assert_eq!(new_key(value["m"].as_object().unwrap()), "key1");
    }
}
