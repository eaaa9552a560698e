//! Labels for types of the broker: stations, artifacts, rungs, times.

use cognitab_policy::ladder::RungKind;
use cognitab_trace::event::{ArtifactKind, Station};

/// The stations, in order.
pub const STATIONS: [Station; 7] = [
    Station::App,
    Station::Login,
    Station::UserPool,
    Station::IdentityPool,
    Station::Sts,
    Station::Role,
    Station::Resource,
];

/// Index of a station, from 0.
pub fn station_index(station: Station) -> usize {
    STATIONS.iter().position(|s| *s == station).unwrap_or(0)
}

/// Name of a station.
pub fn station(station: Station) -> &'static str {
    match station {
        Station::App => "App",
        Station::Login => "Login",
        Station::UserPool => "User pool",
        Station::IdentityPool => "Identity pool",
        Station::Sts => "STS",
        Station::Role => "Role",
        Station::Resource => "Resource",
    }
}

/// Icon and color class of a station.
pub fn station_style(station: Station) -> (&'static str, &'static str) {
    match station {
        Station::App => ("g-app", "station-app"),
        Station::Login => ("g-login", "station-user-pool"),
        Station::UserPool => ("g-user-pool", "station-user-pool"),
        Station::IdentityPool => ("g-identity-pool", "station-identity-pool"),
        Station::Sts => ("g-sts", "station-sts"),
        Station::Role => ("g-role", "station-role"),
        Station::Resource => ("g-resource", "station-resource"),
    }
}

/// Letters, class and name of a kind of artifact.
pub fn artifact(kind: ArtifactKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        ArtifactKind::Code => ("CD", "chip-code", "authorization code"),
        ArtifactKind::IdToken => ("ID", "chip-id-token", "ID token"),
        ArtifactKind::AccessToken => ("AT", "chip-access-token", "access token"),
        ArtifactKind::RefreshToken => ("RT", "chip-refresh-token", "refresh token"),
        ArtifactKind::PoolToken => ("OT", "chip-pool-token", "identity pool token"),
        ArtifactKind::Credentials => ("CR", "chip-credentials", "temporary credentials"),
    }
}

/// Name of a rung.
pub fn rung(kind: RungKind) -> &'static str {
    match kind {
        RungKind::WellFormed => "Request syntax",
        RungKind::Authentication => "Authentication",
        RungKind::Token => "Token",
        RungKind::RoleSelection => "Role selection",
        RungKind::TrustPrincipal => "Trust: principal",
        RungKind::TrustAction => "Trust: action",
        RungKind::TrustCondition => "Trust: condition",
        RungKind::ExplicitDeny => "Explicit deny",
        RungKind::Organization => "Organization",
        RungKind::ResourcePolicy => "Resource policy",
        RungKind::IdentityPolicy => "Identity policy",
        RungKind::Boundary => "Permissions boundary",
        RungKind::SessionPolicy => "Session policy",
        RungKind::State => "Resource state",
    }
}

/// Remaining lifetime at `now`: `59 min`, `30 days`, `expired`. Times in milliseconds since 1970.
pub fn time_left(expires: i64, now: i64) -> String {
    let seconds = (expires - now) / 1000;
    match seconds {
        ..=0 => "expired".to_owned(),
        1..=59 => format!("{seconds} s"),
        60..=7199 => format!("{} min", seconds / 60),
        7200..=172_799 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86400),
    }
}

/// Time of day in UTC: `10:42:07`; `at` in milliseconds since 1970.
pub fn time_of_day(at: i64) -> String {
    let seconds = at.div_euclid(1000).rem_euclid(86400);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// An id with its middle replaced by `…` if it has more than 18 characters.
pub fn shorten(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    if chars.len() <= 18 {
        return id.to_owned();
    }
    let head: String = chars.iter().take(12).collect();
    let tail: String = chars.iter().skip(chars.len() - 3).collect();
    format!("{head}…{tail}")
}

/// A label within a sentence: its first letter in lower case, unless it starts with an acronym or a
/// name.
pub fn in_sentence(label: &str) -> String {
    let mut chars = label.chars();
    let first = chars.next();
    let acronym = chars.next().is_some_and(char::is_uppercase);
    match first {
        Some(first) if !acronym && !label.starts_with("Ana ") => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

/// Name of the role in a role ARN or a role session ARN.
pub fn role_name(arn: &str) -> Option<&str> {
    let after = arn.split_once(":assumed-role/").or_else(|| arn.split_once(":role/"))?.1;
    if arn.contains(":assumed-role/") { after.split('/').next() } else { after.rsplit('/').next() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_told_in_words() {
        let told: Vec<String> =
            [-1, 59, 3599, 7200, 30 * 86400].map(|s| time_left(s * 1000, 0)).to_vec();
        assert_eq!(told, ["expired", "59 s", "59 min", "2 h", "30 days"]);
    }

    #[test]
    fn labels_keep_acronyms_and_names_within_a_sentence() {
        let told = ["User pool", "STS", "Ana signs in", "aud differs", ""].map(in_sentence);
        assert_eq!(told, ["user pool", "STS", "Ana signs in", "aud differs", ""]);
    }

    #[test]
    fn role_names_come_from_both_arns() {
        assert_eq!(role_name("arn:aws:sts::1:assumed-role/a/b"), Some("a"));
        assert_eq!(role_name("arn:aws:iam::1:role/path/a"), Some("a"));
        assert_eq!(role_name("arn:aws:iam::1:user/a"), None);
    }

    #[test]
    fn time_of_day_and_shorten() {
        assert_eq!(time_of_day(38_527_000), "10:42:07");
        assert_eq!(shorten("us-east-1:7f3c21aa-9b04-4e5d"), "us-east-1:7f…e5d");
    }
}
