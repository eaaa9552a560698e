//! The fragment of a URL: it restores the state of the home page and of the workbench.

use super::run::Run;

/// The OAuth grant for the sign-in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GrantType {
    /// Implicit grant: tokens in the fragment of the callback URL.
    #[default]
    Implicit,
    /// Authorization code grant with PKCE.
    Code,
}

/// The state in a fragment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlState {
    /// The runs, in the order in which they were made.
    pub runs: Vec<Run>,
    /// Number of the selected event.
    pub event: Option<u64>,
    /// The OAuth grant of Ana's runs.
    pub grant: GrantType,
    /// Whether the sequence diagram is shown instead of the map.
    pub sequence: bool,
}

impl UrlState {
    /// Parses a fragment. Unknown parts are ignored.
    pub fn parse(fragment: &str) -> UrlState {
        let mut state = UrlState::default();
        for pair in fragment.trim_start_matches('#').split('&') {
            match pair.split_once('=') {
                Some(("run", list)) => {
                    for run in list.split(',').filter_map(Run::from_slug) {
                        if !state.runs.contains(&run) {
                            state.runs.push(run);
                        }
                    }
                }
                Some(("e", number)) => state.event = number.parse().ok(),
                Some(("flow", "code")) => state.grant = GrantType::Code,
                Some(("view", "sequence")) => state.sequence = true,
                _ => {}
            }
        }
        state
    }

    /// The fragment with its `#`; empty for the initial state.
    pub fn to_fragment(&self) -> String {
        let mut parts = Vec::new();
        if !self.runs.is_empty() {
            let words: Vec<&str> = self.runs.iter().map(|s| s.slug()).collect();
            parts.push(format!("run={}", words.join(",")));
        }
        if let Some(number) = self.event {
            parts.push(format!("e={number}"));
        }
        if self.grant == GrantType::Code {
            parts.push("flow=code".to_owned());
        }
        if self.sequence {
            parts.push("view=sequence".to_owned());
        }
        if parts.is_empty() { String::new() } else { format!("#{}", parts.join("&")) }
    }

    /// The first run that has not been made.
    pub fn next_run(&self) -> Option<Run> {
        Run::ALL.into_iter().find(|s| !self.runs.contains(s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_the_round_trip() {
        for text in ["", "#run=ana", "#run=ana,guest,trust&e=12&flow=code", "#e=3&view=sequence"] {
            assert_eq!(UrlState::parse(text).to_fragment(), text);
        }
    }

    #[test]
    fn junk_is_left_out() {
        let read = UrlState::parse("#run=ana,mallory,ana&e=x&y");
        assert_eq!(read, UrlState { runs: vec![Run::Ana], ..UrlState::default() });
        assert_eq!(read.next_run(), Some(Run::Guest));
    }
}
