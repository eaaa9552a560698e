//! Why a request was refused, and the change that would allow it.

use cognitab_policy::Question;
use cognitab_policy::ladder::{Compare, Rung, RungKind, RungState};
use cognitab_trace::event::{Event, Station};

use super::change::PolicyChange;
use super::journey::assumed_role_name;
use super::labels;
use super::run;

/// The explanation of a refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The event that refused first.
    pub event: Event,
    /// The outer event that returned the refusal to the app.
    pub passed_on: Option<Event>,
    /// The policy or check that refused, in words.
    pub policy: String,
    /// `Nothing allows it`, `Explicitly denied` or `Refused`.
    pub verdict: &'static str,
    /// Whether a statement explicitly denies the request.
    pub denied: bool,
    /// The values that the refusing rung compared, differences first.
    pub compare: Vec<Compare>,
    /// Heading for the policy's side of the comparison.
    pub compared_with: String,
    /// Whether the caller is an unauthenticated identity of an identity pool.
    pub guest: bool,
    /// The change that allows the request, or why there is none.
    pub change: Result<PolicyChange, &'static str>,
}

/// Explains the refusal of an event; `None` if it was not refused.
pub fn reason(events: &[Event], event: &Event) -> Option<Reason> {
    event.refusal.as_ref()?;
    let cause = run::root_cause(events, event);
    let refusal = cause.refusal.as_ref()?;
    let rung = refusing_rung(cause);
    let denied = rung.is_some_and(|r| r.state == RungState::Denied);
    let compare = rung.map(comparisons).unwrap_or_default();
    Some(Reason {
        passed_on: run::outer_refusal(events, cause).cloned(),
        policy: policy_in_words(cause, refusal.station, rung),
        verdict: verdict(rung, denied),
        denied,
        compared_with: rung.map(compared_with).unwrap_or_default(),
        guest: is_guest(cause),
        change: PolicyChange::from_event(cause).ok_or_else(|| no_fix_reason(rung)),
        compare,
        event: cause.clone(),
    })
}

/// Whether the session belongs to an unauthenticated identity.
fn is_guest(event: &Event) -> bool {
    let Some(Question::Access(case)) = &event.case else { return false };
    let key = "cognito-identity.amazonaws.com:amr";
    case.context.get(key).is_some_and(|values| values.iter().any(|v| v == "unauthenticated"))
}

/// The rung that refused an event.
pub fn refusing_rung(event: &Event) -> Option<&Rung> {
    refusing_rung_of(&event.ladder)
}

/// The rung that refused, or `None` if all passed.
pub fn refusing_rung_of(ladder: &[Rung]) -> Option<&Rung> {
    ladder.iter().find(|r| matches!(r.state, RungState::Refused | RungState::Denied))
}

fn verdict(rung: Option<&Rung>, denied: bool) -> &'static str {
    use RungKind::{Authentication, State, Token, WellFormed};
    match rung.map(|r| r.kind) {
        _ if denied => "Explicitly denied",
        None | Some(WellFormed | Authentication | Token | State) => "Refused",
        Some(_) => "Nothing allows it",
    }
}

/// The comparisons of a rung, or else of its closest statement; differences first.
fn comparisons(rung: &Rung) -> Vec<Compare> {
    let mut all: Vec<Compare> = rung.compare.clone();
    if all.is_empty()
        && let Some(nearest) = rung.statements.first()
    {
        all.clone_from(&nearest.compare);
    }
    unmet_first(&all)
}

/// The same comparisons, differences first.
pub fn unmet_first(compared: &[Compare]) -> Vec<Compare> {
    let of = |met: bool| compared.iter().filter(move |c| c.met == met).cloned();
    of(false).chain(of(true)).collect()
}

fn compared_with(rung: &Rung) -> String {
    match rung.statements.first() {
        Some(s) => {
            let name = s.sid.clone().unwrap_or_else(|| format!("{} of {}", s.index + 1, s.policy));
            format!("statement {name} {}", if s.deny { "denies" } else { "allows" })
        }
        None => "the policy requires".to_owned(),
    }
}

fn policy_in_words(event: &Event, station: Station, rung: Option<&Rung>) -> String {
    let role = assumed_role_name(event)
        .or_else(|| event.who.arn.as_deref().and_then(labels::role_name).map(str::to_owned));
    let of = |what: &str| match &role {
        Some(role) => format!("{what} {role}"),
        None => what.to_owned(),
    };
    match rung.map(|r| r.kind) {
        Some(RungKind::TrustPrincipal | RungKind::TrustAction | RungKind::TrustCondition) => {
            of("trust policy of")
        }
        Some(RungKind::IdentityPolicy) => of("permissions of the role"),
        Some(RungKind::ResourcePolicy) => "the resource policy".to_owned(),
        Some(RungKind::SessionPolicy) => "the session policy".to_owned(),
        Some(kind) => labels::in_sentence(labels::rung(kind)),
        None => labels::in_sentence(labels::station(station)),
    }
}

/// Why no single policy change allows the request.
pub fn no_fix_reason(rung: Option<&Rung>) -> &'static str {
    match rung.map(|r| r.kind) {
        None => "no policy was evaluated; the service itself refused the request.",
        Some(RungKind::WellFormed) => "no policy was evaluated; the request itself must change.",
        Some(RungKind::Authentication) => "no policy was evaluated; the caller must authenticate.",
        Some(RungKind::Token) => "a signed token cannot be changed; request a valid one.",
        Some(RungKind::RoleSelection) => {
            "the identity pool chooses the role; change its role settings."
        }
        Some(RungKind::State) => "the state of the resource decides, not a policy.",
        Some(RungKind::SessionPolicy) => {
            "the session policy was set when the session was created and cannot be changed."
        }
        Some(_) => "no single change to a policy that you can change allows the request.",
    }
}

