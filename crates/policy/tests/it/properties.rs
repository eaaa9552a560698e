//! Properties of all documents and requests.

use cognitab_policy::{
    Context, Document, Kind, NamedPolicy, Policies, Policy, Principal, Question, Reason, Request,
    TrustCase, TrustRequest, evaluate, findings, fix, fix_trust, is_allowed, trust,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

const DANA: &str = "arn:aws:iam::111122223333:user/dana";
const ROLE: &str = "arn:aws:iam::111122223333:role/photos";

fn words(list: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![select(list).prop_map(Value::from), vec(select(list), 0..3).prop_map(Value::from),]
}

fn actions() -> impl Strategy<Value = Value> {
    words(&["s3:GetObject", "s3:Get*", "s3:PutObject", "*", "dynamodb:*", "S3:?etObject"])
}

fn resources() -> impl Strategy<Value = Value> {
    words(&[
        "*",
        "arn:aws:s3:::b/*",
        "arn:aws:s3:::b/${aws:username}/*",
        "arn:aws:s3:::c",
        "arn:aws:s3",
    ])
}

fn principals() -> impl Strategy<Value = Value> {
    let aws = words(&[DANA, ROLE, "111122223333", "444455556666", "*"]);
    prop_oneof![Just(json!("*")), aws.prop_map(|list| json!({"AWS": list}))]
}

fn conditions() -> impl Strategy<Value = Value> {
    let operator = select(
        &[
            "StringEquals",
            "StringNotLike",
            "ForAllValues:StringLike",
            "ForAnyValue:StringEquals",
            "StringEqualsIfExists",
            "Null",
            "Bool",
            "NumericLessThan",
            "DateGreaterThan",
            "IpAddress",
            "ArnLike",
        ][..],
    );
    let key = select(&["aws:username", "k", "aws:SourceIp", "aws:CurrentTime"][..]);
    let value = words(&["ana", "a*", "true", "5", "2026-11-23", "10.0.0.0/8", "${aws:username}"]);
    (operator, key, value).prop_map(|(operator, key, value)| json!({operator: {key: value}}))
}

fn statement(
    effect: impl Strategy<Value = &'static str>,
    principal: bool,
) -> impl Strategy<Value = Value> {
    let parts = (effect, any::<[bool; 3]>(), actions(), resources(), principals());
    (parts, option::of(conditions())).prop_map(move |(parts, condition)| {
        let (effect, not, action, resource, who) = parts;
        let name = |not: bool, name: &str| if not { format!("Not{name}") } else { name.to_owned() };
        let mut statement = json!({"Effect": effect});
        statement[name(not[0], "Action")] = action;
        statement[name(not[1], "Resource")] = resource;
        if principal {
            statement[name(not[2] && effect == "Deny", "Principal")] = who;
        }
        if let Some(condition) = condition {
            statement["Condition"] = condition;
        }
        statement
    })
}

fn effects() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just("Allow"), 1 => Just("Deny")]
}

fn statements(principal: bool) -> impl Strategy<Value = Vec<Value>> {
    vec(statement(effects(), principal), 1..4)
}

fn document(statements: &[Value]) -> Document {
    Document::from_value(json!({"Version": "2012-10-17", "Statement": statements})).unwrap()
}

/// The statements of all policies of a request.
#[derive(Clone, Debug)]
struct World {
    identity: Vec<Value>,
    boundary: Option<Vec<Value>>,
    session: Option<Vec<Value>>,
    resource: Option<Vec<Value>>,
    scp: Option<Vec<Value>>,
    rcp: Option<Vec<Value>>,
    more: Option<Vec<Value>>,
    /// Whether policies of one type are listed in reverse.
    turned: bool,
    principal: Principal,
    action: &'static str,
    resource_name: &'static str,
    account: &'static str,
    context: Context,
}

