//! A pair of questions in a link or a file, and a search for secrets in it.

use cognitab_policy::{Case, Question, TrustCase};
use cognitab_trace::event::Event;
use serde::{Deserialize, Serialize};

use super::labels::role_name;
use super::run::root_cause;

/// Version of the link format.
const LINK_VERSION: &str = "1";

/// Longest compressed text, in characters, that a link may contain; longer ones are saved as a
/// file.
pub const MAX_LINK_LENGTH: usize = 6000;

/// A trust question and an access question that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionPair {
    /// May the caller assume the role?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Box<TrustCase>>,
    /// May the caller perform the action?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Box<Case>>,
}

impl QuestionPair {
    /// The question of an event, with the latest other question about the same role before it.
    pub fn from_event(events: &[Event], event: &Event) -> Option<QuestionPair> {
        let event = root_cause(events, event);
        let before = || events.iter().rev().filter(|e| e.number < event.number);
        match event.case.clone()? {
            Question::Trust(trust) => {
                let same = |case: &Case| session_role(case).as_ref() == Some(&trust.trust.name);
                let access = before().find_map(|e| match &e.case {
                    Some(Question::Access(case)) if same(case) => Some(case.clone()),
                    _ => None,
                });
                Some(QuestionPair { trust: Some(trust), access })
            }
            Question::Access(access) => {
                let role = session_role(&access);
                let trust = before().find_map(|e| match &e.case {
                    Some(Question::Trust(t)) if role.as_ref() == Some(&t.trust.name) => {
                        Some(t.clone())
                    }
                    _ => None,
                });
                Some(QuestionPair { trust, access: Some(access) })
            }
        }
    }
}

fn session_role(case: &Case) -> Option<String> {
    role_name(&case.principal.arn()).map(str::to_owned)
}

/// What the fragment of the policy page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyLink {
    /// There is no fragment.
    Empty,
    /// An event of the lab world, by number.
    Event(u64),
    /// An example, by index from 0.
    Example(usize),
    /// A compressed question pair.
    Compressed(String),
    /// An invalid fragment; the text is the reason.
    Invalid(String),
}

/// Parses a fragment.
pub fn parse_link(fragment: &str) -> PolicyLink {
    let text = fragment.trim_start_matches('#');
    let number = |text: &str| text.parse::<u64>().ok().filter(|n| *n > 0);
    match text.split_once('=') {
        None if text.is_empty() || text == "main" => PolicyLink::Empty,
        Some(("e", n)) => number(n).map_or_else(|| invalid("an event's number"), PolicyLink::Event),
        Some(("x", n)) => match number(n) {
            Some(n) => PolicyLink::Example(usize::try_from(n - 1).unwrap_or(usize::MAX)),
            None => invalid("an example's number"),
        },
        Some(("p", packed)) => match packed.split_once('.') {
            Some((LINK_VERSION, letters)) => PolicyLink::Compressed(letters.to_owned()),
            Some((version, _)) if version.parse::<u32>().is_ok() => PolicyLink::Invalid(format!(
                "This link has version {version}; this page reads version {LINK_VERSION}. Reload the page, or ask for a file."
            )),
            _ => invalid("a shared question"),
        },
        _ => invalid("an event, an example or a shared question"),
    }
}

fn invalid(what: &str) -> PolicyLink {
    PolicyLink::Invalid(format!("The fragment of the URL must name {what}."))
}

