//! What differs between two runs, station by station, worked out from what happened.

use cognitab_trace::event::Station;

use super::journey::{Mark, Stop};
use super::run::Run;

/// One place on the rail between two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Where.
    pub station: Station,
    /// Whether both runs went alike there.
    pub same: bool,
    /// What it is that differs, or is the same.
    pub word: &'static str,
}

/// The rail under `before`, saying what `after` has otherwise.
pub fn rail(before: (&[Stop], Run), after: (&[Stop], Run)) -> Vec<Cell> {
    before.0.iter().zip(after.0).map(|(a, b)| cell((a, before.1), (b, after.1))).collect()
}

fn cell((a, before): (&Stop, Run), (b, after): (&Stop, Run)) -> Cell {
    let station = a.station;
    let differs = |word| Cell { station, same: false, word };
    if a.mark != b.mark {
        return differs(match (b.mark, a.mark) {
            (Mark::Waiting, _) | (_, Mark::Waiting) => "not there yet",
            (mark, _) if mark.stopped() => "refused",
            (Mark::NotReached, _) => "not reached",
            (Mark::PassedBy, _) if station == Station::Login => "no login",
            (Mark::PassedBy, _) => "no token",
            (Mark::Passed, mark) if mark.stopped() => "allowed",
            _ => "reached",
        });
    }
    let (left, right) = (fact(a, before), fact(b, after));
    let (same, other) = match station {
        Station::App => ("same question", "who asks"),
        Station::Login => ("same login", "no password"),
        Station::UserPool => ("same kinds of token", "other tokens"),
        Station::IdentityPool => ("same identity", "new identity"),
        Station::Sts => ("same check", "another check"),
        Station::Role => ("same role", "another role"),
        Station::Resource if a.mark == Mark::NotReached => ("not reached", "not reached"),
        Station::Resource => ("same answer", "another answer"),
    };
    Cell { station, same: left == right, word: if left == right { same } else { other } }
}

/// What identifies a stop, beside how it went.
fn fact(stop: &Stop, run: Run) -> Vec<String> {
    match stop.station {
        Station::App | Station::Login => stop.code.clone(),
        Station::UserPool => stop.keeps.iter().map(|a| format!("{:?}", a.kind)).collect(),
        Station::IdentityPool => run
            .iter()
            .filter_map(|e| e.output.get("IdentityId").or_else(|| e.input.get("IdentityId")))
            .filter_map(|id| id.as_str().map(str::to_owned))
            .take(1)
            .collect(),
        _ => stop.code.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{journey::stops, run::Slot, samples};

    fn words(a: (Slot, Run), b: (Slot, Run)) -> Vec<(bool, &'static str)> {
        let (left, right) = (stops(a.0, a.1, samples::NOW), stops(b.0, b.1, samples::NOW));
        rail((&left, a.1), (&right, b.1)).into_iter().map(|c| (c.same, c.word)).collect()
    }

    #[test]
    fn guest_beside_ana() {
        let (ana, guest) = (samples::ana(), samples::guest());
        let expected = [
            (false, "who asks"),
            (false, "no login"),
            (false, "no token"),
            (false, "new identity"),
            (true, "same check"),
            (false, "another role"),
            (false, "refused"),
        ];
        assert_eq!(words((Slot::Ana, &ana), (Slot::Guest, &guest)), expected);
    }

    #[test]
    fn ana_after_the_change_beside_ana() {
        let (ana, trust) = (samples::ana(), samples::trust());
        let expected = [
            (true, "same question"),
            (false, "no password"),
            (true, "same kinds of token"),
            (true, "same identity"),
            (true, "same check"),
            (false, "refused"),
            (false, "not reached"),
        ];
        assert_eq!(words((Slot::Ana, &ana), (Slot::Trust, &trust)), expected);
    }
}
