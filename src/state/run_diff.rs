//! The differences between two runs, station by station.

use cognitab_trace::event::{Event, Station};

use super::journey::{StationView, Status};

/// The difference between two runs at one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationDiff {
    /// The station.
    pub station: Station,
    /// Whether both runs are the same there.
    pub same: bool,
    /// What differs or is the same.
    pub label: &'static str,
}

/// The differences of the run `after` from the run `before`.
pub fn run_diff(
    before: (&[StationView], &[Event]),
    after: (&[StationView], &[Event]),
) -> Vec<StationDiff> {
    before.0.iter().zip(after.0).map(|(a, b)| station_diff((a, before.1), (b, after.1))).collect()
}

fn station_diff(
    (a, before): (&StationView, &[Event]),
    (b, after): (&StationView, &[Event]),
) -> StationDiff {
    let station = a.station;
    let differs = |label| StationDiff { station, same: false, label };
    if a.status != b.status {
        return differs(match (b.status, a.status) {
            (Status::Waiting, _) | (_, Status::Waiting) => "not reached yet",
            (status, _) if status.is_stopped() => "refused",
            (Status::NotReached, _) => "not reached",
            (Status::Skipped, _) if station == Station::Login => "no sign-in",
            (Status::Skipped, _) => "no token",
            (Status::Passed, status) if status.is_stopped() => "allowed",
            _ => "reached",
        });
    }
    let (left, right) = (station_facts(a, before), station_facts(b, after));
    let (same, other) = match station {
        Station::App => ("same request", "other caller"),
        Station::Login => ("same sign-in", "no password"),
        Station::UserPool => ("same token types", "other token types"),
        Station::IdentityPool => ("same identity", "new identity"),
        Station::Sts => ("same check", "other check"),
        Station::Role => ("same role", "other role"),
        Station::Resource if a.status == Status::NotReached => ("not reached", "not reached"),
        Station::Resource => ("same response", "other response"),
    };
    StationDiff { station, same: left == right, label: if left == right { same } else { other } }
}

/// The facts of a station that are compared.
fn station_facts(view: &StationView, events: &[Event]) -> Vec<String> {
    match view.station {
        Station::App | Station::Login => view.calls.clone(),
        Station::UserPool => view.kept.iter().map(|a| format!("{:?}", a.kind)).collect(),
        Station::IdentityPool => events
            .iter()
            .filter_map(|e| e.output.get("IdentityId").or_else(|| e.input.get("IdentityId")))
            .filter_map(|id| id.as_str().map(str::to_owned))
            .take(1)
            .collect(),
        _ => view.calls.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{journey::station_views, run::Run, samples};

    fn words(a: (Run, &[Event]), b: (Run, &[Event])) -> Vec<(bool, &'static str)> {
        let (left, right) =
            (station_views(a.0, a.1, samples::NOW), station_views(b.0, b.1, samples::NOW));
        run_diff((&left, a.1), (&right, b.1)).into_iter().map(|c| (c.same, c.label)).collect()
    }

    #[test]
    fn guest_beside_ana() {
        let (ana, guest) = (samples::ana(), samples::guest());
        let expected = [
            (false, "other caller"),
            (false, "no sign-in"),
            (false, "no token"),
            (false, "new identity"),
            (true, "same check"),
            (false, "other role"),
            (false, "refused"),
        ];
        assert_eq!(words((Run::Ana, &ana), (Run::Guest, &guest)), expected);
    }

    #[test]
    fn ana_after_the_change_beside_ana() {
        let (ana, trust) = (samples::ana(), samples::trust());
        let expected = [
            (true, "same request"),
            (false, "no password"),
            (true, "same token types"),
            (true, "same identity"),
            (true, "same check"),
            (false, "refused"),
            (false, "not reached"),
        ];
        assert_eq!(words((Run::Ana, &ana), (Run::TrustChanged, &trust)), expected);
    }
}
