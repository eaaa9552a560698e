//! Why something was refused, and the one change that would flip it.

use cognitab_broker::event::{Event, Station};
use cognitab_policy::ladder::{Compare, Rung, RungKind, RungState};
use serde_json::{Value, json};

use super::journey::role_name;
use super::run;
use super::words;

/// The answers of the panel, in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The event that was refused first.
    pub event: Event,
    /// The event that passes it on to the app, if another one does.
    pub heard: Option<Event>,
    /// Station and policy, in words.
    pub place: String,
    /// `Nothing allows it`, `Explicitly denied`, `Refused`.
    pub verdict: &'static str,
    /// Whether a statement denies.
    pub denied: bool,
    /// What was held against each other where it stopped.
    pub compare: Vec<Compare>,
    /// What the right-hand side of the comparison is.
    pub against: String,
    /// The way out.
    pub fix: Option<Fix>,
}

/// A change that makes the same run pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// One value in a trust policy's condition.
    Trust {
        /// The role.
        role: String,
        /// The value that stands there.
        from: String,
        /// The value that the token has.
        to: String,
    },
    /// One more statement for a role.
    Permission {
        /// The role.
        role: String,
        /// The action asked for.
        action: String,
        /// The resource, widened to its folder.
        resource: String,
    },
}

/// The refusal behind this event, explained; `None` where nothing was refused.
pub fn reason(events: &[Event], event: &Event) -> Option<Reason> {
    event.refusal.as_ref()?;
    let root = run::cause(events, event);
    let refusal = root.refusal.as_ref()?;
    let rung = stopping(root);
    let denied = rung.is_some_and(|r| r.state == RungState::Denied);
    let compare = rung.map(compared).unwrap_or_default();
    Some(Reason {
        heard: run::shadow(events, root).cloned(),
        place: place(root, refusal.station, rung),
        verdict: verdict(rung, denied),
        denied,
        against: rung.map(against).unwrap_or_default(),
        fix: rung.filter(|_| !denied).and_then(|rung| fix(root, rung, &compare)),
        compare,
        event: root.clone(),
    })
}

/// The rung that stopped an event.
pub fn stopping(event: &Event) -> Option<&Rung> {
    event.ladder.iter().find(|r| matches!(r.state, RungState::Refused | RungState::Denied))
}

fn verdict(rung: Option<&Rung>, denied: bool) -> &'static str {
    use RungKind::{Authentication, State, Token, WellFormed};
    match rung.map(|r| r.kind) {
        _ if denied => "Explicitly denied",
        None | Some(WellFormed | Authentication | Token | State) => "Refused",
        Some(_) => "Nothing allows it",
    }
}

/// What was compared: on the rung itself, or in the nearest statement; what differs first.
fn compared(rung: &Rung) -> Vec<Compare> {
    let mut all: Vec<Compare> = rung.compare.clone();
    if all.is_empty()
        && let Some(nearest) = rung.statements.first()
    {
        all.clone_from(&nearest.compare);
    }
    all.sort_by_key(|c| c.met);
    all
}

fn against(rung: &Rung) -> String {
    match rung.statements.first() {
        Some(s) => {
            let name = s.sid.clone().unwrap_or_else(|| format!("{} of {}", s.index + 1, s.policy));
            format!("statement {name} {}", if s.deny { "denies" } else { "allows" })
        }
        None => "the policy wants".to_owned(),
    }
}

fn place(event: &Event, station: Station, rung: Option<&Rung>) -> String {
    let role = role_name(event)
        .or_else(|| event.who.arn.as_deref().and_then(words::role_of).map(str::to_owned));
    let of = |what: &str| match &role {
        Some(role) => format!("{what} {role}"),
        None => what.to_owned(),
    };
    match rung.map(|r| r.kind) {
        Some(RungKind::TrustPrincipal | RungKind::TrustAction | RungKind::TrustCondition) => {
            of("trust policy of")
        }
        Some(RungKind::IdentityPolicy) => of("permissions of the role"),
        Some(RungKind::ResourcePolicy) => "the policy on the resource".to_owned(),
        Some(RungKind::SessionPolicy) => "the policy of the session".to_owned(),
        Some(kind) => words::rung(kind).to_lowercase(),
        None => words::station(station).to_lowercase(),
    }
}

