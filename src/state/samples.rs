//! Three runs as the broker logs them.

use cognitab_policy::fix::{Edit, Fix};
use cognitab_policy::ladder::*;
use cognitab_policy::{Case, Policy, PolicyKind, Principal, Question, TrustCase};
use cognitab_trace::event::*;
use serde_json::{Value, json};

pub(crate) const NOW: i64 = 1_795_430_520_000;
pub(crate) const POOL: &str = "us-east-1:7f3c21aa-9b04-4e5d-8c16-2a6b90d4e701";
pub(crate) const WRONG: &str = "us-east-1:7f3c21aa-9b04-4e5d-8c16-2a6b90d4e791";

fn event(number: u64, from: Station, to: Station, call: &str) -> Event {
    Event {
        number,
        at: NOW,
        from,
        to,
        who: Who::default(),
        account: Some("111122223333".into()),
        region: Some("us-east-1".into()),
        service: "hosted".into(),
        call: call.into(),
        request: Message { start: format!("POST https://x.example/ {call}"), ..Message::default() },
        response: Message { start: "200".into(), ..Message::default() },
        input: json!({}),
        output: json!({}),
        refusal: None,
        ladder: Vec::new(),
        fix: None,
        case: None,
        inside: None,
        carries: Vec::new(),
        returns: Vec::new(),
        changes: Vec::new(),
    }
}

fn artifact(kind: ArtifactKind) -> Artifact {
    Artifact { kind, value: format!("{kind:?}"), subject: "ana".into(), expires: NOW + 3_540_000 }
}

fn refuse(mut e: Event, station: Station, code: &str, status: u16, cause: Option<u64>) -> Event {
    e.response.start = status.to_string();
    e.refusal = Some(Refusal {
        station,
        code: code.into(),
        message: format!("{code} it is"),
        status,
        cause,
        encoded: None,
    });
    e
}

fn trust_rung(wanted: &str, state: RungState) -> Rung {
    let mut aud = Compare::one("cognito-identity.amazonaws.com:aud", POOL, wanted);
    aud.operator = "StringEquals".into();
    let amr = Compare::one("cognito-identity.amazonaws.com:amr", "authenticated", "authenticated");
    Rung::new(RungKind::TrustCondition, state, "StringEquals").comparing(vec![aud, amr])
}

fn assume(number: u64, inside: u64, role: &str, wanted: &str) -> Event {
    let mut e = event(number, Station::IdentityPool, Station::Sts, "AssumeRoleWithWebIdentity");
    e.inside = Some(inside);
    e.input = json!({"RoleArn": format!("arn:aws:iam::111122223333:role/{role}")});
    e.carries = vec![artifact(ArtifactKind::PoolToken)];
    let state = if wanted == POOL { RungState::Passed } else { RungState::Refused };
    e.ladder = vec![
        Rung::passed(RungKind::WellFormed, "all present"),
        Rung::passed(RungKind::TrustPrincipal, "Federated"),
        trust_rung(wanted, state),
    ];
    e
}

fn login(first: u64) -> Vec<Event> {
    let mut posted = event(first + 1, Station::App, Station::Login, "POST /login");
    posted.returns = vec![artifact(ArtifactKind::IdToken), artifact(ArtifactKind::AccessToken)];
    vec![event(first, Station::App, Station::Login, "GET /oauth2/authorize"), posted]
}

fn pool(number: u64, call: &str) -> Event {
    event(number, Station::App, Station::IdentityPool, call)
}

fn put(number: u64) -> Event {
    let mut e = event(number, Station::App, Station::Resource, "PutObject");
    e.service = "s3".into();
    e.carries = vec![artifact(ArtifactKind::Credentials)];
    e.who.arn = Some("arn:aws:sts::111122223333:assumed-role/photos-guest/x".into());
    e
}

pub(crate) fn ana() -> Vec<Event> {
    let mut run = login(1);
    let mut keys = pool(4, "GetCredentialsForIdentity");
    keys.returns = vec![artifact(ArtifactKind::Credentials)];
    let mut known = pool(3, "GetId");
    known.output = json!({"IdentityId": "us-east-1:aaaa"});
    run.extend([known, keys, assume(5, 4, "photos-signed-in", POOL), put(6)]);
    run
}

