//! The regular expressions of AWS's models.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regex_lite::Regex;

use crate::schema::{Kind, Schema};

/// Unicode's general categories as ranges: `regex-lite` has no Unicode tables.
///
/// Each has all characters of its category. Beyond U+036F it may also have characters of other
/// categories in between, such as the marks and digits of a script among its letters, which keeps
/// the ranges few; but never separators, control or format characters.
const CATEGORIES: [(&str, &str); 6] = [
    (
        "L",
        r"\x41-\x5A\x61-\x7A\u{AA}\u{B5}\u{BA}\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2C1}\u{2C6}-\u{2D1}\u{2E0}-\u{2E4}\u{2EC}\u{2EE}\u{370}-\u{5F2}\u{620}-\u{6D5}\u{6E5}-\u{6FF}\u{710}-\u{88E}\u{8A0}-\u{8C9}\u{904}-\u{167F}\u{1681}-\u{17DC}\u{1820}-\u{1FFC}\u{2071}-\u{2E2F}\u{3005}-\u{FEFC}\u{FF21}-\u{FFDC}\u{10000}-\u{110AF}\u{110D0}-\u{1342F}\u{13441}-\u{1BC99}\u{1D400}-\u{323AF}",
    ),
    (
        "M",
        r"\u{300}-\u{5C7}\u{610}-\u{61A}\u{64B}-\u{6DC}\u{6DF}-\u{6ED}\u{711}-\u{85B}\u{897}-\u{8E1}\u{8E3}-\u{135F}\u{1712}-\u{180D}\u{180F}-\u{1DFF}\u{20D0}-\u{2DFF}\u{302A}-\u{FE2F}\u{101FD}-\u{110BA}\u{110C2}\u{11100}-\u{11F5A}\u{13440}-\u{1BC9E}\u{1CF00}-\u{1D172}\u{1D17B}-\u{1E94A}\u{E0100}-\u{E01EF}",
    ),
    (
        "N",
        r"\x30-\x39\u{B2}\u{B3}\u{B9}\u{BC}-\u{BE}\u{660}-\u{669}\u{6F0}-\u{6F9}\u{7C0}-\u{7C9}\u{966}-\u{137C}\u{16EE}-\u{17F9}\u{1810}-\u{1C59}\u{2070}-\u{2CFD}\u{3007}-\u{ABF9}\u{FF10}-\u{FF19}\u{10107}-\u{1106F}\u{110F0}-\u{1246E}\u{16130}-\u{16E96}\u{1CCF0}-\u{1CCF9}\u{1D2C0}-\u{1FBF9}",
    ),
    (
        "P",
        r"\x21-\x23\x25-\x2A\x2C-\x2F\x3A\x3B\x3F\x40\x5B-\x5D\x5F\x7B\x7D\u{A1}\u{A7}\u{AB}\u{B6}\u{B7}\u{BB}\u{BF}\u{37E}-\u{5F4}\u{609}-\u{61B}\u{61D}-\u{6D4}\u{700}-\u{70D}\u{7F7}-\u{85E}\u{964}-\u{166E}\u{169B}-\u{180A}\u{1944}-\u{1CD3}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{207D}-\u{2E5D}\u{3001}-\u{FE6B}\u{FF01}-\u{FF65}\u{10100}-\u{110BC}\u{110BE}-\u{110C1}\u{11140}-\u{12FF2}\u{16A6E}-\u{1BC9F}\u{1DA87}-\u{1E95F}",
    ),
    (
        "S",
        r"\x24\x2B\x3C-\x3E\x5E\x60\x7C\x7E\u{A2}-\u{A6}\u{A8}\u{A9}\u{AC}\u{AE}-\u{B1}\u{B4}\u{B8}\u{D7}\u{F7}\u{2C2}-\u{2C5}\u{2D2}-\u{2DF}\u{2E5}-\u{2EB}\u{2ED}\u{2EF}-\u{2FF}\u{375}-\u{58F}\u{606}-\u{60F}\u{6DE}-\u{6FE}\u{7F6}-\u{888}\u{9F2}-\u{166D}\u{17DB}\u{1940}-\u{1FFE}\u{2044}-\u{2052}\u{207A}-\u{2FFF}\u{3004}-\u{FE69}\u{FF04}-\u{FFEE}\u{FFFC}-\u{10D8F}\u{1173F}-\u{11FF1}\u{16B3C}-\u{1BC9C}\u{1CC00}-\u{1D16C}\u{1D183}-\u{1FBEF}",
    ),
    ("Z", r"\x20\u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"),
];