fn fix(event: &Event, rung: &Rung, compare: &[Compare]) -> Option<Fix> {
    match rung.kind {
        RungKind::TrustCondition => {
            let differs = compare.iter().find(|c| !c.met)?;
            Some(Fix::Trust {
                role: role_name(event)?,
                from: differs.wanted.first()?.clone(),
                to: differs.asked.first()?.clone(),
            })
        }
        RungKind::IdentityPolicy => {
            let role = words::role_of(event.who.arn.as_deref()?)?.to_owned();
            let (action, resource) = asked(event, compare)?;
            Some(Fix::Permission { role, action, resource: folder(&resource) })
        }
        _ => None,
    }
}

/// Action and resource asked for: from the comparison, else from AWS's own sentence.
fn asked(event: &Event, compare: &[Compare]) -> Option<(String, String)> {
    let of = |subject: &str| {
        compare.iter().find(|c| c.subject == subject).and_then(|c| c.asked.first().cloned())
    };
    if let (Some(action), Some(resource)) = (of("Action"), of("Resource")) {
        return Some((action, resource));
    }
    let message = &event.refusal.as_ref()?.message;
    let action = message.split("perform: ").nth(1)?.split(' ').next()?;
    let resource = message.split("on resource: ").nth(1)?.split(' ').next()?.trim_matches('"');
    Some((action.to_owned(), resource.to_owned()))
}

