//! A run as arrows of a sequence diagram: requests to the right, responses to the left.

use cognitab_policy::ladder::RungState;
use cognitab_trace::event::{Artifact, Event, Station};

use super::labels::station_index;
use super::run::by_administrator;

/// An arrow between two lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Number of the event.
    pub event: u64,
    /// Left and right lane, from 0.
    pub lanes: (usize, usize),
    /// Whether it is the response.
    pub is_response: bool,
    /// The operation, or the status of the response.
    pub code: String,
    /// A note next to it, or empty.
    pub note: String,
    /// Artifacts that it carries.
    pub artifacts: Vec<Artifact>,
    /// Whether the run was refused here.
    pub is_refused: bool,
    /// Whether it is the administrator's policy change, which is drawn as a mark.
    pub is_policy_change: bool,
    /// Whether the role's trust policy allowed the request, and the compared keys.
    pub trust_check: Option<(bool, String)>,
    /// Sender and receiver.
    pub route: (Station, Station),
}

/// The arrows of a run in order. Successful responses without artifacts are left out.
pub fn arrows(events: &[Event]) -> Vec<Arrow> {
    let mut out: Vec<Arrow> = Vec::new();
    for event in events.iter().filter(|e| e.inside.is_none()) {
        if by_administrator(event) && event.call.starts_with("Get") {
            continue;
        }
        out.push(request_arrow(event));
        for inner in events.iter().filter(|e| e.inside == Some(event.number)) {
            out.push(request_arrow(inner));
        }
        out.extend(response_arrow(event));
    }
    out
}

fn lanes(event: &Event) -> (usize, usize) {
    let (a, b) = (station_index(event.from), station_index(event.to));
    (a.min(b), a.max(b))
}

fn request_arrow(event: &Event) -> Arrow {
    let inner = event.inside.is_some();
    Arrow {
        event: event.number,
        lanes: lanes(event),
        is_response: false,
        code: event.call.clone(),
        note: event.inside.map(|n| format!("inside {n}")).unwrap_or_default(),
        artifacts: event.carries.clone(),
        is_refused: inner && event.refusal.as_ref().is_some_and(|r| r.cause.is_none()),
        is_policy_change: by_administrator(event),
        trust_check: (event.to == Station::Sts).then(|| trust_result(event)),
        route: (event.from, event.to),
    }
}

fn trust_result(event: &Event) -> (bool, String) {
    match &event.refusal {
        Some(r) => (false, format!("{} {}", r.status, super::journey::short_reason(event))),
        None => {
            let met = event.ladder.iter().flat_map(|r| &r.compare).filter(|c| c.met);
            let keys: Vec<&str> =
                met.filter_map(|c| c.subject.rsplit_once(':').map(|(_, key)| key)).collect();
            let passed = event.ladder.iter().all(|r| r.state != RungState::Refused);
            let text = if keys.is_empty() {
                "trust ✓".to_owned()
            } else {
                keys.iter().map(|k| format!("{k} ✓")).collect::<Vec<_>>().join(" ")
            };
            (passed, text)
        }
    }
}

fn response_arrow(event: &Event) -> Option<Arrow> {
    if by_administrator(event) {
        return None;
    }
    let end = event.to == Station::Resource;
    if event.returns.is_empty() && event.refusal.is_none() && !end {
        return None;
    }
    let status = event.response.start.split(' ').next().unwrap_or_default().to_owned();
    let (code, note) = match &event.refusal {
        Some(r) => (format!("{} {}", r.status, r.code), String::new()),
        None if end => (status, "stored".to_owned()),
        None if status == "302" => {
            let fragment = event.returns.len() > 1;
            let code = if fragment { "302 #id_token=…" } else { "302 ?code=…" };
            (code.to_owned(), String::new())
        }
        None => (status, String::new()),
    };
    Some(Arrow {
        event: event.number,
        lanes: lanes(event),
        is_response: true,
        code,
        note,
        artifacts: event.returns.clone(),
        is_refused: event.refusal.as_ref().is_some_and(|r| r.cause.is_none()),
        is_policy_change: false,
        trust_check: None,
        route: (event.to, event.from),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn inner_calls_stand_before_the_answer() {
        let run = samples::trust();
        let told: Vec<(u64, bool, bool)> =
            arrows(&run).iter().map(|m| (m.event, m.is_response, m.is_refused)).collect();
        let expected = [
            (11, false, false),
            (12, false, false),
            (12, true, false),
            (13, false, false),
            (14, false, false),
            (15, false, true),
            (14, true, false),
        ];
        assert_eq!(told, expected);
    }
}