fn world() -> impl Strategy<Value = World> {
    let role = || Principal::Session {
        role_arn: ROLE.to_owned(),
        session_arn: "arn:aws:sts::111122223333:assumed-role/photos/s".to_owned(),
        account: "111122223333".to_owned(),
    };
    let user = || Principal::User {
        arn: DANA.to_owned(),
        id: "AIDADANAAAAAAAAAAAAAA".to_owned(),
        account: "111122223333".to_owned(),
    };
    let root =
        || Principal::Root { account: "111122223333".to_owned(), partition: "aws".to_owned() };
    let principal =
        prop_oneof![Just(role()), Just(user()), Just(root()), Just(Principal::Anonymous)];
    let context = vec(
        (
            select(&["aws:username", "k", "aws:SourceIp"][..]),
            vec(select(&["ana", "10.1.2.3", "a*", "4"][..]), 0..3),
        ),
        0..3,
    );
    let asked = (
        select(&["s3:GetObject", "s3:PutObject", "dynamodb:Scan"][..]),
        select(&["*", "arn:aws:s3:::b/ana/x", "arn:aws:s3:::b", "arn:aws:s3:::c"][..]),
        select(&["", "111122223333", "444455556666"][..]),
    );
    let limits = (option::of(statements(false)), option::of(statements(false)));
    let control = || option::weighted(0.2, statements(false));
    let others = (option::of(statements(true)), control(), control(), control());
    (vec(statement(effects(), false), 1..4), limits, others, principal, asked, context).prop_map(
        |(identity, (boundary, session), (resource, scp, rcp, more), principal, asked, context)| {
            World {
                identity,
                boundary,
                session,
                resource,
                scp,
                rcp,
                more,
                turned: false,
                principal,
                action: asked.0,
                resource_name: asked.1,
                account: asked.2,
                context: context.into_iter().collect(),
            }
        },
    )
}

impl World {
    fn ask<T>(&self, then: impl FnOnce(&Policies<'_>, &Request<'_>) -> T) -> T {
        let made = |list: &Option<Vec<Value>>| list.as_deref().map(document);
        let identity = document(&self.identity);
        let (boundary, session) = (made(&self.boundary), made(&self.session));
        let (resource, scp) = (made(&self.resource), made(&self.scp));
        let (rcp, more) = (made(&self.rcp), made(&self.more));
        let mut both = vec![NamedPolicy::new("identity", &identity)];
        both.extend(more.as_ref().map(|one| NamedPolicy::new("more", one)));
        if self.turned {
            both.reverse();
        }
        let policies = Policies {
            identity: both,
            boundary: boundary.as_ref().map(|one| NamedPolicy::new("boundary", one)),
            session: session.as_ref().map(|one| vec![NamedPolicy::new("session", one)]),
            resource: resource.as_ref().map(|one| NamedPolicy::new("resource", one)),
            scp: scp.iter().map(|one| vec![NamedPolicy::new("scp", one)]).collect(),
            rcp: rcp.iter().map(|one| vec![NamedPolicy::new("rcp", one)]).collect(),
            ..Policies::default()
        };
        let request = Request {
            principal: &self.principal,
            action: self.action,
            resource: self.resource_name,
            resource_account: self.account,
            context: &self.context,
        };
        then(&policies, &request)
    }

    fn allowed(&self) -> bool {
        self.ask(is_allowed)
    }

    fn lists(&mut self) -> Vec<&mut Vec<Value>> {
        let rest = [
            &mut self.boundary,
            &mut self.session,
            &mut self.resource,
            &mut self.scp,
            &mut self.rcp,
            &mut self.more,
        ];
        std::iter::once(&mut self.identity).chain(rest.into_iter().flatten()).collect()
    }
}

const KINDS: [Kind; 5] = [Kind::Identity, Kind::Trust, Kind::Resource, Kind::Bucket, Kind::Session];

fn policy(document: Value) -> Policy {
    Policy { name: "policy".to_owned(), document, fixed: false }
}