impl QuestionPair {
    /// The pair as JSON.
    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

/// The fragment for a compressed question pair.
pub fn link_fragment(letters: &str) -> String {
    format!("#p={LINK_VERSION}.{letters}")
}

/// Parses the JSON of a shared question pair. The error is a message for the user.
pub fn parse_pair(text: &str) -> Result<QuestionPair, String> {
    // Through `Value`, as responses are parsed: a second deserializer would add to the program's
    // size.
    let pair: QuestionPair = serde_json::from_str::<serde_json::Value>(text)
        .and_then(serde_json::from_value)
        .map_err(|error| format!("The shared text is not a policy question: {error}."))?;
    match pair {
        QuestionPair { trust: None, access: None } => {
            Err("The shared text contains no question.".to_owned())
        }
        pair => Ok(pair),
    }
}

/// The kind of secret that a text contains. AWS's published example keys are not secrets.
pub fn find_secret(text: &str) -> Option<&'static str> {
    let words = || text.split(|c: char| !(c.is_ascii_alphanumeric() || "._-+/=".contains(c)));
    let key = |word: &str| {
        let body = word.strip_prefix("AKIA").or_else(|| word.strip_prefix("ASIA"));
        let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        body.is_some_and(|b| b.len() >= 12 && b.chars().all(capital) && !b.ends_with("EXAMPLE"))
    };
    // A secret access key has 40 characters of Base64, a session token hundreds. Names are not like
    // that.
    let secret = |word: &str| {
        let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
        let mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
        let base64 = !word.contains(['.', '_', '-']) && mixed && has(u8::is_ascii_digit);
        base64 && (word.len() == 40 || word.len() > 200) && !word.ends_with("EXAMPLEKEY")
    };
    let token = |word: &str| word.starts_with("eyJ") && word.split('.').count() == 3;
    if words().any(|w| secret(w) || w.split(['/', '=', '.']).any(key)) {
        return Some("an access key");
    }
    words().any(token).then_some("a token")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn fragments_are_read_or_explained() {
        assert_eq!(parse_link(""), PolicyLink::Empty);
        assert_eq!(parse_link("#e=12"), PolicyLink::Event(12));
        assert_eq!(parse_link("#x=1"), PolicyLink::Example(0));
        assert_eq!(parse_link(&link_fragment("abc")), PolicyLink::Compressed("abc".into()));
        for odd in ["#e=x", "#x=0", "#p=abc", "#p=2.abc", "#y", "#p=.", "#e"] {
            assert!(matches!(parse_link(odd), PolicyLink::Invalid(_)), "{odd}");
        }
        assert!(
            matches!(parse_link("#p=2.abc"), PolicyLink::Invalid(why) if why.contains("version 2"))
        );
    }

    #[test]
    fn both_questions_survive_the_way() {
        let log: Vec<Event> = [samples::guest(), samples::trust()].concat();
        let pair = QuestionPair::from_event(&log, &log[7]).unwrap();
        assert!(pair.trust.is_some() && pair.access.is_none());
        assert_eq!(QuestionPair::from_event(&log, &log[8]), Some(pair.clone()));
        assert_eq!(parse_pair(&pair.to_json()), Ok(pair));
        assert!(
            parse_pair("{}").is_err()
                && parse_pair("[").is_err()
                && parse_pair("{\"x\":1}").is_err()
        );
    }

    #[test]
    fn a_refusal_brings_the_trust_that_let_its_caller_in() {
        let mut log = samples::trust();
        let mut guest = samples::guest();
        guest[2].case.clone_from(&log[4].case);
        if let Some(Question::Trust(trust)) = &mut guest[2].case {
            trust.trust.name = "photos-guest".into();
        }
        let pair = QuestionPair::from_event(&guest, &guest[3]).unwrap();
        assert!(pair.trust.is_some() && pair.access.is_some());
        log.clear();
        assert!(QuestionPair::from_event(&log, &samples::ana()[0]).is_none());
    }

    #[test]
    fn keys_and_tokens_stay_here() {
        assert_eq!(find_secret("\"aws:x\": \"AKIAIOSFODNN7ABCDEFG\""), Some("an access key"));
        assert_eq!(find_secret("ASIAABCDEFGHIJKLMNOP"), Some("an access key"));
        assert_eq!(find_secret("key=AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(
            find_secret("\"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\""),
            Some("an access key")
        );
        assert_eq!(find_secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), None);
        assert_eq!(
            find_secret(&format!("\"IQoJb3JpZ2luX2{}\"", "x1".repeat(120))),
            Some("an access key")
        );
        assert_eq!(find_secret("\"eyJhbGciOi.eyJzdWIi.c2ln\""), Some("a token"));
        let text = serde_json::to_string(&samples::access()).unwrap();
        assert_eq!(find_secret(&text), None);
    }
}
