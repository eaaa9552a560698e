//! What a decision shows: which statements, in which order, with which comparisons.

use cognitab_policy::{
    Context, Document, NamedPolicy, Policies, Principal, Request, TrustRequest, evaluate, fix,
    ladder::{Compare, Rung, RungKind, RungState, StatementTrace},
    trust,
};
use serde_json::{Value, json};

const PHOTO: &str = "arn:aws:s3:::photos/ana/a.jpg";
const ROLE: &str = "arn:aws:iam::111122223333:role/team/archivist";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/archivist/work";

fn caller() -> Principal {
    Principal::Session {
        role_arn: ROLE.to_owned(),
        session_arn: SESSION.to_owned(),
        account: "111122223333".to_owned(),
    }
}

fn document(statements: Value) -> Document {
    Document::from_value(json!({"Version": "2012-10-17", "Statement": statements})).unwrap()
}

/// The rung of this kind, when the archivist reads a photo under these policies.
fn rung(policies: &Policies<'_>, account: &str, kind: RungKind) -> Rung {
    let (principal, context) = (caller(), Context::new().with("aws:username", "ana"));
    let request = Request {
        principal: &principal,
        action: "s3:GetObject",
        resource: PHOTO,
        resource_account: account,
        context: &context,
    };
    evaluate(policies, &request).ladder.into_iter().find(|one| one.kind == kind).unwrap()
}

fn of_identity(statements: Value) -> Rung {
    let document = document(statements);
    let identity = vec![NamedPolicy::new("Own", &document)];
    let kind = RungKind::IdentityPolicy;
    rung(&Policies { identity, ..Policies::default() }, "", kind)
}

fn sids(rung: &Rung) -> Vec<&str> {
    rung.statements.iter().map(|one| one.sid.as_deref().unwrap()).collect()
}

fn compared<'a>(trace: &'a StatementTrace, subject: &str) -> &'a Compare {
    trace.compare.iter().find(|one| one.subject == subject).unwrap()
}

