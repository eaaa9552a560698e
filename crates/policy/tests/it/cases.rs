//! Runs the case files: requests, conditions, trust policies and documents, each with AWS's result.

use cognitab_policy::{
    Case, Context, Document, Kind, Policy, Principal, Severity, TrustCase, findings,
    ladder::{Ladder, RungState},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Debug, fs, path::Path};

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
    #[serde(default)]
    findings: Vec<Finding>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    about: String,
    kind: String,
    text: Option<String>,
    document: Option<Value>,
    /// Severity, JSON pointer (for text its position instead), and message with note.
    findings: Vec<(String, String, String)>,
}

fn kind(name: &str) -> Kind {
    match name {
        "identity" => Kind::Identity,
        "trust" => Kind::Trust,
        "resource" => Kind::Resource,
        "bucket" => Kind::Bucket,
        "session" => Kind::Session,
        other => panic!("{other}"),
    }
}

type Keys = BTreeMap<String, Vec<String>>;

fn keys(map: &BTreeMap<String, Value>) -> Keys {
    let values = |value: &Value| match value {
        Value::Array(list) => list.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
        one => vec![one.as_str().unwrap().to_owned()],
    };
    map.iter().map(|(key, value)| (key.clone(), values(value))).collect()
}

impl File {
    fn policy(&self, name: &String) -> Policy {
        let document = self.documents.get(name).unwrap_or_else(|| panic!("no policy {name}"));
        Policy { name: name.clone(), document: document.clone(), fixed: false }
    }

    fn policies(&self, names: &[String]) -> Vec<Policy> {
        names.iter().map(|name| self.policy(name)).collect()
    }

    fn case(&self, asked: &Asking) -> Case {
        Case {
            principal: self.principals[&asked.principal].clone(),
            action: asked.action.clone(),
            resource: asked.resource.clone(),
            account: asked.account.clone(),
            context: keys(&asked.context),
            identity: self.policies(&asked.identity),
            boundary: asked.boundary.as_ref().map(|name| self.policy(name)),
            session: asked.session.as_ref().map(|names| self.policies(names)),
            resource_policy: asked.policy.as_ref().map(|name| self.policy(name)),
            must_allow: asked.must_allow,
            scp: asked.scp.iter().map(|names| self.policies(names)).collect(),
            rcp: asked.rcp.iter().map(|names| self.policies(names)).collect(),
        }
    }

    fn trust_case(&self, asked: &Trusting) -> TrustCase {
        TrustCase {
            principal: self.principals[&asked.principal].clone(),
            actions: asked.actions.clone(),
            context: keys(&asked.context),
            role_account: asked.account.clone(),
            pool_account: asked.pool_account.clone(),
            trust: self.policy(&asked.policy),
        }
    }
}

/// A serialized case deserializes to the same.
fn round_trip<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug>(case: &T) {
    let text = serde_json::to_string(case).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), case);
}

fn stopped(ladder: &Ladder) -> String {
    let stop =
        ladder.iter().find(|one| matches!(one.state, RungState::Refused | RungState::Denied));
    stop.map_or("allowed".to_owned(), |one| {
        serde_json::to_value(one.kind).unwrap().as_str().unwrap().to_owned()
    })
}

fn play_request(file: &File, asked: &Asking) {
    let about = &asked.about;
    let case = file.case(asked);
    round_trip(&case);
    let read = case.parse().unwrap_or_else(|e| panic!("{about}: {e}"));
    let decision = read.evaluate();
    assert_eq!(stopped(&decision.ladder), asked.expect, "{about}: {:#?}", decision.ladder);
    assert_eq!(decision.allowed, asked.expect == "allowed", "{about}");
    assert_eq!(read.is_allowed(), decision.allowed, "{about}");
    if let Some(wanted) = &asked.message {
        let quoted = case.action.starts_with("s3:");
        let caller = case.principal.arn();
        let found = decision.message(&caller, &case.action, &case.resource, quoted);
        assert_eq!(&found, wanted, "{about}");
    }
    if let Some(wanted) = &asked.note {
        let stop = decision.ladder.iter().find(|one| &one.note == wanted);
        assert!(stop.is_some(), "{about}: {:#?}", decision.ladder);
    }
    if let Some(wanted) = &asked.fix {
        let found = read.fix().map_or("none".to_owned(), |fix| fix.words);
        assert_eq!(&found, wanted, "{about}");
    }
}

fn play_condition(case: &Holding) {
    let version = case.version.as_deref().unwrap_or("2012-10-17");
    let statement =
        json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": case.condition});
    let document = json!({"Version": version, "Statement": statement});
    let document = Document::from_value(document).unwrap();
    let context: Context = keys(&case.context).into_iter().collect();
    let holds = document.statements[0].conditions.iter().all(|one| one.holds(&context));
    assert_eq!(holds, case.holds, "{} in {:?}", case.condition, case.context);
}

fn play_trust(file: &File, asked: &Trusting) {
    let about = &asked.about;
    let case = file.trust_case(asked);
    round_trip(&case);
    let read = case.parse().unwrap_or_else(|e| panic!("{about}: {e}"));
    let decision = read.evaluate();
    assert_eq!(stopped(&decision.ladder), asked.expect, "{about}: {:#?}", decision.ladder);
    assert_eq!(decision.allowed, asked.expect == "allowed", "{about}");
    assert_eq!(read.is_allowed(), decision.allowed, "{about}");
    if let Some(wanted) = asked.needs_identity {
        assert_eq!(decision.needs_identity, wanted, "{about}");
    }
    if let Some(wanted) = &asked.fix {
        assert_eq!(&read.fix().map_or("none".to_owned(), |fix| fix.words), wanted, "{about}");
    }
}

fn play_language(case: &Writing) {
    let text = case.text.clone().or(case.document.as_ref().map(Value::to_string)).unwrap();
    let error = Document::read(&text, kind(&case.kind)).err();
    let message = error.as_ref().map(|error| error.message.clone());
    assert_eq!(message, case.message, "{}: {text}", case.about);
    if let Some(at) = case.at {
        let found = error.map(|error| (error.line, error.column));
        assert_eq!(found, Some(at), "{}", case.about);
    }
}

fn play_findings(case: &Finding) {
    let text = case.text.clone().or(case.document.as_ref().map(Value::to_string)).unwrap();
    let found = findings(&text, kind(&case.kind));
    let shown = found.iter().map(|one| {
        let severity = match one.severity {
            Severity::Problem => "problem",
            Severity::Warning => "warning",
        };
        let place = match case.text {
            Some(_) => {
                format!("{}:{}-{}:{}", one.line, one.column, one.end_line, one.end_column)
            }
            None => one.path.clone(),
        };
        let message = match one.note.as_str() {
            "" => one.message.clone(),
            note => format!("{} ({note})", one.message),
        };
        (severity.to_owned(), place, message)
    });
    assert_eq!(shown.collect::<Vec<_>>(), case.findings, "{}", case.about);
    let refused = Document::read(&text, kind(&case.kind)).err();
    let first = found.iter().find(|one| one.severity == Severity::Problem);
    assert_eq!(refused.is_some(), first.is_some(), "{}", case.about);
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
        file.requests.iter().for_each(|case| play_request(&file, case));
        file.conditions.iter().for_each(play_condition);
        file.trust.iter().for_each(|case| play_trust(&file, case));
        file.language.iter().for_each(play_language);
        file.findings.iter().for_each(play_findings);
        played += file.requests.len() + file.conditions.len() + file.trust.len();
        played += file.language.len() + file.findings.len();
    }
    assert!(played > 100, "only {played} cases");
}