pub(crate) fn guest() -> Vec<Event> {
    let mut keys = pool(8, "GetCredentialsForIdentity");
    keys.returns = vec![artifact(ArtifactKind::Credentials)];
    let mut known = pool(7, "GetId");
    known.output = json!({"IdentityId": "us-east-1:bbbb"});
    let mut put = refuse(put(10), Station::Resource, "AccessDenied", 403, None);
    let mut refused =
        Rung::refused(RungKind::IdentityPolicy, "one statement, and it does not match");
    let objects = "arn:aws:s3:::studio-photos";
    refused.statements = vec![StatementTrace {
        policy: "photos".into(),
        index: 0,
        sid: Some("ReadPublic".into()),
        deny: false,
        matched: false,
        compare: vec![
            Compare::one("Action", "s3:PutObject", "s3:GetObject"),
            Compare::one(
                "Resource",
                &format!("{objects}/uploads/lake.jpg"),
                &format!("{objects}/public/*"),
            ),
        ],
    }];
    put.ladder = vec![
        Rung::passed(RungKind::ExplicitDeny, "none matches"),
        refused,
        Rung::not_reached(RungKind::SessionPolicy),
    ];
    put.case = Some(Question::Access(Box::new(access())));
    let statement = json!({"Effect": "Allow", "Action": "s3:PutObject", "Resource": FILE});
    put.fix = Some(Fix {
        policy: "photos".into(),
        policy_kind: PolicyKind::Identity,
        edit: Edit::AddStatement { statement },
        words: "one statement in photos".into(),
    });
    vec![known, keys, assume(9, 8, "photos-guest", POOL), put]
}

const FILE: &str = "arn:aws:s3:::studio-photos/uploads/lake.jpg";

fn named(name: &str, document: Value) -> Policy {
    Policy { name: name.into(), document, fixed: false }
}

pub(crate) fn access() -> Case {
    let statement = json!({
        "Sid": "ReadPublic", "Effect": "Allow",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::studio-photos/public/*"
    });
    Case {
        principal: Principal::Session {
            role_arn: "arn:aws:iam::111122223333:role/photos-guest".into(),
            session_arn: "arn:aws:sts::111122223333:assumed-role/photos-guest/x".into(),
            account: "111122223333".into(),
        },
        action: "s3:PutObject".into(),
        resource: FILE.into(),
        account: "111122223333".into(),
        context: [("aws:SecureTransport".to_owned(), vec!["true".to_owned()])].into(),
        identity: vec![named("photos", json!({"Version": "2012-10-17", "Statement": [statement]}))],
        boundary: None,
        session: None,
        resource_policy: None,
        must_allow: false,
        scp: Vec::new(),
        rcp: Vec::new(),
    }
}

fn trusting(document: Value) -> TrustCase {
    TrustCase {
        principal: Principal::WebIdentity { provider: "cognito-identity.amazonaws.com".into() },
        actions: vec!["sts:AssumeRoleWithWebIdentity".into()],
        context: [("cognito-identity.amazonaws.com:aud".to_owned(), vec![POOL.to_owned()])].into(),
        role_account: "111122223333".into(),
        pool_account: Some("111122223333".into()),
        trust: named("photos-signed-in", document),
    }
}

pub(crate) fn trust() -> Vec<Event> {
    let mut change = event(11, Station::App, Station::Role, "UpdateAssumeRolePolicy");
    change.who.kind = WhoKind::Principal;
    change.service = "iam".into();
    let document = json!({"Statement": [{
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": WRONG}}
    }]});
    change.input = json!({"RoleName": "photos-signed-in", "PolicyDocument": document.to_string()});
    let mut ask = event(12, Station::App, Station::Login, "GET /oauth2/authorize");
    ask.returns = vec![artifact(ArtifactKind::IdToken), artifact(ArtifactKind::AccessToken)];
    let code = "InvalidIdentityPoolConfigurationException";
    let keys = pool(14, "GetCredentialsForIdentity");
    let keys = refuse(keys, Station::IdentityPool, code, 400, Some(15));
    let mut inner = assume(15, 14, "photos-signed-in", WRONG);
    inner = refuse(inner, Station::Role, "AccessDenied", 403, None);
    inner.case = Some(Question::Trust(Box::new(trusting(document))));
    inner.fix = Some(Fix {
        policy: "photos-signed-in".into(),
        policy_kind: PolicyKind::Trust,
        edit: Edit::ReplaceValue {
            statement: 0,
            path: "/Condition/StringEquals/cognito-identity.amazonaws.com:aud".into(),
            from: WRONG.into(),
            to: POOL.into(),
        },
        words: format!("one value in photos-signed-in: aud from {WRONG} to {POOL}"),
    });
    let mut known = pool(13, "GetId");
    known.output = json!({"IdentityId": "us-east-1:aaaa"});
    vec![change, ask, known, keys, inner]
}