/// Letters, marks, symbols, numbers and punctuation together, as in most of AWS's patterns: all but
/// separators, control and format characters.
const VISIBLE: (&str, &str) = (
    r"\p{L}\p{M}\p{S}\p{N}\p{P}",
    r"\x21-\x7E\u{A1}-\u{AC}\u{AE}-\u{5F4}\u{606}-\u{61B}\u{61D}-\u{6DC}\u{6DE}-\u{70D}\u{710}-\u{88E}\u{897}-\u{8E1}\u{8E3}-\u{167F}\u{1681}-\u{180D}\u{180F}-\u{1FFE}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{2070}-\u{2FFF}\u{3001}-\u{FEFC}\u{FF01}-\u{FFEE}\u{FFFC}-\u{110BC}\u{110BE}-\u{110C2}\u{110D0}-\u{1342F}\u{13440}-\u{1BC9F}\u{1CC00}-\u{1D172}\u{1D17B}-\u{323AF}\u{E0100}-\u{E01EF}",
);

/// Compiled patterns. They come from schemas, so their number is limited.
static COMPILED: Mutex<BTreeMap<&str, Option<Regex>>> = Mutex::new(BTreeMap::new());

/// Whether the whole text matches a pattern. A pattern that does not compile matches everything,
/// because it is not the caller's mistake.
pub fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.is_match(text))
}

/// Whether a pattern compiles.
pub fn is_valid(pattern: &str) -> bool {
    compile(pattern).is_some()
}

/// The patterns of a shape and the shapes it contains that do not compile. Tests of services assert
/// that there are none.
pub fn invalid(schema: &Schema) -> Vec<&'static str> {
    let mut found = Vec::new();
    collect(schema, &mut found);
    found
}

fn collect(schema: &Schema, found: &mut Vec<&'static str>) {
    let mut check = |pattern: Option<&'static str>| {
        found.extend(pattern.filter(|pattern| !is_valid(pattern)));
    };
    check(schema.constraints.pattern);
    schema.members().iter().for_each(|member| check(member.constraints.pattern));
    match schema.kind {
        Kind::List(item) => collect(item, found),
        Kind::Map(key, item) => [key, item].into_iter().for_each(|inner| collect(inner, found)),
        _ => schema.members().iter().for_each(|member| collect(member.schema, found)),
    }
}

fn compiled(pattern: &'static str) -> Option<Regex> {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    compiled.entry(pattern).or_insert_with(|| compile(pattern)).clone()
}

fn compile(pattern: &str) -> Option<Regex> {
    let pattern = pattern.replace(VISIBLE.0, VISIBLE.1);
    Regex::new(&format!("^(?:{})$", with_ranges(&pattern))).ok()
}

