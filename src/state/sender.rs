//! Identifies the sender of a request by its user agent, as in AWS CloudTrail.

use cognitab_trace::event::Event;

use super::labels;

/// User agent of the simulated app and of its user's simulated browser.
pub const APP: &str = "cognitab-app";
/// User agent of the console and of policy changes that are applied from a page.
pub const CONSOLE: &str = "cognitab-console";

/// Who sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The simulated app.
    App,
    /// An administrator at the console.
    Console,
    /// Another service, within an outer request.
    Service,
    /// Code with an SDK, or any other client.
    Code,
}

/// The sender of an event's request.
pub fn sender(event: &Event) -> Sender {
    let agent =
        event.request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
    match agent.map(|(_, value)| value.as_str()) {
        _ if event.inside.is_some() => Sender::Service,
        Some(APP) => Sender::App,
        Some(CONSOLE) => Sender::Console,
        _ => Sender::Code,
    }
}

/// The sender's name in the trace.
pub fn label(event: &Event) -> &'static str {
    match sender(event) {
        Sender::App | Sender::Service => labels::station(event.from),
        Sender::Console => "Administrator",
        Sender::Code => "Your code",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn the_user_agent_tells_the_app_from_the_administrator_and_from_code() {
        let mut event = samples::ana().remove(0);
        for (agent, expected) in
            [(APP, "App"), (CONSOLE, "Administrator"), ("aws-sdk-js", "Your code")]
        {
            event.request.headers = vec![("User-Agent".to_owned(), agent.to_owned())];
            event.inside = None;
            assert_eq!(label(&event), expected);
        }
        event.inside = Some(1);
        assert_eq!(label(&event), labels::station(event.from));
    }
}
