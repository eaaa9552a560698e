//! A run as messages between lanes: a request to the right, its answer to the left.

use cognitab_policy::ladder::RungState;
use cognitab_trace::event::{Artifact, Event, Station};

use super::labels::station_index;
use super::run::by_administrator;

/// One arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// The event it belongs to.
    pub event: u64,
    /// The left and the right lane, from 0.
    pub lanes: (usize, usize),
    /// Whether it is the answer.
    pub answer: bool,
    /// AWS's noun: the call, or the status.
    pub code: String,
    /// Our words beside it.
    pub note: String,
    /// What goes with it.
    pub chips: Vec<Artifact>,
    /// Whether the run stopped with it.
    pub halt: bool,
    /// The administrator's change, drawn as a mark and not as an arrow.
    pub edit: bool,
    /// The verdict of a policy that was read on the way.
    pub read: Option<(bool, String)>,
    /// From where to where, in words.
    pub route: (Station, Station),
}

/// The messages of a run in order; answers that carry nothing and refuse nothing are left out.
pub fn messages(events: &[Event]) -> Vec<Arrow> {
    let mut out: Vec<Arrow> = Vec::new();
    for event in events.iter().filter(|e| e.inside.is_none()) {
        if by_administrator(event) && event.call.starts_with("Get") {
            continue;
        }
        out.push(asked(event));
        for inner in events.iter().filter(|e| e.inside == Some(event.number)) {
            out.push(asked(inner));
        }
        out.extend(answered(event));
    }
    out
}

fn lanes(event: &Event) -> (usize, usize) {
    let (a, b) = (station_index(event.from), station_index(event.to));
    (a.min(b), a.max(b))
}

fn asked(event: &Event) -> Arrow {
    let inner = event.inside.is_some();
    Arrow {
        event: event.number,
        lanes: lanes(event),
        answer: false,
        code: event.call.clone(),
        note: event.inside.map(|n| format!("inside {n}")).unwrap_or_default(),
        chips: event.carries.clone(),
        halt: inner && event.refusal.as_ref().is_some_and(|r| r.cause.is_none()),
        edit: by_administrator(event),
        read: (event.to == Station::Sts).then(|| judged(event)),
        route: (event.from, event.to),
    }
}

fn judged(event: &Event) -> (bool, String) {
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

fn answered(event: &Event) -> Option<Arrow> {
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
        answer: true,
        code,
        note,
        chips: event.returns.clone(),
        halt: event.refusal.as_ref().is_some_and(|r| r.cause.is_none()),
        edit: false,
        read: None,
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
            messages(&run).iter().map(|m| (m.event, m.answer, m.halt)).collect();
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