/// Splits two texts into common start, left difference, right difference and common end.
pub fn split_difference<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let head: usize = left
        .chars()
        .zip(right.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (l, r) = (left.get(head..).unwrap_or(""), right.get(head..).unwrap_or(""));
    let tail: usize = l
        .chars()
        .rev()
        .zip(r.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    (
        left.get(..head).unwrap_or(""),
        l.get(..l.len() - tail).unwrap_or(""),
        r.get(..r.len() - tail).unwrap_or(""),
        l.get(l.len() - tail..).unwrap_or(""),
    )
}

/// Like [`split_difference`], but the differences are whole words.
pub fn split_difference_by_word<'a>(
    left: &'a str,
    right: &'a str,
) -> (&'a str, &'a str, &'a str, &'a str) {
    let (head, _, _, tail) = split_difference(left, right);
    let cut = |c: char| !c.is_alphanumeric();
    let head = head.get(..head.rfind(cut).map_or(0, |at| at + 1)).unwrap_or("");
    let tail = tail.find(cut).and_then(|at| tail.get(at..)).unwrap_or("");
    let middle = |text: &'a str| text.get(head.len()..text.len() - tail.len()).unwrap_or("");
    (head, middle(left), middle(right), tail)
}

/// If exactly one character differs: its position from 1, the length, and both characters.
pub fn single_difference(asked: &str, wanted: &str) -> Option<(usize, usize, char, char)> {
    if asked.chars().count() != wanted.chars().count() {
        return None;
    }
    let mut differing = asked.chars().zip(wanted.chars()).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = differing.next()?;
    differing.next().is_none().then_some((at + 1, asked.chars().count(), a, b))
}

/// The explanation as plain text.
pub fn reason_as_text(reason: &Reason) -> String {
    let mut lines = vec![format!("Stopped at: {}", stopped_at(reason))];
    if let Some(refusal) = &reason.event.refusal {
        lines.push(format!("AWS says: {} {}: {}", refusal.status, refusal.code, refusal.message));
    }
    if let Some(refusal) = reason.passed_on.as_ref().and_then(|e| e.refusal.as_ref()) {
        lines.push(format!(
            "The app receives: {} {}: {}",
            refusal.status, refusal.code, refusal.message
        ));
    }
    lines.extend(reason.event.ladder.iter().map(rung_as_text));
    for c in reason.compare.iter().filter(|c| !c.met) {
        let (asked, wanted) = (c.asked.join(", "), c.wanted.join(", "));
        lines.push(format!("{}: {asked} compared with {wanted}", c.subject));
    }
    lines.push(match &reason.change {
        Ok(change) => format!("Fix: {}", change.fix.words),
        Err(why) => format!("No fix here: {why}"),
    });
    lines.join("\n")
}

/// A rung as one line of plain text.
pub fn rung_as_text(rung: &Rung) -> String {
    let state = match rung.state {
        RungState::Passed => "passed",
        RungState::NotApplicable => "does not apply",
        RungState::Refused => "REFUSED HERE",
        RungState::Denied => "DENIED HERE",
        RungState::NotReached => "not reached",
    };
    format!("- {}: {state}. {}", labels::rung(rung.kind), rung.note)
}

/// Station, policy and verdict in one phrase.
pub fn stopped_at(reason: &Reason) -> String {
    let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
    format!("{}, {}. {}", labels::station(station), reason.policy, reason.verdict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn a_missing_permission_is_explained_and_mended() {
        let run = samples::guest();
        let reason = reason(&run, &run[3]).unwrap();
        assert_eq!(reason.policy, "permissions of the role photos-guest");
        assert_eq!(reason.verdict, "Nothing allows it");
        assert_eq!(reason.compared_with, "statement ReadPublic allows");
        assert_eq!(reason.change.unwrap().label(), "Add it to photos-guest");
    }

    #[test]
    fn a_shadow_leads_to_the_trust_policy() {
        let run = samples::trust();
        let reason = reason(&run, &run[3]).unwrap();
        assert_eq!(reason.event.number, 15);
        assert_eq!(reason.passed_on.as_ref().unwrap().number, 14);
        assert_eq!(reason.change.as_ref().unwrap().label(), "Set policy aud to this pool");
        assert!(reason_as_text(&reason).contains("The app receives: 400"));
        assert!(reason_as_text(&reason).contains("Fix: one value in photos-signed-in"));
    }

    #[test]
    fn where_no_policy_was_asked_none_is_mended() {
        let mut event = samples::guest()[3].clone();
        event.ladder = vec![Rung::refused(RungKind::Authentication, "the signature differs")];
        event.fix = None;
        let reason = reason(&[], &event).unwrap();
        assert_eq!(reason.change, Err(no_fix_reason(event.ladder.first())));
        assert!(reason_as_text(&reason).contains("No fix here: no policy was evaluated"));
    }

    #[test]
    fn the_differing_character_is_found() {
        assert_eq!(single_difference("abc0e", "abc9e"), Some((4, 5, '0', '9')));
        assert_eq!(single_difference("ab", "abc"), None);
        assert_eq!(single_difference("xy", "ab"), None);
        assert_eq!(split_difference("abc0e", "abc9e"), ("abc", "0", "9", "e"));
        assert_eq!(split_difference("aa", "aaa"), ("aa", "", "a", ""));
        let whole = ("s3:", "PutObject", "GetObject", "");
        assert_eq!(split_difference_by_word("s3:PutObject", "s3:GetObject"), whole);
        assert_eq!(split_difference_by_word("a/b/*", "a/c/*"), ("a/", "b", "c", "/*"));
    }
}
