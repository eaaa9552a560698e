//! Plays every case file: requests, conditions, trust and documents, each with what AWS answers.

#![allow(clippy::unwrap_used, reason = "the helpers of a test may fail as it does")]

use cognitab_policy::{
    Context, Document, Kind, Named, Policies, Principal, Request, TrustRequest, evaluate, fix,
    fix_trust, is_allowed,
    ladder::{Ladder, RungState},
    trust,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    principals: BTreeMap<String, Principal>,
    #[serde(default)]
    documents: BTreeMap<String, Value>,
    #[serde(default)]
    requests: Vec<Asking>,
    #[serde(default)]
    conditions: Vec<Holding>,
    #[serde(default)]
    trust: Vec<Trusting>,
    #[serde(default)]
    language: Vec<Writing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asking {
    about: String,
    principal: String,
    action: String,
    resource: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    context: BTreeMap<String, Value>,
    #[serde(default)]
    identity: Vec<String>,
    boundary: Option<String>,
    session: Option<Vec<String>>,
    policy: Option<String>,
    #[serde(default)]
    must_allow: bool,
    #[serde(default)]
    scp: Vec<Vec<String>>,
    #[serde(default)]
    rcp: Vec<Vec<String>>,
    /// `allowed`, or the kebab-case name of the rung that stops it.
    expect: String,
    message: Option<String>,
    note: Option<String>,
    fix: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holding {
    condition: Value,
    context: BTreeMap<String, Value>,
    holds: bool,
    version: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trusting {
    about: String,
    policy: String,
    principal: String,
    actions: Vec<String>,
    context: BTreeMap<String, Value>,
    account: String,
    pool_account: Option<String>,
    expect: String,
    needs_identity: Option<bool>,
    fix: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Writing {
    about: String,
    kind: String,
    text: Option<String>,
    document: Option<Value>,
    message: Option<String>,
    at: Option<(usize, usize)>,
}

fn context(map: &BTreeMap<String, Value>) -> Context {
    let values = |value: &Value| match value {
        Value::Array(list) => list.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
        one => vec![one.as_str().unwrap().to_owned()],
    };
    map.iter().map(|(key, value)| (key.clone(), values(value))).collect()
}

fn stopped(ladder: &Ladder) -> String {
    let stop =
        ladder.iter().find(|one| matches!(one.state, RungState::Refused | RungState::Denied));
    stop.map_or("allowed".to_owned(), |one| {
        serde_json::to_value(one.kind).unwrap().as_str().unwrap().to_owned()
    })
}

fn play_request(file: &File, documents: &BTreeMap<String, Document>, case: &Asking) {
    let about = &case.about;
    let named = |name: &String| {
        let (name, document) =
            documents.get_key_value(name).unwrap_or_else(|| panic!("{about}: no {name}"));
        Named::new(name, document)
    };
    let list = |names: &Vec<String>| names.iter().map(named).collect::<Vec<_>>();
    let policies = Policies {
        identity: list(&case.identity),
        boundary: case.boundary.as_ref().map(named),
        session: case.session.as_ref().map(list),
        resource: case.policy.as_ref().map(named),
        resource_must_allow: case.must_allow,
        scp: case.scp.iter().map(list).collect(),
        rcp: case.rcp.iter().map(list).collect(),
    };
    let principal = &file.principals[&case.principal];
    let context = context(&case.context).with_principal(principal);
    let request = Request {
        principal,
        action: &case.action,
        resource: &case.resource,
        resource_account: &case.account,
        context: &context,
    };
    let decision = evaluate(&policies, &request);
    assert_eq!(stopped(&decision.ladder), case.expect, "{about}: {:#?}", decision.ladder);
    assert_eq!(decision.allowed, case.expect == "allowed", "{about}");
    assert_eq!(is_allowed(&policies, &request), decision.allowed, "{about}");
    if let Some(wanted) = &case.message {
        let quoted = case.action.starts_with("s3:");
        let found = decision.message(&principal.arn(), &case.action, &case.resource, quoted);
        assert_eq!(&found, wanted, "{about}");
    }
    if let Some(wanted) = &case.note {
        let stop = decision.ladder.iter().find(|one| &one.note == wanted);
        assert!(stop.is_some(), "{about}: {:#?}", decision.ladder);
    }
    if let Some(wanted) = &case.fix {
        let found = fix(&policies, &request).map_or("none".to_owned(), |fix| fix.words);
        assert_eq!(&found, wanted, "{about}");
    }
}

fn play_condition(case: &Holding) {
    let version = case.version.as_deref().unwrap_or("2012-10-17");
    let statement =
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": case.condition});
    let document = json!({"Version": version, "Statement": statement});
    let document = Document::from_value(document).unwrap();
    let context = context(&case.context);
    let holds = document.statements[0].conditions.iter().all(|one| one.holds(&context));
    assert_eq!(holds, case.holds, "{} in {:?}", case.condition, case.context);
}

fn play_trust(file: &File, documents: &BTreeMap<String, Document>, case: &Trusting) {
    let about = &case.about;
    let actions: Vec<&str> = case.actions.iter().map(String::as_str).collect();
    let context = context(&case.context);
    let request = TrustRequest {
        principal: &file.principals[&case.principal],
        actions: &actions,
        context: &context,
        role_account: &case.account,
        pool_account: case.pool_account.as_deref(),
    };
    let document = &documents[&case.policy];
    let decision = trust(document, &request);
    assert_eq!(stopped(&decision.ladder), case.expect, "{about}: {:#?}", decision.ladder);
    assert_eq!(decision.allowed, case.expect == "allowed", "{about}");
    if let Some(wanted) = case.needs_identity {
        assert_eq!(decision.needs_identity, wanted, "{about}");
    }
    if let Some(wanted) = &case.fix {
        let found = fix_trust(&case.policy, document, &request);
        assert_eq!(&found.map_or("none".to_owned(), |fix| fix.words), wanted, "{about}");
    }
}

fn play_language(case: &Writing) {
    let kind = match case.kind.as_str() {
        "identity" => Kind::Identity,
        "trust" => Kind::Trust,
        "resource" => Kind::Resource,
        "session" => Kind::Session,
        other => panic!("{other}"),
    };
    let text = case.text.clone().or(case.document.as_ref().map(Value::to_string)).unwrap();
    let error = Document::read(&text, kind).err();
    let message = error.as_ref().map(|error| error.message.clone());
    assert_eq!(message, case.message, "{}: {text}", case.about);
    if let Some(at) = case.at {
        let found = error.map(|error| (error.line, error.column));
        assert_eq!(found, Some(at), "{}", case.about);
    }
}

#[test]
fn every_case_is_answered_as_by_aws() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut played = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let file: File =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let read = |(name, value): (&String, &Value)| {
            let document = Document::from_value(value.clone());
            (name.clone(), document.unwrap_or_else(|e| panic!("{name}: {e} at {}", e.path)))
        };
        let documents = file.documents.iter().map(read).collect();
        file.requests.iter().for_each(|case| play_request(&file, &documents, case));
        file.conditions.iter().for_each(play_condition);
        file.trust.iter().for_each(|case| play_trust(&file, &documents, case));
        file.language.iter().for_each(play_language);
        played += file.requests.len() + file.conditions.len() + file.trust.len();
        played += file.language.len();
    }
    assert!(played > 100, "only {played} cases");
}
