//! A run: one attempt to reach the resource. Its events are a slice of the event log.

use std::rc::Rc;

use cognitab_trace::event::{Artifact, ArtifactKind, Event, Refusal, Station, WhoKind};

/// Who makes the attempt, and what was changed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    /// Ana, signed in.
    Ana,
    /// A guest.
    Guest,
    /// Ana, after one character of the role's trust policy was changed.
    TrustChanged,
}

impl Run {
    /// All runs, in order.
    pub const ALL: [Run; 3] = [Run::Ana, Run::Guest, Run::TrustChanged];

    /// The run's name in URLs and element ids.
    pub fn slug(self) -> &'static str {
        match self {
            Run::Ana => "ana",
            Run::Guest => "guest",
            Run::TrustChanged => "trust",
        }
    }

    /// The run with this slug.
    pub fn from_slug(word: &str) -> Option<Run> {
        Run::ALL.into_iter().find(|s| s.slug() == word)
    }

    /// Label of the button.
    pub fn label(self) -> &'static str {
        match self {
            Run::Ana => "Run as Ana",
            Run::Guest => "Run as a guest",
            Run::TrustChanged => "Change the trust policy",
        }
    }

    /// Display name.
    pub fn name(self) -> &'static str {
        match self {
            Run::Ana => "Ana",
            Run::Guest => "Guest",
            Run::TrustChanged => "Ana again",
        }
    }
}

/// A run with its events, ready to be drawn.
#[derive(Clone, PartialEq)]
pub struct RunView {
    /// Which run it is.
    pub run: Run,
    /// Position among all runs that were made, from 1.
    pub number: usize,
    /// Its events, oldest first.
    pub events: Rc<Vec<Event>>,
    /// Whether it is still running.
    pub running: bool,
}

/// The latest artifact of a kind that was returned to a caller, with its event.
pub fn returned(events: &[Event], kind: ArtifactKind) -> Option<(&Event, &Artifact)> {
    events.iter().rev().find_map(|e| e.returns.iter().find(|a| a.kind == kind).map(|a| (e, a)))
}

/// The latest artifact of a kind that went with a request, with its event.
pub fn carried(events: &[Event], kind: ArtifactKind) -> Option<(&Event, &Artifact)> {
    events.iter().rev().find_map(|e| e.carries.iter().find(|a| a.kind == kind).map(|a| (e, a)))
}

/// Whether an administrator sent the request.
pub fn by_administrator(event: &Event) -> bool {
    let session = event.who.arn.as_deref().is_some_and(|arn| arn.contains(":assumed-role/"));
    event.who.kind == WhoKind::Principal && !session && event.inside.is_none()
}

/// The event that refused a run: the latest refusal, followed to its cause.
pub fn stopping_event(events: &[Event]) -> Option<&Event> {
    let refused = events.iter().rev().find(|e| e.refusal.is_some() && !by_administrator(e))?;
    let after = events.iter().rev().find(|e| e.inside.is_none() && !by_administrator(e))?;
    // After a later success the refusal no longer stops the run.
    if after.number > refused.number && after.refusal.is_none() && after.inside.is_none() {
        return None;
    }
    Some(root_cause(events, refused))
}

/// The event that caused a refusal; the event itself if no other did.
pub fn root_cause<'a>(events: &'a [Event], event: &'a Event) -> &'a Event {
    event
        .refusal
        .as_ref()
        .and_then(|r| r.cause)
        .and_then(|n| events.iter().find(|e| e.number == n && e.number != event.number))
        .unwrap_or(event)
}

/// The outer event that returned this event's refusal.
pub fn outer_refusal<'a>(events: &'a [Event], event: &Event) -> Option<&'a Event> {
    events.iter().find(|e| {
        e.number != event.number && e.refusal.as_ref().and_then(|r| r.cause) == Some(event.number)
    })
}

/// The result of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<'a> {
    /// The resource allowed the request.
    Allowed,
    /// The request was refused at a station.
    Stopped(Station, &'a Refusal),
    /// The run is not finished.
    Unfinished,
}

/// The result of a run so far.
pub fn outcome(events: &[Event]) -> Outcome<'_> {
    match stopping_event(events).and_then(|e| e.refusal.as_ref()) {
        Some(refusal) => Outcome::Stopped(refusal.station, refusal),
        None if events.iter().any(|e| e.to == Station::Resource && e.refusal.is_none()) => {
            Outcome::Allowed
        }
        None => Outcome::Unfinished,
    }
}

/// Splits a log into runs. A run starts with a request to the authorize endpoint, or with a GetId
/// that does not follow one.
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
