//! Random inputs for a schema: most values match the schema, some do not.

use std::collections::BTreeMap;

use cognitab_wire::Schema;
use cognitab_wire::schema::Kind;
use serde_json::{Map, Value as Json, json};

/// Random choices from bytes; each choice after the last byte is the first alternative.
pub(crate) struct Draw<'a> {
    pub(crate) bytes: std::slice::Iter<'a, u8>,
    /// Names and IDs that exist, by the members that can hold them.
    pub(crate) known: &'a BTreeMap<&'static str, Vec<String>>,
}

impl Draw<'_> {
    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or_default()) % limit.max(1)
    }

    fn mostly(&mut self) -> bool {
        self.below(16) != 15
    }

    /// A value that mostly matches the schema.
    pub(crate) fn value(&mut self, name: &str, schema: &Schema, depth: usize) -> Json {
        if !self.mostly() && depth > 0 {
            return self.anything();
        }
        match schema.kind {
            Kind::Boolean => json!(self.below(2) == 0),
            Kind::Integer => json!([1, 0, -1, 60, 900, 3600, i64::MAX, i64::MIN][self.below(8)]),
            Kind::Float => json!([0.0, -1.5, 1e300][self.below(3)]),
            Kind::String => json!(self.text(name)),
            Kind::Enum(values) if self.mostly() => json!(values[self.below(values.len())]),
            Kind::Enum(_) => json!(self.text(name)),
            Kind::Blob => json!(["", "YQ==", "////", "eyJhIjoxfQ=="][self.below(4)]),
            Kind::Timestamp => json!([0, 1_795_419_368, -1, i64::MAX][self.below(4)]),
            Kind::Document => self.anything(),
            _ if depth > 5 => Json::Null,
            Kind::List(item) => {
                (0..self.below(4)).map(|_| self.value(name, item, depth + 1)).collect()
            }
            Kind::Map(_, item) => {
                let count = self.below(3);
                let entry = |d: &mut Self| (d.text(name), d.value(name, item, depth + 1));
                Json::Object((0..count).map(|_| entry(self)).collect())
            }
            Kind::Structure(members) => {
                let mut object = Map::new();
                for member in members {
                    let present = if member.required { self.mostly() } else { self.below(3) == 0 };
                    if present {
                        let value = self.value(member.name, member.schema, depth + 1);
                        object.insert(member.name.to_owned(), value);
                    }
                }
                Json::Object(object)
            }
        }
    }

    /// Text that exists for the member of this name, or arbitrary text.
    fn text(&mut self, name: &str) -> String {
        if self.mostly()
            && let Some(known) = self.known.get(name)
        {
            return known[self.below(known.len())].clone();
        }
        let all_known: Vec<&String> = self.known.values().flatten().collect();
        const UNUSUAL: [&str; 9] =
            ["", "a", "SET a = :a", "é\u{0}\u{1F600}", "../..", "%zz", "{", "*", "#n = :v"];
        match self.below(4) {
            0 => all_known[self.below(all_known.len())].clone(),
            1 => "x".repeat(self.below(256) * 8),
            _ => UNUSUAL[self.below(UNUSUAL.len())].to_owned(),
        }
    }

    fn anything(&mut self) -> Json {
        let text = self.text("");
        match self.below(8) {
            0 => Json::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!([]),
            4 => json!({}),
            5 => json!([[{"S": text}]]),
            6 => json!({ text: {"N": "1e999"} }),
            _ => json!(text),
        }
    }
}