fn trust_statement() -> impl Strategy<Value = Value> {
    let action =
        words(&["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:*", "sts:AssumeRole"]);
    let federated = words(&[
        "cognito-identity.amazonaws.com",
        "arn:aws:iam::111122223333:saml-provider/s",
        "accounts.google.com",
    ]);
    let who = prop_oneof![federated.prop_map(|list| json!({"Federated": list})), principals()];
    let condition = prop_oneof![
        Just(json!({"StringEquals": {"cognito-identity.amazonaws.com:aud": "pool"}})),
        Just(json!({"StringEquals": {"cognito-identity.amazonaws.com:aud": "pooi"}})),
        Just(json!({"ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "auth*"}})),
        Just(json!({"StringNotEquals": {"cognito-identity.amazonaws.com:sub": ["ana", "bo"]}})),
    ];
    (effects(), who, action, option::of(condition)).prop_map(|(effect, who, action, condition)| {
        let mut one = json!({"Effect": effect, "Principal": who, "Action": action});
        if let Some(condition) = condition {
            one["Condition"] = condition;
        }
        one
    })
}

fn trust_context() -> impl Strategy<Value = std::collections::BTreeMap<String, Vec<String>>> {
    let claim = |name: &'static str, value: &'static [&'static str]| {
        let key = format!("cognito-identity.amazonaws.com:{name}");
        option::of(select(value))
            .prop_map(move |value| Some((key.clone(), vec![value?.to_owned()])))
    };
    let claims = (
        claim("aud", &["pool", "other"]),
        claim("amr", &["authenticated", "unauthenticated"]),
        claim("sub", &["ana", "cy"]),
    );
    claims.prop_map(|(a, b, c)| [a, b, c].into_iter().flatten().collect())
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        select(
            &[
                "Version",
                "2012-10-17",
                "Statement",
                "Effect",
                "Allow",
                "Action",
                "Resource",
                "Condition",
                "Principal",
                "AWS",
                "StringEquals",
                "*",
                "${a}",
                "Null"
            ][..]
        )
        .prop_map(str::to_owned),
        ".*",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((word.clone(), inner), 0..5)
                .prop_map(|list| Value::Object(list.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn both_ways_decide_alike(world in world()) {
        let decision = world.ask(evaluate);
        prop_assert_eq!(decision.allowed, world.allowed());
        prop_assert_eq!(decision.allowed, decision.reason == Reason::Allowed);
        prop_assert_eq!(decision.ladder.len(), 6);
    }

    #[test]
    fn one_more_deny_never_allows(
        mut world in world(),
        deny in statement(Just("Deny"), false),
        which in any::<prop::sample::Index>(),
    ) {
        let before = world.allowed();
        let mut lists = world.lists();
        let index = which.index(lists.len());
        lists[index].push(deny);
        prop_assert!(before || !world.allowed());
    }

    #[test]
    fn one_allow_less_never_allows(mut world in world(), which in any::<prop::sample::Index>()) {
        let before = world.allowed();
        let mut lists = world.lists();
        let index = which.index(lists.len());
        let list = &mut lists[index];
        if let Some(at) = list.iter().position(|one| one["Effect"] == "Allow") {
            list[at] = json!({"Effect": "Allow", "Action": [], "Resource": "*"});
            prop_assert!(before || !world.allowed());
        }
    }

    #[test]
    fn order_does_not_matter(mut world in world()) {
        let before = world.ask(evaluate);
        world.lists().into_iter().for_each(|list| list.reverse());
        world.turned = true;
        let after = world.ask(evaluate);
        // Of two policies that deny the first is named.
        let kind = |reason| match reason {
            Reason::ExplicitDeny { policy_kind, .. } => (true, Some(policy_kind)),
            Reason::ImplicitDeny { policy_kind } => (false, Some(policy_kind)),
            Reason::Allowed => (false, None),
        };
        prop_assert_eq!(kind(before.reason), kind(after.reason));
    }

    #[test]
    fn a_fix_flips_the_decision(mut world in world()) {
        let before = world.allowed();
        let Some(found) = world.ask(fix) else { return Ok(()) };
        prop_assert!(!before);
        let list = match found.policy.as_str() {
            "identity" => &mut world.identity,
            "boundary" => world.boundary.as_mut().unwrap(),
            "session" => world.session.as_mut().unwrap(),
            "scp" => world.scp.as_mut().unwrap(),
            "rcp" => world.rcp.as_mut().unwrap(),
            "more" => world.more.as_mut().unwrap(),
            "resource" => world.resource.as_mut().unwrap(),
            _ => world.resource.insert(Vec::new()),
        };
        let changed = found.edit.apply(&json!({"Statement": list})).unwrap();
        *list = changed["Statement"].as_array().unwrap().clone();
        if list.is_empty() {
            list.push(json!({"Effect": "Allow", "Action": [], "Resource": "*"}));
        }
        prop_assert!(world.allowed(), "{:?}", found);
    }

    #[test]
    fn a_fix_widens_nothing_to_everything(world in world()) {
        let Some(found) = world.ask(fix) else { return Ok(()) };
        let text = serde_json::to_string(&found.edit).unwrap();
        let asked_for_all = world.resource_name == "*" || world.principal == Principal::Anonymous;
        let held = ["identity", "more", "boundary", "session", "resource", "scp", "rcp"]
            .contains(&found.policy.as_str()) && !text.contains("add-statement");
        prop_assert!(held || asked_for_all || !text.contains("\"*\""), "{}", text);
    }

    #[test]
    fn trust_is_judged_alike_and_its_fix_flips(
        list in vec(trust_statement(), 1..4), who in 0usize..4, tagged in any::<bool>(),
        foreign in any::<bool>(), context in trust_context(),
    ) {
        let mut case = TrustCase {
            principal: [
                Principal::WebIdentity { provider: "cognito-identity.amazonaws.com".to_owned() },
                Principal::Saml { provider: "arn:aws:iam::111122223333:saml-provider/s".to_owned() },
                Principal::Anonymous,
                Principal::User { arn: DANA.to_owned(), id: "AIDA".to_owned(), account: "111122223333".to_owned() },
            ][who].clone(),
            actions: vec!["sts:AssumeRoleWithWebIdentity".to_owned()],
            context,
            role_account: "111122223333".to_owned(),
            pool_account: foreign.then(|| "444455556666".to_owned()),
            trust: policy(json!({"Version": "2012-10-17", "Statement": list})),
        };
        if tagged {
            case.actions.push("sts:TagSession".to_owned());
        }
        let read = case.parse().unwrap();
        prop_assert_eq!(read.is_allowed(), read.evaluate().allowed);
        if let Some(found) = read.fix() {
            prop_assert!(!read.is_allowed());
            case.trust.document = found.edit.apply(&case.trust.document).unwrap();
            if case.trust.document["Statement"] != json!([]) {
                prop_assert!(case.parse().unwrap().is_allowed(), "{:?}", found);
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".*") {
        let _ = Document::parse(&text);
        for kind in KINDS {
            findings(&text, kind);
        }
    }

    #[test]
    fn findings_name_real_places(value in any_json()) {
        let statement = json!({"Effect": "Allow", "Action": value.clone(), "Resource": value.clone(),
            "Principal": {"AWS": value.clone()}, "Condition": {"StringEquals": {"s3:prefix": value}}});
        let document = json!({"Version": "2012-10-17", "Statement": [statement]});
        let text = serde_json::to_string_pretty(&document).unwrap();
        let lines: Vec<&str> = text.split('\n').collect();
        for found in KINDS.into_iter().flat_map(|kind| findings(&text, kind)) {
            prop_assert!((found.line, found.column) < (found.end_line, found.end_column), "{:?}", found);
            let last = lines[found.end_line - 1].chars().count();
            prop_assert!(found.end_column <= last + 1, "{:?}", found);
            prop_assert!(!found.message.is_empty());
        }
    }

    #[test]
    fn no_json_makes_it_panic(value in any_json(), text in ".*") {
        let wrapped = json!({"Version": "2012-10-17", "Statement": [value.clone()]});
        let holding = json!({"Effect": "Allow", "Action": "*", "Resource": text,
            "Condition": {"StringLike": {"k": value.clone()}, "DateLessThan": {"k": text},
                "IpAddress": {"k": text}, "BinaryEquals": {"k": text}, "ArnLike": {"k": text}}});
        let holding = json!({"Version": "2012-10-17", "Statement": holding});
        let context = Context::new().with("k", &*text);
        for document in [value, wrapped, holding].map(|one| Document::parse(&one.to_string())) {
            let Ok(document) = document else { continue };
            for kind in KINDS {
                let _ = document.validate(kind);
            }
            let principal = Principal::Anonymous;
            let request = Request {
                principal: &principal, action: &text, resource: &text, resource_account: "",
                context: &context,
            };
            let named = NamedPolicy::new("x", &document);
            let policies = Policies {
                identity: vec![named], resource: Some(named), ..Policies::default()
            };
            let decision = evaluate(&policies, &request);
            decision.message(&text, &text, &text, true);
            fix(&policies, &request);
            let actions = [text.as_str()];
            let asked = TrustRequest {
                principal: &principal, actions: &actions, context: &context, role_account: &text,
                pool_account: None,
            };
            trust(&document, &asked);
            fix_trust("x", &document, &asked);
        }
    }
}

#[test]
fn size_and_depth_are_no_danger() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(100_000) + "1" + &close.repeat(100_000);
        assert!(Document::parse(&deep).is_err());
        KINDS.into_iter().for_each(|kind| assert_eq!(findings(&deep, kind).len(), 1));
        assert!(serde_json::from_str::<Question>(&deep).is_err());
        let inside = r#"{"ask": "access", "principal": {"kind": "anonymous"}, "action": "a",
            "resource": "*", "identity": [{"name": "x", "document": "#;
        assert!(serde_json::from_str::<Question>(&format!("{inside}{deep}}}]}}")).is_err());
    }
    let many: Vec<Value> = (0..20_000)
        .map(|n| json!({"Effect": "Allow", "Action": format!("s3:*{n}"), "Resource": "*"}))
        .collect();
    let large = document(&many);
    let principal =
        Principal::Root { account: "111122223333".to_owned(), partition: "aws".to_owned() };
    let context = Context::new();
    let request = Request {
        principal: &principal,
        action: "s3:GetObject",
        resource: "*",
        resource_account: "",
        context: &context,
    };
    let policies =
        Policies { scp: vec![vec![NamedPolicy::new("x", &large)]], ..Policies::default() };
    assert!(!evaluate(&policies, &request).allowed);
}
