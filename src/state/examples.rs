//! Questions that are ready to be looked at, when nothing has happened yet.

use serde::Deserialize;

use super::share::QuestionPair;

/// A ready question.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Example {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub shows: String,
    /// The question.
    pub pair: QuestionPair,
}

/// All of them.
pub fn all() -> Vec<Example> {
    // The file is part of the program, and a test reads it.
    let read = serde_json::from_str::<serde_json::Value>(include_str!("examples.json"));
    read.and_then(serde_json::from_value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_can_be_read_and_hold_no_secret() {
        let all = all();
        assert_eq!(all.len(), 3);
        assert!(all.iter().all(|e| e.pair != QuestionPair::default() && !e.shows.is_empty()));
        assert_eq!(crate::state::share::find_secret(include_str!("examples.json")), None);
    }
}