fn folder(resource: &str) -> String {
    match resource.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/*"),
        None => resource.to_owned(),
    }
}

impl Fix {
    /// What its button says.
    pub fn label(&self) -> String {
        match self {
            Fix::Trust { .. } => "Set policy aud to this pool".to_owned(),
            Fix::Permission { role, .. } => format!("Add it to {role}"),
        }
    }

    /// The statement that is missing, for a permission.
    pub fn statement(&self) -> Option<Value> {
        match self {
            Fix::Permission { action, resource, .. } => {
                Some(json!({"Effect": "Allow", "Action": action, "Resource": resource}))
            }
            Fix::Trust { .. } => None,
        }
    }

    /// The statement on one line, as a person writes it.
    pub fn line(&self) -> Option<String> {
        match self {
            Fix::Permission { action, resource, .. } => Some(format!(
                "{{ \"Effect\": \"Allow\", \"Action\": \"{action}\", \"Resource\": \"{resource}\" }}"
            )),
            Fix::Trust { .. } => None,
        }
    }

    /// The policy document of a permission.
    pub fn document(&self) -> Option<String> {
        let statement = self.statement()?;
        Some(json!({"Version": "2012-10-17", "Statement": [statement]}).to_string())
    }

    /// The same change with the AWS command line.
    pub fn cli(&self) -> String {
        match self {
            Fix::Trust { role, .. } => format!(
                "aws iam update-assume-role-policy --role-name {role} \\\n  --policy-document file://trust.json"
            ),
            Fix::Permission { role, .. } => format!(
                "aws iam put-role-policy --role-name {role} --policy-name {FIX_NAME} \\\n  --policy-document '{}'",
                self.document().unwrap_or_default()
            ),
        }
    }

    /// The same change in Terraform.
    pub fn terraform(&self) -> String {
        match self {
            Fix::Trust { role, to, .. } => format!(
                "# in resource \"aws_iam_role\" \"{role}\", assume_role_policy, Condition\nStringEquals = {{\n  \"cognito-identity.amazonaws.com:aud\" = \"{to}\"\n}}"
            ),
            Fix::Permission { role, action, resource } => format!(
                "resource \"aws_iam_role_policy\" \"{FIX_NAME}\" {{\n  name = \"{FIX_NAME}\"\n  role = \"{role}\"\n  policy = jsonencode({{\n    Version   = \"2012-10-17\"\n    Statement = [{{ Effect = \"Allow\", Action = \"{action}\", Resource = \"{resource}\" }}]\n  }})\n}}"
            ),
        }
    }
}

/// Name of the inline policy that a fix writes.
pub const FIX_NAME: &str = "added-on-the-page";

/// Two texts as common start, what differs on each side, common end.
pub fn parts<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
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

/// The same, with whole words: what differs begins and ends where a name does.
pub fn word_parts<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let (head, _, _, tail) = parts(left, right);
    let cut = |c: char| !c.is_alphanumeric();
    let head = head.get(..head.rfind(cut).map_or(0, |at| at + 1)).unwrap_or("");
    let tail = tail.find(cut).and_then(|at| tail.get(at..)).unwrap_or("");
    let middle = |text: &'a str| text.get(head.len()..text.len() - tail.len()).unwrap_or("");
    (head, middle(left), middle(right), tail)
}

/// `Character 45 of 46: 0 in the token, 9 in the policy.`, when just one differs.
pub fn one_character(asked: &str, wanted: &str) -> Option<(usize, usize, char, char)> {
    if asked.chars().count() != wanted.chars().count() {
        return None;
    }
    let mut differing = asked.chars().zip(wanted.chars()).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = differing.next()?;
    differing.next().is_none().then_some((at + 1, asked.chars().count(), a, b))
}

/// The whole explanation as plain text.
pub fn as_text(reason: &Reason) -> String {
    let mut lines = vec![format!("Stopped at: {}", stopped_at(reason))];
    if let Some(refusal) = &reason.event.refusal {
        lines.push(format!("AWS says: {} {}: {}", refusal.status, refusal.code, refusal.message));
    }
    if let Some(refusal) = reason.heard.as_ref().and_then(|e| e.refusal.as_ref()) {
        lines.push(format!(
            "Your app only hears: {} {}: {}",
            refusal.status, refusal.code, refusal.message
        ));
    }
    for rung in &reason.event.ladder {
        let state = match rung.state {
            RungState::Passed => "passed",
            RungState::NotApplicable => "does not apply",
            RungState::Refused => "REFUSED HERE",
            RungState::Denied => "DENIED HERE",
            RungState::NotReached => "not reached",
        };
        lines.push(format!("- {}: {state}. {}", words::rung(rung.kind), rung.note));
    }
    for c in reason.compare.iter().filter(|c| !c.met) {
        let (asked, wanted) = (c.asked.join(", "), c.wanted.join(", "));
        lines.push(format!("{}: {asked} against {wanted}", c.subject));
    }
    lines.join("\n")
}

/// Station and policy in one phrase.
pub fn stopped_at(reason: &Reason) -> String {
    let station = reason.event.refusal.as_ref().map_or(reason.event.to, |r| r.station);
    format!("{}, {}. {}", words::station(station), reason.place, reason.verdict)
}

/// The trust policy that an administrator wrote last before this event, laid out in lines.
pub fn trust_lines(events: &[Event], event: &Event) -> Option<Vec<String>> {
    let role = role_name(event)?;
    let written = events.iter().rev().find(|e| {
        e.number < event.number
            && e.call == "UpdateAssumeRolePolicy"
            && e.refusal.is_none()
            && e.input.get("RoleName").and_then(Value::as_str) == Some(role.as_str())
    })?;
    let document: Value =
        serde_json::from_str(written.input.get("PolicyDocument")?.as_str()?).ok()?;
    let text = serde_json::to_string_pretty(&document).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn a_missing_permission_is_explained_and_mended() {
        let run = samples::guest();
        let reason = reason(&run, &run[3]).unwrap();
        assert_eq!(reason.place, "permissions of the role photos-guest");
        assert_eq!(reason.verdict, "Nothing allows it");
        assert_eq!(reason.against, "statement ReadPublic allows");
        let fix = reason.fix.unwrap();
        assert_eq!(fix.label(), "Add it to photos-guest");
        assert_eq!(fix.statement().unwrap()["Resource"], "arn:aws:s3:::studio-photos/uploads/*");
    }

    #[test]
    fn a_shadow_leads_to_the_trust_policy() {
        let run = samples::trust();
        let reason = reason(&run, &run[3]).unwrap();
        assert_eq!(reason.event.number, 15);
        assert_eq!(reason.heard.as_ref().unwrap().number, 14);
        let expected = Fix::Trust {
            role: "photos-signed-in".into(),
            from: samples::WRONG.into(),
            to: samples::POOL.into(),
        };
        assert_eq!(reason.fix, Some(expected));
        assert!(as_text(&reason).contains("Your app only hears: 400"));
        let lines = trust_lines(&run, &run[4]).unwrap();
        assert!(lines.iter().any(|l| l.contains(samples::WRONG)));
    }

    #[test]
    fn the_differing_character_is_found() {
        assert_eq!(one_character("abc0e", "abc9e"), Some((4, 5, '0', '9')));
        assert_eq!(one_character("ab", "abc"), None);
        assert_eq!(one_character("xy", "ab"), None);
        assert_eq!(parts("abc0e", "abc9e"), ("abc", "0", "9", "e"));
        assert_eq!(parts("aa", "aaa"), ("aa", "", "a", ""));
        let whole = ("s3:", "PutObject", "GetObject", "");
        assert_eq!(word_parts("s3:PutObject", "s3:GetObject"), whole);
        assert_eq!(word_parts("a/b/*", "a/c/*"), ("a/", "b", "c", "/*"));
    }
}
