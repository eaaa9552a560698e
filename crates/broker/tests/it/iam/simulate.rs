//! The policy simulator, and the versions of managed policies.

use crate::common::{ARCHIVE, Host, STUDIO, between, call, credentials, error_summary};
use serde_json::{Value as Json, json};

/// The policy of AWS's own example, on one line.
const SINCE: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}"#;

fn iam(host: &mut Host, action: &str, input: &[(&str, &str)]) -> Result<String, String> {
    let answer = call(host, &credentials(STUDIO), "iam", action, input);
    if answer.status == 200 { Ok(answer.text().into_owned()) } else { Err(error_summary(&answer)) }
}

fn custom(host: &mut Host, input: &[(&str, &str)]) -> Result<String, String> {
    iam(host, "SimulateCustomPolicy", input)
}

fn all<'a>(text: &'a str, element: &str) -> Vec<&'a str> {
    let open = format!("<{element}>");
    let each = text.split(open.as_str()).skip(1);
    each.map(|rest| rest.split('<').next().unwrap()).collect()
}

fn policy(statements: &Json) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn allow(action: &str, resource: &str) -> String {
    policy(&json!([{"Effect": "Allow", "Action": action, "Resource": resource}]))
}

/// These answers are in AWS's documentation of its command line.
#[test]
fn the_published_examples() {
    let mut host = Host::empty();
    let at = |time| {
        [
            ("PolicyInputList.member.1", SINCE),
            ("ActionNames.member.1", "dynamodb:CreateBackup"),
            ("ContextEntries.member.1.ContextKeyName", "aws:CurrentTime"),
            ("ContextEntries.member.1.ContextKeyValues.member.1", time),
            ("ContextEntries.member.1.ContextKeyType", "date"),
        ]
    };
    let answer = custom(&mut host, &at("2019-04-25T11:00:00Z")).unwrap();
    let result = between(&answer, "<EvaluationResults>", "</EvaluationResults>").unwrap();
    assert_eq!(
        result,
        "<member><EvalActionName>dynamodb:CreateBackup</EvalActionName>\
         <EvalResourceName>*</EvalResourceName><EvalDecision>allowed</EvalDecision>\
         <MatchedStatements><member><SourcePolicyId>PolicyInputList.1</SourcePolicyId>\
         <SourcePolicyType>IAM Policy</SourcePolicyType>\
         <StartPosition><Line>1</Line><Column>38</Column></StartPosition>\
         <EndPosition><Line>1</Line><Column>167</Column></EndPosition></member></MatchedStatements>\
         <MissingContextValues></MissingContextValues></member>"
    );
    let before = custom(&mut host, &at("2014-04-25T11:00:00Z")).unwrap();
    assert_eq!(all(&before, "EvalDecision"), ["implicitDeny"]);
    assert!(before.contains("<MatchedStatements></MatchedStatements>"), "{before}");
    let without = custom(&mut host, &at("2014-04-25T11:00:00Z")[..2]).unwrap();
    assert!(
        without.contains("<MissingContextValues><member>aws:CurrentTime</member>"),
        "{without}"
    );

    let keyed = SINCE
        .replace("\"*\",", "\"arn:aws:dynamodb:us-west-2:123456789012:table/${aws:username}\",");
    let keys =
        iam(&mut host, "GetContextKeysForCustomPolicy", &[("PolicyInputList.member.1", &keyed)]);
    assert_eq!(all(&keys.unwrap(), "member"), ["aws:username", "aws:CurrentTime"]);
}

/// A statement starts after the bracket or the statement before it, as IAM counts.
#[test]
fn each_resource_has_its_result_and_each_statement_its_position() {
    let mut host = Host::empty();
    let text = "{\n  \"Version\":\"2012-10-17\",\n  \"Statement\":[{\n    \"Effect\":\"Allow\",\n    \"Action\":\"s3:*\",\n    \"Resource\":\"*\"\n  },\n  {\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::b/no*\"}]\n}";
    let answer = custom(
        &mut host,
        &[
            ("PolicyInputList.member.1", text),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "sns:Publish"),
            ("ResourceArns.member.1", "arn:aws:s3:::b/yes"),
            ("ResourceArns.member.2", "arn:aws:s3:::b/no"),
        ],
    )
    .unwrap();
    assert_eq!(all(&answer, "EvalDecision"), ["explicitDeny", "implicitDeny"]);
    assert_eq!(
        all(&answer, "EvalResourceDecision"),
        ["allowed", "explicitDeny", "implicitDeny", "implicitDeny"]
    );
    let own = between(&answer, "<ResourceSpecificResults>", "</ResourceSpecificResults>").unwrap();
    assert_eq!(all(own, "EvalResourceName"), ["arn:aws:s3:::b/yes", "arn:aws:s3:::b/no"]);
    assert_eq!(
        (all(own, "Line"), all(own, "Column")),
        (vec!["3", "7", "7", "8"], vec!["16", "4", "4", "68"])
    );
    assert!(answer.contains("<EvalDecisionDetails></EvalDecisionDetails>"), "{answer}");
}

