//! What stands behind the `#`: every state of the home page and of the workbench has an address.

use super::run::Slot;

/// How a person signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// Tokens come back in the fragment.
    #[default]
    Implicit,
    /// A code comes back, and is traded with a proof (PKCE).
    Code,
}

/// The state that an address stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Runs in the order in which they were made.
    pub runs: Vec<Slot>,
    /// The event that is open.
    pub event: Option<u64>,
    /// How Ana signs in.
    pub flow: Flow,
    /// Whether the trace is shown as a picture of messages.
    pub sequence: bool,
}

impl Address {
    /// Reads a fragment; what it does not know it leaves out.
    pub fn read(fragment: &str) -> Address {
        let mut address = Address::default();
        for pair in fragment.trim_start_matches('#').split('&') {
            match pair.split_once('=') {
                Some(("run", list)) => {
                    for slot in list.split(',').filter_map(Slot::of) {
                        if !address.runs.contains(&slot) {
                            address.runs.push(slot);
                        }
                    }
                }
                Some(("e", number)) => address.event = number.parse().ok(),
                Some(("flow", "code")) => address.flow = Flow::Code,
                Some(("view", "sequence")) => address.sequence = true,
                _ => {}
            }
        }
        address
    }

    /// The fragment of this state, with its `#`, or nothing for the first state.
    pub fn write(&self) -> String {
        let mut parts = Vec::new();
        if !self.runs.is_empty() {
            let words: Vec<&str> = self.runs.iter().map(|s| s.word()).collect();
            parts.push(format!("run={}", words.join(",")));
        }
        if let Some(number) = self.event {
            parts.push(format!("e={number}"));
        }
        if self.flow == Flow::Code {
            parts.push("flow=code".to_owned());
        }
        if self.sequence {
            parts.push("view=sequence".to_owned());
        }
        if parts.is_empty() { String::new() } else { format!("#{}", parts.join("&")) }
    }

    /// The run that the next press of Enter makes.
    pub fn next(&self) -> Option<Slot> {
        Slot::ALL.into_iter().find(|s| !self.runs.contains(s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_the_round_trip() {
        for text in ["", "#run=ana", "#run=ana,guest,trust&e=12&flow=code", "#e=3&view=sequence"] {
            assert_eq!(Address::read(text).write(), text);
        }
    }

    #[test]
    fn junk_is_left_out() {
        let read = Address::read("#run=ana,mallory,ana&e=x&y");
        assert_eq!(read, Address { runs: vec![Slot::Ana], ..Address::default() });
        assert_eq!(read.next(), Some(Slot::Guest));
    }
}
