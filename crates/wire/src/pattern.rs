//! AWS's own regular expressions, matched as a whole.

use regex_lite::Regex;

/// Unicode classes that AWS's models use, written as ranges, because the small regex engine knows
/// no Unicode tables. Letters, marks, symbols, numbers and punctuation together are everything
/// but separators and control characters; single classes are taken as letters beyond ASCII.
const CLASSES: &[(&str, &str)] = &[
    (
        r"\p{L}\p{M}\p{S}\p{N}\p{P}",
        r"\x21-\x7E\u{A1}-\u{167F}\u{1681}-\u{1FFF}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{2070}-\u{2FFF}\u{3001}-\u{D7FF}\u{F900}-\u{FEFE}\u{FF00}-\u{FFFD}\u{10000}-\u{10FFFF}",
    ),
    (r"\p{Z}", r"\u{20}\u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"),
    (
        r"\p{L}",
        r"A-Za-z\u{AA}\u{B5}\u{BA}\u{C0}-\u{2FF}\u{370}-\u{1FFF}\u{2C00}-\u{D7FF}\u{F900}-\u{FDFF}\u{FE70}-\u{FEFC}\u{FF21}-\u{FFDC}\u{10000}-\u{1D0FF}\u{20000}-\u{3FFFF}",
    ),
    (r"\p{M}", r"\u{300}-\u{36F}\u{1AB0}-\u{1AFF}\u{20D0}-\u{20FF}\u{FE20}-\u{FE2F}"),
    (
        r"\p{S}",
        r"\x24\x2B\x3C-\x3E\x5E\x60\x7C\x7E\u{A2}-\u{A9}\u{2044}\u{20A0}-\u{20CF}\u{2100}-\u{2BFF}\u{1F000}-\u{1FAFF}",
    ),
    (
        r"\p{N}",
        r"0-9\u{B2}\u{B3}\u{B9}\u{BC}-\u{BE}\u{660}-\u{669}\u{2070}-\u{2089}\u{2150}-\u{218B}",
    ),
    (
        r"\p{P}",
        r"\x21-\x23\x25-\x2A\x2C-\x2F\x3A\x3B\x3F\x40\x5B-\x5D\x5F\x7B\x7D\u{A1}\u{A7}\u{AB}\u{B6}\u{B7}\u{BB}\u{BF}\u{2010}-\u{2027}\u{2030}-\u{205E}\u{3001}-\u{3003}",
    ),
];

/// Whether text matches a pattern of an AWS model as a whole. A pattern that cannot be read
/// matches everything: it is a fault of ours and must not refuse a caller.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut source = format!("^(?:{pattern})$");
    for (class, ranges) in CLASSES {
        if source.contains(class) {
            source = source.replace(class, ranges);
        }
    }
    Regex::new(&source).map_or(true, |regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_of_the_models() {
        assert!(matches(r"[\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab12Cd34E"));
        assert!(!matches(r"[\w-]+_[0-9a-zA-Z]+", "us-east-1"));
        assert!(matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "ana+ä@photos.example"));
        assert!(!matches(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", "a b"));
        assert!(matches(r"[\S]+", "Passw0rd!"));
        assert!(!matches(r"[\S]+", ""));
        assert!(matches(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", "owner key"));
    }

    #[test]
    fn every_class_can_be_read() {
        for class in ["L", "M", "S", "N", "P", "Z"] {
            assert!(!matches(&format!(r"[\p{{{class}}}]"), "\u{7}"), "{class}");
        }
    }
}
