//! Example questions for the policy page.

use serde::Deserialize;

use super::share::QuestionPair;

/// An example that the policy page can load.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Example {
    /// Title.
    pub title: String,
    /// What it demonstrates.
    pub description: String,
    /// The trust question and the access question.
    pub questions: QuestionPair,
}

/// All examples, in order.
pub fn all() -> Vec<Example> {
    // The file is compiled in, and a test parses it.
    let parsed = serde_json::from_str::<serde_json::Value>(include_str!("examples.json"));
    parsed.and_then(serde_json::from_value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_parse_and_contain_no_secret() {
        let all = all();
        assert_eq!(all.len(), 3);
        assert!(
            all.iter().all(|e| e.questions != QuestionPair::default() && !e.description.is_empty())
        );
        assert_eq!(crate::state::share::find_secret(include_str!("examples.json")), None);
    }
}