#[test]
fn the_nearest_statement_stands_first() {
    let never = json!({"StringEquals": {"aws:username": "bob"}});
    let rung = of_identity(json!([
        {"Sid": "Neither", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b"},
        {"Sid": "Place", "Effect": "Allow", "Action": "s3:PutObject", "Resource": PHOTO},
        {"Sid": "Deed", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b"},
        {"Sid": "Two", "Effect": "Allow", "Action": "*", "Resource": "*",
            "Condition": {"Null": {"aws:username": "true"}, "StringEquals": {"aws:username": "bob"}}},
        {"Sid": "One", "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": never},
        {"Sid": "Denies", "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
    ]));
    assert_eq!(rung.state, RungState::Refused);
    assert_eq!(sids(&rung), ["One", "Two", "Deed", "Place", "Neither"]);
    assert!(rung.statements.iter().all(|one| !one.matched && !one.deny));
}

#[test]
fn who_is_named_comes_before_what_is_done() {
    let document = document(json!([
        {"Sid": "Others", "Effect": "Allow", "Principal": {"AWS": "444455556666"},
            "Action": "s3:GetObject", "Resource": "*"},
        {"Sid": "Role", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "s3:PutObject",
            "Resource": "*"},
    ]));
    let resource = Some(NamedPolicy::new("Bucket", &document));
    let policies = Policies { resource, ..Policies::default() };
    let rung = rung(&policies, "444455556666", RungKind::ResourcePolicy);
    assert_eq!(rung.state, RungState::Refused);
    assert_eq!(sids(&rung), ["Role", "Others"]);
    let principal = compared(&rung.statements[0], "Principal");
    assert_eq!(
        (&*principal.asked, &*principal.wanted),
        (&[SESSION, ROLE].map(String::from)[..], &[ROLE.to_owned()][..])
    );
    assert!(principal.met && !compared(&rung.statements[1], "Principal").met);
}

#[test]
fn only_what_allows_is_shown_of_a_rung_that_was_climbed() {
    let rung = of_identity(json!([
        {"Sid": "Not", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
        {"Sid": "Home", "Effect": "Allow", "Action": ["s3:PutObject", "s3:Get*"],
            "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::photos/${aws:username}/*"]},
        {"Sid": "Rest", "Effect": "Allow", "NotAction": ["iam:*", "sts:*"],
            "NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::c"]},
    ]));
    assert_eq!((rung.state, &*rung.note), (RungState::Passed, "Own allows s3:GetObject"));
    assert_eq!(sids(&rung), ["Home", "Rest"]);
    let home = &rung.statements[0];
    assert_eq!(compared(home, "Action").wanted, ["s3:Get*"]);
    assert_eq!(compared(home, "Resource").wanted, ["arn:aws:s3:::photos/ana/*"]);
    let rest = &rung.statements[1];
    assert_eq!(compared(rest, "NotAction").wanted, ["iam:*", "sts:*"]);
    assert_eq!(compared(rest, "NotResource").wanted, ["arn:aws:s3:::b", "arn:aws:s3:::c"]);
    assert_eq!(compared(rest, "NotResource").asked, [PHOTO]);
}

#[test]
fn values_that_do_not_fit_are_all_shown() {
    let rung = of_identity(json!([{"Sid": "Some", "Effect": "Allow", "Action": "*",
        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::photos/${aws:none}"]}]));
    let resource = compared(&rung.statements[0], "Resource");
    assert_eq!(resource.wanted, ["arn:aws:s3:::b", "arn:aws:s3:::photos/${aws:none}"]);
    assert!(!resource.met && compared(&rung.statements[0], "Action").met);
}

#[test]
fn a_deny_shows_what_denies_and_nothing_else() {
    let document = document(json!([
        {"Sid": "Elsewhere", "Effect": "Deny", "Action": "iam:*", "Resource": "*"},
        {"Sid": "Photos", "Effect": "Deny", "Action": "s3:*", "Resource": "*"},
        {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"},
    ]));
    let identity = vec![NamedPolicy::new("Own", &document)];
    let policies = Policies { identity, ..Policies::default() };
    let rung = rung(&policies, "", RungKind::ExplicitDeny);
    assert_eq!(rung.state, RungState::Denied);
    assert_eq!(rung.note, "Photos in the identity-based policy Own denies the request");
    assert_eq!(sids(&rung), ["Photos"]);
    assert!(rung.statements[0].deny && rung.statements[0].matched);
}

#[test]
fn a_policy_that_cannot_be_changed_is_not_mended() {
    let deny = document(json!([{"Effect": "Deny", "Action": "*", "Resource": "*"}]));
    let allow = document(json!([{"Effect": "Allow", "Action": "*", "Resource": "*"}]));
    let (principal, context) = (caller(), Context::new());
    let request = Request {
        principal: &principal,
        action: "s3:GetObject",
        resource: PHOTO,
        resource_account: "",
        context: &context,
    };
    let mended = |denying: NamedPolicy<'_>| {
        let identity = vec![NamedPolicy::new("Own", &allow), denying];
        fix(&Policies { identity, ..Policies::default() }, &request).is_some()
    };
    assert!(mended(NamedPolicy::new("Guard", &deny)));
    assert!(!mended(NamedPolicy::new("Guard", &deny).fixed()));
    assert!(!mended(NamedPolicy::new("arn:aws:iam::aws:policy/Guard", &deny)));
}

/// The rungs of a trust policy for the archivist, and the statement that the last one shows.
fn trusting(statements: Value, actions: &[&str]) -> (Vec<(RungState, String)>, Option<String>) {
    let (principal, context) = (caller(), Context::new().with("sts:ExternalId", "one"));
    let request = TrustRequest {
        principal: &principal,
        actions,
        context: &context,
        role_account: "111122223333",
        pool_account: None,
    };
    let ladder = trust(&document(statements), &request).ladder;
    let last = ladder.iter().rfind(|one| one.state != RungState::NotReached).cloned().unwrap();
    let shown = last.statements.first().and_then(|one| one.sid.clone());
    (ladder.into_iter().map(|one| (one.state, one.note)).collect(), shown)
}

fn said(rungs: &[(RungState, &str)]) -> Vec<(RungState, String)> {
    rungs.iter().map(|(state, note)| (*state, (*note).to_owned())).collect()
}

#[test]
fn trust_is_told_rung_by_rung() {
    use RungState::{NotApplicable, NotReached, Passed, Refused};
    let to = |who: &str, condition: Value| {
        json!([{"Sid": "Trust", "Effect": "Allow", "Principal": {"AWS": who},
            "Action": "sts:AssumeRole", "Condition": condition}])
    };
    let id = |value: &str| json!({"StringEquals": {"sts:ExternalId": value}});
    let both = |absent: &str| json!({"StringEquals": {"sts:ExternalId": "two"}, "Null": {"aws:username": absent}});
    let named = (Passed, "Trust names the caller");
    let acts = (Passed, "Trust allows the action");
    let cases = [
        (to(ROLE, json!({})), [named, acts, (NotApplicable, "no conditions")]),
        (to(ROLE, id("one")), [named, acts, (Passed, "the condition is met")]),
        (
            to(ROLE, id("two")),
            [named, acts, (Refused, "the condition on sts:ExternalId is not met")],
        ),
        (
            to(ROLE, json!({"StringEquals": {"sts:ExternalId": "one"}, "Null": {"k": "true"}})),
            [named, acts, (Passed, "all conditions are met")],
        ),
        (
            to(ROLE, both("true")),
            [
                named,
                acts,
                (Refused, "the condition on sts:ExternalId is not met; all conditions must be met"),
            ],
        ),
        (
            to(ROLE, both("false")),
            [
                named,
                acts,
                (
                    Refused,
                    "the conditions on sts:ExternalId and aws:username are not met; all conditions must be met",
                ),
            ],
        ),
        (
            to("111122223333", json!({})),
            [(Passed, "Trust names the caller's account"), acts, (NotApplicable, "no conditions")],
        ),
        (
            to("444455556666", json!({})),
            [
                (Refused, "no statement names the caller"),
                (NotReached, "not reached"),
                (NotReached, "not reached"),
            ],
        ),
    ];
    for (statements, wanted) in cases {
        let (rungs, shown) = trusting(statements.clone(), &["sts:AssumeRole"]);
        assert_eq!(rungs, said(&wanted), "{statements}");
        assert_eq!(shown.as_deref(), Some("Trust"), "{statements}");
    }
    let (rungs, _) = trusting(to(ROLE, json!({})), &["sts:TagSession"]);
    let none = "no statement for this caller allows sts:TagSession";
    assert_eq!(rungs, said(&[named, (Refused, none), (NotReached, "not reached")]));
}

#[test]
fn trust_shows_the_statement_that_goes_furthest() {
    let id = json!({"StringEquals": {"sts:ExternalId": "two"}});
    let statements = json!([
        {"Sid": "Deed", "Effect": "Allow", "Principal": {"AWS": ROLE}, "NotAction": "sts:AssumeRole"},
        {"Sid": "Two", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "two", "aws:username": "ana"}}},
        {"Sid": "One", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "sts:AssumeRole",
            "Condition": id},
    ]);
    let (rungs, shown) = trusting(statements, &["sts:AssumeRole"]);
    assert_eq!(
        rungs[2],
        (RungState::Refused, "the condition on sts:ExternalId is not met".to_owned())
    );
    assert_eq!(shown.as_deref(), Some("One"));
}

#[test]
fn an_action_that_is_excepted_is_no_condition() {
    let statements = json!([{"Sid": "Rest", "Effect": "Allow", "Principal": {"AWS": ROLE},
        "NotAction": "sts:AssumeRole"}]);
    let (rungs, shown) = trusting(statements.clone(), &["sts:AssumeRole"]);
    let none = "no statement for this caller allows sts:AssumeRole".to_owned();
    assert_eq!(rungs[1], (RungState::Refused, none));
    assert_eq!(shown.as_deref(), Some("Rest"));
    let (rungs, _) = trusting(statements, &["sts:TagSession"]);
    assert_eq!(rungs[2], (RungState::NotApplicable, "no conditions".to_owned()));
}