#[test]
fn boundaries_and_organizations_have_a_decision_of_their_own() {
    let mut host = Host::empty();
    let (all_of_it, reads) = (allow("*", "*"), allow("s3:Get*", "*"));
    let answer = custom(
        &mut host,
        &[
            ("PolicyInputList.member.1", &all_of_it),
            ("PermissionsBoundaryPolicyInputList.member.1", &reads),
            ("OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1", &all_of_it),
            ("OrderedOrganizationPolicyInputList.member.2.ServiceControlPolicyInputList.member.1", &allow("s3:*", "*")),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "s3:PutObject"),
            ("ActionNames.member.3", "sns:Publish"),
        ],
    )
    .unwrap();
    assert_eq!(all(&answer, "EvalDecision"), ["allowed", "implicitDeny", "implicitDeny"]);
    assert_eq!(all(&answer, "AllowedByPermissionsBoundary"), ["true", "false", "false"]);
    assert_eq!(all(&answer, "AllowedByOrganizations"), ["true", "true", "false"]);
}

#[test]
fn across_accounts_both_must_allow() {
    let mut host = Host::empty();
    let own = allow("s3:GetObject", "*");
    let theirs = policy(
        &json!([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/administrator"},
        "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}]),
    );
    let asked = [
        ("PolicyInputList.member.1", own.as_str()),
        ("ResourcePolicy", &theirs),
        ("ResourceOwner", "arn:aws:iam::444455556666:root"),
        ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
        ("ResourceArns.member.1", "arn:aws:s3:::b/a"),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:PutObject"),
    ];
    let answer = custom(&mut host, &asked).unwrap();
    assert_eq!(all(&answer, "EvalDecision"), ["implicitDeny", "implicitDeny"]);
    let detail =
        |name: &str, said: &str| format!("<entry><key>{name}</key><value>{said}</value></entry>");
    let halves = [
        detail("IAM Policy", "allowed") + &detail("Resource Policy", "implicitDeny"),
        detail("IAM Policy", "implicitDeny") + &detail("Resource Policy", "allowed"),
    ];
    for half in halves {
        assert_eq!(answer.matches(&half).count(), 2, "{half} in {answer}");
    }
    // In one account the policy of the resource is enough.
    let home: Vec<_> = asked.into_iter().filter(|(name, _)| *name != "ResourceOwner").collect();
    let answer = custom(&mut host, &home).unwrap();
    assert_eq!(all(&answer, "EvalDecision"), ["allowed", "allowed"]);
    assert!(answer.contains("<SourcePolicyId>ResourcePolicy</SourcePolicyId><SourcePolicyType>Resource Policy</SourcePolicyType>"));
}

/// A role of the photo app with its own inline policy, a managed one and a boundary.
fn worker(host: &mut Host) -> (String, String) {
    let trust = policy(
        &json!([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/administrator"}, "Action": "sts:AssumeRole"}]),
    );
    iam(host, "CreateRole", &[("RoleName", "worker"), ("AssumeRolePolicyDocument", &trust)])
        .unwrap();
    let inline = policy(
        &json!([{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/Team}/*"}]),
    );
    iam(
        host,
        "PutRolePolicy",
        &[("RoleName", "worker"), ("PolicyName", "team"), ("PolicyDocument", &inline)],
    )
    .unwrap();
    let made = iam(
        host,
        "CreatePolicy",
        &[("PolicyName", "publish"), ("PolicyDocument", &allow("sns:Publish", "*"))],
    )
    .unwrap();
    let managed = between(&made, "<Arn>", "<").unwrap().to_owned();
    iam(host, "AttachRolePolicy", &[("RoleName", "worker"), ("PolicyArn", &managed)]).unwrap();
    ("arn:aws:iam::111122223333:role/worker".to_owned(), managed)
}

#[test]
fn the_policies_of_a_role_are_simulated_with_and_without_exclusions() {
    let mut host = Host::empty();
    let (role, _) = worker(&mut host);
    let asked = [
        ("PolicySourceArn", role.as_str()),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "sns:Publish"),
        ("ResourceArns.member.1", "arn:aws:s3:::b/blue/x"),
        ("ContextEntries.member.1.ContextKeyName", "aws:PrincipalTag/Team"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "blue"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
    ];
    let simulate =
        |host: &mut Host, input: &[(&str, &str)]| iam(host, "SimulatePrincipalPolicy", input);
    let answer = simulate(&mut host, &asked).unwrap();
    assert_eq!(all(&answer, "EvalDecision"), ["allowed", "allowed"]);
    assert_eq!(
        all(&answer, "SourcePolicyId"),
        ["role_worker_team", "role_worker_team", "publish", "publish"]
    );
    let without = simulate(&mut host, &asked[..4]).unwrap();
    assert_eq!(all(&without, "EvalDecision"), ["implicitDeny", "allowed"]);
    assert!(
        without.contains("<MissingContextValues><member>aws:PrincipalTag/Team</member>"),
        "{without}"
    );
    let keys = iam(&mut host, "GetContextKeysForPrincipalPolicy", &asked[..1]).unwrap();
    assert_eq!(all(&keys, "member"), ["aws:PrincipalTag/Team"]);

    let excluding = |host: &mut Host, more: &[(&str, &str)]| {
        let answer = simulate(host, &[&asked, more].concat())?;
        Ok::<_, String>(
            all(&answer, "EvalDecision").iter().map(|one| one.len()).collect::<Vec<_>>(),
        )
    };
    let (allowed, denied) = ("allowed".len(), "implicitDeny".len());
    let one = "PolicyExclusionList.member.1";
    let inline = |part: &str| format!("{one}.InlinePolicyIdentifier.{part}");
    let team = [
        (inline("PolicyName"), "team"),
        (inline("AttachmentType"), "role"),
        (inline("AttachmentName"), "work*"),
    ];
    let team: Vec<(&str, &str)> =
        team.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(excluding(&mut host, &team).unwrap(), [denied, allowed]);
    let arn = (format!("{one}.PolicyArn"), "arn:aws:iam::111122223333:policy/pub*");
    assert_eq!(excluding(&mut host, &[(&arn.0, arn.1)]).unwrap(), [allowed, denied]);
    let kind = format!("{one}.PolicyType");
    assert_eq!(excluding(&mut host, &[(&kind, "user-managed")]).unwrap(), [allowed, denied]);
    assert_eq!(excluding(&mut host, &[(&kind, "aws-managed")]).unwrap(), [allowed, allowed]);
    assert!(
        excluding(&mut host, &[(&arn.0, "arn:aws:iam::*:policy/publish")])
            .unwrap_err()
            .starts_with("400 InvalidInput")
    );
}

/// A simulation does not reveal the trust policy of a role of another account.
#[test]
fn a_role_of_another_account_keeps_its_trust_policy_to_itself() {
    let mut host = Host::open("photo-app");
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#;
    let made = [("RoleName", "closed"), ("AssumeRolePolicyDocument", trust)];
    let made = call(&mut host, &credentials(ARCHIVE), "iam", "CreateRole", &made);
    assert_eq!(made.status, 200, "{}", made.text());
    let allow = allow("sts:AssumeRole", "*");
    let input = [
        ("PolicyInputList.member.1", allow.as_str()),
        ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
        ("ActionNames.member.1", "sts:AssumeRole"),
        ("ResourceArns.member.1", "arn:aws:iam::444455556666:role/closed"),
    ];
    let answer = custom(&mut host, &input).unwrap();
    assert_ne!(all(&answer, "EvalDecision")[0], "explicitDeny", "{answer}");
    assert!(!answer.contains("<SourcePolicyId>ResourcePolicy"), "{answer}");
}

/// AWS's simulator ignores trust policies; this one evaluates them, as STS would.
#[test]
fn assuming_a_role_evaluates_its_trust_policy() {
    let mut host = Host::open("photo-app");
    let (role, _) = worker(&mut host);
    let ask = |host: &mut Host, caller: &str| {
        let allow = allow("sts:AssumeRole", "*");
        let input = [
            ("PolicyInputList.member.1", allow.as_str()),
            ("CallerArn", caller),
            ("ActionNames.member.1", "sts:AssumeRole"),
            ("ResourceArns.member.1", &role),
        ];
        all(&custom(host, &input).unwrap(), "EvalDecision")[0].to_owned()
    };
    assert_eq!(ask(&mut host, "arn:aws:iam::111122223333:user/administrator"), "allowed");
    assert_eq!(ask(&mut host, "arn:aws:iam::111122223333:user/eve"), "implicitDeny");

    let body = host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let pool = serde_json::from_slice::<Json>(&body).unwrap()["values"]["identityPool"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut token = |amr: &str| {
        let keys = [
            ("aws:FederatedProvider", "cognito-identity.amazonaws.com"),
            ("cognito-identity.amazonaws.com:aud", &pool),
            ("cognito-identity.amazonaws.com:amr", amr),
        ];
        let mut input = vec![
            ("PolicyInputList.member.1".to_owned(), allow("s3:GetObject", "*")),
            ("ActionNames.member.1".to_owned(), "sts:AssumeRoleWithWebIdentity".to_owned()),
            (
                "ResourceArns.member.1".to_owned(),
                "arn:aws:iam::111122223333:role/photos-guest".to_owned(),
            ),
        ];
        for (i, (key, value)) in keys.into_iter().enumerate() {
            let name = format!("ContextEntries.member.{}", i + 1);
            input.push((format!("{name}.ContextKeyName"), key.to_owned()));
            input.push((format!("{name}.ContextKeyValues.member.1"), value.to_owned()));
        }
        let input: Vec<(&str, &str)> =
            input.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        all(&custom(&mut host, &input).unwrap(), "EvalDecision")[0].to_owned()
    };
    assert_eq!(token("unauthenticated"), "allowed");
    assert_eq!(token("authenticated"), "implicitDeny");
}

#[test]
fn pages() {
    let mut host = Host::empty();
    let all_of_it = allow("*", "*");
    let asked = [
        ("PolicyInputList.member.1", all_of_it.as_str()),
        ("ActionNames.member.1", "s3:A"),
        ("ActionNames.member.2", "s3:B"),
        ("MaxItems", "1"),
    ];
    let first = custom(&mut host, &asked).unwrap();
    assert_eq!(
        (all(&first, "EvalActionName"), all(&first, "IsTruncated")),
        (vec!["s3:A"], vec!["true"])
    );
    let marker = all(&first, "Marker")[0];
    let second = custom(&mut host, &[&asked[..], &[("Marker", marker)]].concat()).unwrap();
    assert_eq!(
        (all(&second, "EvalActionName"), all(&second, "IsTruncated")),
        (vec!["s3:B"], vec!["false"])
    );
}

#[test]
fn an_invalid_simulation_is_refused() {
    let mut host = Host::empty();
    let all_of_it = allow("*", "*");
    let plain = [
        ("PolicyInputList.member.1", all_of_it.as_str()),
        ("ActionNames.member.1", "s3:GetObject"),
    ];
    let bucket = policy(
        &json!([{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}]),
    );
    let entry = |name: &'static str| format!("ContextEntries.member.1.{name}");
    let (key, value, kind) =
        (entry("ContextKeyName"), entry("ContextKeyValues.member.1"), entry("ContextKeyType"));
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("ResourceArns.member.1", "b")], "ResourceNames are not in a valid ARN format: b."),
        (
            &[("ResourceArns.member.1", "*"), ("ResourceArns.member.2", "arn:aws:s3:::b")],
            "ResourceNames are not in a valid ARN format: *.",
        ),
        (
            &[("ActionNames.member.2", "GetObject")],
            "The action is invalid since it is missing names",
        ),
        (
            &[("ActionNames.member.2", "s3:Get*")],
            "Action names must not contain wildcards: s3:Get*.",
        ),
        (
            &[("ResourcePolicy", &bucket), ("ResourceArns.member.1", "arn:aws:s3:::b/a")],
            "Invalid caller - Caller cannot be null or empty.",
        ),
        (
            &[
                ("ResourcePolicy", &bucket),
                ("ResourceArns.member.1", "arn:aws:s3:::c/a"),
                ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
            ],
            "The resource policy is not applicable to arn:aws:s3:::c/a.",
        ),
        (
            &[("CallerArn", "arn:aws:sts::111122223333:assumed-role/a/b")],
            "Invalid caller - Caller must be an IAM user, role or group in this context.",
        ),
        (
            &[("ResourceOwner", "444455556666")],
            "'444455556666' is not a valid as a Resource Owner.",
        ),
        (
            &[
                ("PermissionsBoundaryPolicyInputList.member.1", &all_of_it),
                ("PermissionsBoundaryPolicyInputList.member.2", &all_of_it),
            ],
            "The list of Permissions Boundary policies cannot exceed 1 items.",
        ),
        (
            &[("OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList", "")],
            "Organization policy at index 1 must contain at least one service control policy",
        ),
        (
            &[("ResourceHandlingOption", "EC2-VPC-EBS")],
            "Invalid input resource handling options. Action does not support resource handling options: s3:GetObject.",
        ),
        (
            &[("PolicyInputList.member.2", &bucket)],
            "Policy document should not specify a principal.",
        ),
        (
            &[(&key, "aws:MultiFactorAuthAge"), (&value, "old"), (&kind, "numeric")],
            "'old' is not a valid numeric value for aws:MultiFactorAuthAge.",
        ),
    ];
    for (more, words) in cases {
        let refused = custom(&mut host, &[&plain[..], more].concat()).unwrap_err();
        assert_eq!(refused, format!("400 InvalidInput: {words}"));
    }
    let source = |host: &mut Host, arn: &str| {
        iam(
            host,
            "SimulatePrincipalPolicy",
            &[("PolicySourceArn", arn), ("ActionNames.member.1", "s3:GetObject")],
        )
        .unwrap_err()
    };
    let session = "arn:aws:sts::111122223333:assumed-role/worker/me";
    assert_eq!(
        source(&mut host, session),
        format!(
            "400 InvalidInput: Invalid Entity Arn: {session} does not clearly define entity type and name."
        )
    );
    assert_eq!(
        source(&mut host, "arn:aws:iam::111122223333:role/nobody"),
        "404 NoSuchEntity: The role with name nobody cannot be found."
    );
    let missing = custom(&mut host, &plain[..1]).unwrap_err();
    assert!(missing.starts_with("400 ValidationError: 1 validation error detected"), "{missing}");
}

#[test]
fn a_managed_policy_has_five_versions_of_which_one_counts() {
    let mut host = Host::empty();
    let (role, policy) = worker(&mut host);
    let may = |host: &mut Host| {
        let asked =
            [("PolicySourceArn", role.as_str()), ("ActionNames.member.1", "sqs:SendMessage")];
        all(&iam(host, "SimulatePrincipalPolicy", &asked).unwrap(), "EvalDecision")[0].to_owned()
    };
    let arn = ("PolicyArn", policy.as_str());
    let sqs = allow("sqs:SendMessage", "*");
    let add = |host: &mut Host, in_effect: &str| {
        iam(
            host,
            "CreatePolicyVersion",
            &[arn, ("PolicyDocument", &sqs), ("SetAsDefault", in_effect)],
        )
    };
    let added = add(&mut host, "false").unwrap();
    assert_eq!(
        (all(&added, "VersionId"), all(&added, "IsDefaultVersion")),
        (vec!["v2"], vec!["false"])
    );
    assert_eq!(may(&mut host), "implicitDeny");
    iam(&mut host, "SetDefaultPolicyVersion", &[arn, ("VersionId", "v2")]).unwrap();
    assert_eq!(may(&mut host), "allowed");
    assert_eq!(all(&iam(&mut host, "GetPolicy", &[arn]).unwrap(), "DefaultVersionId"), ["v2"]);
    add(&mut host, "true").unwrap();
    let delete = |host: &mut Host, version: &str| {
        iam(host, "DeletePolicyVersion", &[arn, ("VersionId", version)]).map(drop)
    };
    delete(&mut host, "v2").unwrap();
    assert_eq!(
        delete(&mut host, "v3").unwrap_err(),
        "409 DeleteConflict: Cannot delete the default version of a policy."
    );
    let gone = format!(
        "404 NoSuchEntity: Policy {policy} version v2 does not exist or is not attachable."
    );
    assert_eq!(delete(&mut host, "v2").unwrap_err(), gone);
    assert_eq!(iam(&mut host, "GetPolicyVersion", &[arn, ("VersionId", "v2")]).unwrap_err(), gone);
    for _ in 0..3 {
        add(&mut host, "false").unwrap();
    }
    assert_eq!(
        add(&mut host, "false").unwrap_err(),
        "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
    );
    let listed = iam(&mut host, "ListPolicyVersions", &[arn]).unwrap();
    assert_eq!(all(&listed, "VersionId"), ["v6", "v5", "v4", "v3", "v1"]);
    assert!(!listed.contains("<Document>"), "{listed}");
    let read = iam(&mut host, "GetPolicyVersion", &[arn, ("VersionId", "v1")]).unwrap();
    assert!(between(&read, "<Document>", "<").unwrap().contains("sns%3APublish"), "{read}");
    iam(&mut host, "DetachRolePolicy", &[("RoleName", "worker"), arn]).unwrap();
    assert!(
        iam(&mut host, "DeletePolicy", &[arn])
            .unwrap_err()
            .starts_with("409 DeleteConflict: This policy has more than one version.")
    );
}