/// Replaces categories such as `\p{L}` by ranges, inside brackets and outside. Unknown ones stay
/// and do not compile.
fn with_ranges(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut rest, mut brackets) = (pattern, false);
    while let Some(c) = rest.chars().next() {
        let known = CATEGORIES.iter().find_map(|(name, ranges)| {
            let rest = rest.strip_prefix(r"\p{")?.strip_prefix(name)?.strip_prefix('}')?;
            Some((*ranges, rest))
        });
        if let Some((ranges, after)) = known {
            out.push_str(&if brackets { ranges.to_owned() } else { format!("[{ranges}]") });
            rest = after;
            continue;
        }
        match c {
            '[' => brackets = true,
            ']' => brackets = false,
            _ => {}
        }
        let length = c.len_utf8()
            + if c == '\\' { rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
        let (head, tail) = rest.split_at(length);
        out.push_str(head);
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use unicode_general_category::{GeneralCategory, get_general_category};

    use super::*;
    use crate::schema::{Constraints, Member};

    #[test]
    fn patterns_of_the_models() {
        assert!(matches(r"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab12Cd34E"));
        assert!(!matches(r"[\w-]+_[0-9a-zA-Z]+", "us-east-1"));
        assert!(matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "ana+ä@photos.example"));
        assert!(!matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b"));
        assert!(matches(r"[\S]+", "Passw0rd!"));
        assert!(!matches(r"[\S]+", ""));
        assert!(matches(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "owner key"));
        assert!(matches(r"\p{L}+[\]\p{N}]\\", r"ä]\"));
        assert!(!matches(r"\p{L}+[\]\p{N}]", "ä"));
    }

    /// The first letter of a character's category.
    fn group(c: char) -> Option<&'static str> {
        use GeneralCategory::*;
        Some(match get_general_category(c) {
            UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter => {
                "L"
            }
            NonspacingMark | SpacingMark | EnclosingMark => "M",
            DecimalNumber | LetterNumber | OtherNumber => "N",
            ConnectorPunctuation | DashPunctuation | OpenPunctuation | ClosePunctuation
            | InitialPunctuation | FinalPunctuation | OtherPunctuation => "P",
            MathSymbol | CurrencySymbol | ModifierSymbol | OtherSymbol => "S",
            SpaceSeparator | LineSeparator | ParagraphSeparator => "Z",
            Control | Format => "C",
            _ => return None,
        })
    }

    /// The characters of a text that are in a class.
    fn members(class: &str, text: &str) -> BTreeSet<char> {
        let runs = Regex::new(&format!("[{class}]+")).unwrap();
        runs.find_iter(text).flat_map(|run| run.as_str().chars()).collect()
    }

    #[test]
    fn categories_are_those_of_unicode() {
        let assigned: String = ('\0'..=char::MAX).filter(|c| group(*c).is_some()).collect();
        for (name, ranges) in CATEGORIES {
            let members = members(ranges, &assigned);
            for c in assigned.chars() {
                let (found, group) = (members.contains(&c), group(c).unwrap());
                let between = c > '\u{36F}' && name != "Z" && !["Z", "C"].contains(&group);
                assert!(found == (group == name) || found && between, "{name} {c:?} {group}");
            }
        }
        let visible = members(VISIBLE.1, &assigned);
        for c in assigned.chars() {
            assert_eq!(visible.contains(&c), !["Z", "C"].contains(&group(c).unwrap()), "{c:?}");
        }
    }

    #[test]
    fn patterns_that_cannot_be_compiled_are_found() {
        const BAD: Constraints = Constraints { pattern: Some("(?!a)"), ..Constraints::NONE };
        const GOOD: Constraints = Constraints { pattern: Some(r"\p{L}"), ..Constraints::NONE };
        const WORSE: Schema = Schema {
            constraints: &Constraints { pattern: Some(r"\p{Lower}"), ..Constraints::NONE },
            ..Schema::STRING
        };
        const INPUT: Schema = Schema::structure(&[
            Member { constraints: &GOOD, ..Member::new("A", &Schema::STRING) },
            Member { constraints: &BAD, ..Member::new("B", &Schema::STRING) },
            Member::new("C", &Schema::list(&WORSE)),
        ]);
        assert_eq!(invalid(&INPUT), ["(?!a)", r"\p{Lower}"]);
        assert!(matches("(?!a)", "anything"));
    }
}
