//! What stands behind the `#`: every state of the home page and of the workbench has an address.

use super::run::Run;

/// How a person signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GrantType {
    /// Tokens come back in the fragment.
    #[default]
    Implicit,
    /// A code comes back, and is traded with a proof (PKCE).
    Code,
}

/// The state that an address stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlState {
    /// Runs in the order in which they were made.
    pub runs: Vec<Run>,
    /// The event that is open.
    pub event: Option<u64>,
    /// How Ana signs in.
    pub grant: GrantType,
    /// Whether the trace is shown as a picture of messages.
    pub sequence: bool,
}

impl UrlState {
    /// Reads a fragment; what it does not know it leaves out.
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

    /// The fragment of this state, with its `#`, or nothing for the first state.
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

    /// The run that the next press of Enter makes.
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
