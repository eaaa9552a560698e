//! A run: one try to reach the resource, as a slice of the world's log.

use std::rc::Rc;

use cognitab_trace::event::{Artifact, ArtifactKind, Event, Refusal, Station, WhoKind};

/// Who tries, and what was changed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    /// Ana, signed in.
    Ana,
    /// Nobody in particular.
    Guest,
    /// Ana again, after one character of the trust policy was changed.
    TrustChanged,
}

impl Run {
    /// All three in order.
    pub const ALL: [Run; 3] = [Run::Ana, Run::Guest, Run::TrustChanged];

    /// Its word in an address.
    pub fn slug(self) -> &'static str {
        match self {
            Run::Ana => "ana",
            Run::Guest => "guest",
            Run::TrustChanged => "trust",
        }
    }

    /// The run with this word.
    pub fn from_slug(word: &str) -> Option<Run> {
        Run::ALL.into_iter().find(|s| s.slug() == word)
    }

    /// What its button says.
    pub fn label(self) -> &'static str {
        match self {
            Run::Ana => "Run as Ana",
            Run::Guest => "Run as a guest",
            Run::TrustChanged => "Change one line of trust",
        }
    }

    /// Who stands on its line.
    pub fn name(self) -> &'static str {
        match self {
            Run::Ana => "Ana",
            Run::Guest => "Guest",
            Run::TrustChanged => "Ana again",
        }
    }
}

/// One line of the map.
#[derive(Clone, PartialEq)]
pub struct RunView {
    /// Whose.
    pub run: Run,
    /// Its place among all runs, from 1.
    pub number: usize,
    /// What happened.
    pub events: Rc<Vec<Event>>,
    /// Whether it is still going.
    pub running: bool,
}

/// The events of one run, oldest first.

/// The artifacts of one kind that came back to the caller, the newest last.
pub fn returned(events: &[Event], kind: ArtifactKind) -> Option<(&Event, &Artifact)> {
    events.iter().rev().find_map(|e| e.returns.iter().find(|a| a.kind == kind).map(|a| (e, a)))
}

/// The artifact of this kind that went with a request.
pub fn carried(events: &[Event], kind: ArtifactKind) -> Option<(&Event, &Artifact)> {
    events.iter().rev().find_map(|e| e.carries.iter().find(|a| a.kind == kind).map(|a| (e, a)))
}

/// Whether the administrator, and not the person of the run, sent this.
pub fn by_administrator(event: &Event) -> bool {
    let session = event.who.arn.as_deref().is_some_and(|arn| arn.contains(":assumed-role/"));
    event.who.kind == WhoKind::Principal && !session && event.inside.is_none()
}

/// The refusal that stopped a run: the newest one, followed back to its cause.
pub fn stopping_event(events: &[Event]) -> Option<&Event> {
    let heard = events.iter().rev().find(|e| e.refusal.is_some() && !by_administrator(e))?;
    let after = events.iter().rev().find(|e| e.inside.is_none() && !by_administrator(e))?;
    // A later success means that the person got past it.
    if after.number > heard.number && after.refusal.is_none() && after.inside.is_none() {
        return None;
    }
    Some(root_cause(events, heard))
}

/// The event behind a refusal that only passes another one on.
pub fn root_cause<'a>(events: &'a [Event], event: &'a Event) -> &'a Event {
    event
        .refusal
        .as_ref()
        .and_then(|r| r.cause)
        .and_then(|n| events.iter().find(|e| e.number == n && e.number != event.number))
        .unwrap_or(event)
}

/// The event that passes this one's refusal on to its caller.
pub fn outer_refusal<'a>(events: &'a [Event], event: &Event) -> Option<&'a Event> {
    events.iter().find(|e| {
        e.number != event.number && e.refusal.as_ref().and_then(|r| r.cause) == Some(event.number)
    })
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<'a> {
    /// The resource answered.
    Allowed,
    /// Somebody said no.
    Stopped(Station, &'a Refusal),
    /// It is not over.
    Unfinished,
}

/// How this run ended, as far as it has come.
pub fn outcome(events: &[Event]) -> Outcome<'_> {
    match stopping_event(events).and_then(|e| e.refusal.as_ref()) {
        Some(refusal) => Outcome::Stopped(refusal.station, refusal),
        None if events.iter().any(|e| e.to == Station::Resource && e.refusal.is_none()) => {
            Outcome::Allowed
        }
        None => Outcome::Unfinished,
    }
}

/// Cuts a log into runs: one begins where somebody asks for a login, or for an identity without
/// having asked for a login just before, or where the administrator changes something.
pub fn split_runs(events: &[Event]) -> Vec<&[Event]> {
    let mut starts: Vec<usize> = Vec::new();
    let mut identified = true;
    for (at, event) in events.iter().enumerate().filter(|(_, e)| e.inside.is_none()) {
        let asks = event.call.starts_with("GET /oauth2/authorize");
        let fresh = event.call == "GetId" && identified;
        if asks || fresh || starts.is_empty() {
            starts.push(at);
        }
        identified = !asks && (identified || event.call == "GetId");
    }
    starts
        .iter()
        .enumerate()
        .filter_map(|(i, &from)| {
            events.get(from..starts.get(i + 1).copied().unwrap_or(events.len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn a_shadowed_refusal_is_followed_to_its_cause() {
        let run = samples::trust();
        let stopped = stopping_event(&run).unwrap();
        assert_eq!(stopped.call, "AssumeRoleWithWebIdentity");
        assert_eq!(outer_refusal(&run, stopped).unwrap().call, "GetCredentialsForIdentity");
        assert!(matches!(outcome(&run), Outcome::Stopped(Station::Role, _)));
    }

    #[test]
    fn outcomes_of_the_other_two() {
        assert_eq!(outcome(&samples::ana()), Outcome::Allowed);
        assert!(matches!(outcome(&samples::guest()), Outcome::Stopped(Station::Resource, _)));
        assert_eq!(outcome(&[]), Outcome::Unfinished);
    }

    #[test]
    fn a_log_falls_into_its_runs() {
        let log: Vec<Event> = [samples::ana(), samples::guest(), samples::trust()].concat();
        let sizes: Vec<&str> =
            split_runs(&log).iter().filter_map(|r| r.first()).map(|e| e.call.as_str()).collect();
        assert_eq!(sizes, ["GET /oauth2/authorize", "GetId", "GET /oauth2/authorize"]);
    }
}
