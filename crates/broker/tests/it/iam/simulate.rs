//! The policy simulator, and the versions of managed policies.

use crate::common::{ARCHIVE, Host, STUDIO, between, call, credentials, error_summary};
use serde_json::{Value as Json, json};

/// The policy of AWS's example, on one line.
const SINCE: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}"#;

fn iam(host: &mut Host, action: &str, input: &[(&str, &str)]) -> Result<String, String> {
    let answer = call(host, &credentials(STUDIO), "iam", action, input);
    if answer.status == 200 { Ok(answer.text().into_owned()) } else { Err(error_summary(&answer)) }
}

fn simulate_custom(host: &mut Host, input: &[(&str, &str)]) -> Result<String, String> {
    iam(host, "SimulateCustomPolicy", input)
}

fn values_of<'a>(text: &'a str, element: &str) -> Vec<&'a str> {
    let start_tag = format!("<{element}>");
    let elements = text.split(start_tag.as_str()).skip(1);
    elements.map(|rest| rest.split('<').next().unwrap()).collect()
}

fn policy(statements: &Json) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn allow(action: &str, resource: &str) -> String {
    policy(&json!([{"Effect": "Allow", "Action": action, "Resource": resource}]))
}

/// The responses are in the AWS CLI Command Reference.
#[test]
fn the_examples_of_the_aws_cli_reference() {
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
    let answer = simulate_custom(&mut host, &at("2019-04-25T11:00:00Z")).unwrap();
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
    let before = simulate_custom(&mut host, &at("2014-04-25T11:00:00Z")).unwrap();
    assert_eq!(values_of(&before, "EvalDecision"), ["implicitDeny"]);
    assert!(before.contains("<MatchedStatements></MatchedStatements>"), "{before}");
    let without = simulate_custom(&mut host, &at("2014-04-25T11:00:00Z")[..2]).unwrap();
    assert!(
        without.contains("<MissingContextValues><member>aws:CurrentTime</member>"),
        "{without}"
    );

    let with_variable = SINCE
        .replace("\"*\",", "\"arn:aws:dynamodb:us-west-2:123456789012:table/${aws:username}\",");
    let keys = iam(
        &mut host,
        "GetContextKeysForCustomPolicy",
        &[("PolicyInputList.member.1", &with_variable)],
    );
    assert_eq!(values_of(&keys.unwrap(), "member"), ["aws:username", "aws:CurrentTime"]);
}

/// IAM counts a statement from the end of the preceding bracket or statement.
#[test]
fn results_are_per_resource_and_statements_have_positions() {
    let mut host = Host::empty();
    let text = "{\n  \"Version\":\"2012-10-17\",\n  \"Statement\":[{\n    \"Effect\":\"Allow\",\n    \"Action\":\"s3:*\",\n    \"Resource\":\"*\"\n  },\n  {\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::b/no*\"}]\n}";
    let answer = simulate_custom(
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
    assert_eq!(values_of(&answer, "EvalDecision"), ["explicitDeny", "implicitDeny"]);
    assert_eq!(
        values_of(&answer, "EvalResourceDecision"),
        ["allowed", "explicitDeny", "implicitDeny", "implicitDeny"]
    );
    let resource_results =
        between(&answer, "<ResourceSpecificResults>", "</ResourceSpecificResults>").unwrap();
    assert_eq!(
        values_of(resource_results, "EvalResourceName"),
        ["arn:aws:s3:::b/yes", "arn:aws:s3:::b/no"]
    );
    assert_eq!(
        (values_of(resource_results, "Line"), values_of(resource_results, "Column")),
        (vec!["3", "7", "7", "8"], vec!["16", "4", "4", "68"])
    );
    assert!(answer.contains("<EvalDecisionDetails></EvalDecisionDetails>"), "{answer}");
}

#[test]
fn permissions_boundaries_and_organizations_have_separate_decisions() {
    let mut host = Host::empty();
    let (allow_all, allow_reads) = (allow("*", "*"), allow("s3:Get*", "*"));
    let answer = simulate_custom(
        &mut host,
        &[
            ("PolicyInputList.member.1", &allow_all),
            ("PermissionsBoundaryPolicyInputList.member.1", &allow_reads),
            ("OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1", &allow_all),
            ("OrderedOrganizationPolicyInputList.member.2.ServiceControlPolicyInputList.member.1", &allow("s3:*", "*")),
            ("ActionNames.member.1", "s3:GetObject"),
            ("ActionNames.member.2", "s3:PutObject"),
            ("ActionNames.member.3", "sns:Publish"),
        ],
    )
    .unwrap();
    assert_eq!(values_of(&answer, "EvalDecision"), ["allowed", "implicitDeny", "implicitDeny"]);
    assert_eq!(values_of(&answer, "AllowedByPermissionsBoundary"), ["true", "false", "false"]);
    assert_eq!(values_of(&answer, "AllowedByOrganizations"), ["true", "true", "false"]);
}

#[test]
fn cross_account_access_needs_both_policies() {
    let mut host = Host::empty();
    let identity_policy = allow("s3:GetObject", "*");
    let resource_policy = policy(
        &json!([{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/administrator"},
        "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}]),
    );
    let input = [
        ("PolicyInputList.member.1", identity_policy.as_str()),
        ("ResourcePolicy", &resource_policy),
        ("ResourceOwner", "arn:aws:iam::444455556666:root"),
        ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
        ("ResourceArns.member.1", "arn:aws:s3:::b/a"),
        ("ActionNames.member.1", "s3:GetObject"),
        ("ActionNames.member.2", "s3:PutObject"),
    ];
    let answer = simulate_custom(&mut host, &input).unwrap();
    assert_eq!(values_of(&answer, "EvalDecision"), ["implicitDeny", "implicitDeny"]);
    let decision_detail = |name: &str, decision: &str| {
        format!("<entry><key>{name}</key><value>{decision}</value></entry>")
    };
    let details = [
        decision_detail("IAM Policy", "allowed")
            + &decision_detail("Resource Policy", "implicitDeny"),
        decision_detail("IAM Policy", "implicitDeny")
            + &decision_detail("Resource Policy", "allowed"),
    ];
    for detail in details {
        assert_eq!(answer.matches(&detail).count(), 2, "{detail} in {answer}");
    }
    // Within one account the resource-based policy is sufficient.
    let same_account: Vec<_> =
        input.into_iter().filter(|(name, _)| *name != "ResourceOwner").collect();
    let answer = simulate_custom(&mut host, &same_account).unwrap();
    assert_eq!(values_of(&answer, "EvalDecision"), ["allowed", "allowed"]);
    assert!(answer.contains("<SourcePolicyId>ResourcePolicy</SourcePolicyId><SourcePolicyType>Resource Policy</SourcePolicyType>"));
}

/// Creates a role with an inline and a customer managed policy. Returns the ARNs of the role and of the
/// managed policy.
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
    let output = iam(
        host,
        "CreatePolicy",
        &[("PolicyName", "publish"), ("PolicyDocument", &allow("sns:Publish", "*"))],
    )
    .unwrap();
    let managed = between(&output, "<Arn>", "<").unwrap().to_owned();
    iam(host, "AttachRolePolicy", &[("RoleName", "worker"), ("PolicyArn", &managed)]).unwrap();
    ("arn:aws:iam::111122223333:role/worker".to_owned(), managed)
}

#[test]
fn policies_of_a_role_can_be_excluded_from_a_simulation() {
    let mut host = Host::empty();
    let (role, _) = worker(&mut host);
    let input = [
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
    let answer = simulate(&mut host, &input).unwrap();
    assert_eq!(values_of(&answer, "EvalDecision"), ["allowed", "allowed"]);
    assert_eq!(
        values_of(&answer, "SourcePolicyId"),
        ["role_worker_team", "role_worker_team", "publish", "publish"]
    );
    let without_context = simulate(&mut host, &input[..4]).unwrap();
    assert_eq!(values_of(&without_context, "EvalDecision"), ["implicitDeny", "allowed"]);
    assert!(
        without_context.contains("<MissingContextValues><member>aws:PrincipalTag/Team</member>"),
        "{without_context}"
    );
    let keys = iam(&mut host, "GetContextKeysForPrincipalPolicy", &input[..1]).unwrap();
    assert_eq!(values_of(&keys, "member"), ["aws:PrincipalTag/Team"]);

    let excluding = |host: &mut Host, exclusions: &[(&str, &str)]| {
        let answer = simulate(host, &[&input, exclusions].concat())?;
        Ok::<_, String>(
            values_of(&answer, "EvalDecision")
                .iter()
                .map(|decision| decision.len())
                .collect::<Vec<_>>(),
        )
    };
    let (allowed, denied) = ("allowed".len(), "implicitDeny".len());
    let exclusion = "PolicyExclusionList.member.1";
    let inline = |part: &str| format!("{exclusion}.InlinePolicyIdentifier.{part}");
    let exclude_inline = [
        (inline("PolicyName"), "team"),
        (inline("AttachmentType"), "role"),
        (inline("AttachmentName"), "work*"),
    ];
    let exclude_inline: Vec<(&str, &str)> =
        exclude_inline.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(excluding(&mut host, &exclude_inline).unwrap(), [denied, allowed]);
    let arn = (format!("{exclusion}.PolicyArn"), "arn:aws:iam::111122223333:policy/pub*");
    assert_eq!(excluding(&mut host, &[(&arn.0, arn.1)]).unwrap(), [allowed, denied]);
    let kind = format!("{exclusion}.PolicyType");
    assert_eq!(excluding(&mut host, &[(&kind, "user-managed")]).unwrap(), [allowed, denied]);
    assert_eq!(excluding(&mut host, &[(&kind, "aws-managed")]).unwrap(), [allowed, allowed]);
    assert!(
        excluding(&mut host, &[(&arn.0, "arn:aws:iam::*:policy/publish")])
            .unwrap_err()
            .starts_with("400 InvalidInput")
    );
}

/// A simulation does not reveal the trust policy of a role in another account.
#[test]
fn the_trust_policy_of_a_role_in_another_account_is_not_evaluated() {
    let mut host = Host::open("photo-app");
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#;
    let role = [("RoleName", "closed"), ("AssumeRolePolicyDocument", trust)];
    let role = call(&mut host, &credentials(ARCHIVE), "iam", "CreateRole", &role);
    assert_eq!(role.status, 200, "{}", role.text());
    let allow = allow("sts:AssumeRole", "*");
    let input = [
        ("PolicyInputList.member.1", allow.as_str()),
        ("CallerArn", "arn:aws:iam::111122223333:user/administrator"),
        ("ActionNames.member.1", "sts:AssumeRole"),
        ("ResourceArns.member.1", "arn:aws:iam::444455556666:role/closed"),
    ];
    let answer = simulate_custom(&mut host, &input).unwrap();
    assert_ne!(values_of(&answer, "EvalDecision")[0], "explicitDeny", "{answer}");
    assert!(!answer.contains("<SourcePolicyId>ResourcePolicy"), "{answer}");
}

/// The simulator of AWS ignores trust policies; this one evaluates them, as STS does.
#[test]
fn assuming_a_role_evaluates_its_trust_policy() {
    let mut host = Host::open("photo-app");
    let (role, _) = worker(&mut host);
    let decision_for_caller = |host: &mut Host, caller: &str| {
        let allow = allow("sts:AssumeRole", "*");
        let input = [
            ("PolicyInputList.member.1", allow.as_str()),
            ("CallerArn", caller),
            ("ActionNames.member.1", "sts:AssumeRole"),
            ("ResourceArns.member.1", &role),
        ];
        values_of(&simulate_custom(host, &input).unwrap(), "EvalDecision")[0].to_owned()
    };
    assert_eq!(
        decision_for_caller(&mut host, "arn:aws:iam::111122223333:user/administrator"),
        "allowed"
    );
    assert_eq!(
        decision_for_caller(&mut host, "arn:aws:iam::111122223333:user/eve"),
        "implicitDeny"
    );

    let body = host.send(crate::common::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let pool = serde_json::from_slice::<Json>(&body).unwrap()["values"]["identityPool"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut decision_for_amr = |amr: &str| {
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
        values_of(&simulate_custom(&mut host, &input).unwrap(), "EvalDecision")[0].to_owned()
    };
    assert_eq!(decision_for_amr("unauthenticated"), "allowed");
    assert_eq!(decision_for_amr("authenticated"), "implicitDeny");
}

#[test]
fn results_are_paginated() {
    let mut host = Host::empty();
    let allow_all = allow("*", "*");
    let input = [
        ("PolicyInputList.member.1", allow_all.as_str()),
        ("ActionNames.member.1", "s3:A"),
        ("ActionNames.member.2", "s3:B"),
        ("MaxItems", "1"),
    ];
    let first = simulate_custom(&mut host, &input).unwrap();
    assert_eq!(
        (values_of(&first, "EvalActionName"), values_of(&first, "IsTruncated")),
        (vec!["s3:A"], vec!["true"])
    );
    let marker = values_of(&first, "Marker")[0];
    let second = simulate_custom(&mut host, &[&input[..], &[("Marker", marker)]].concat()).unwrap();
    assert_eq!(
        (values_of(&second, "EvalActionName"), values_of(&second, "IsTruncated")),
        (vec!["s3:B"], vec!["false"])
    );
}

#[test]
fn an_invalid_simulation_is_refused() {
    let mut host = Host::empty();
    let allow_all = allow("*", "*");
    let input = [
        ("PolicyInputList.member.1", allow_all.as_str()),
        ("ActionNames.member.1", "s3:GetObject"),
    ];
    let bucket = policy(
        &json!([{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}]),
    );
    let entry = |name: &'static str| format!("ContextEntries.member.1.{name}");
    let (key, value, kind) =
        (entry("ContextKeyName"), entry("ContextKeyValues.member.1"), entry("ContextKeyType"));
    let rows: &[(&[(&str, &str)], &str)] = &[
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
                ("PermissionsBoundaryPolicyInputList.member.1", &allow_all),
                ("PermissionsBoundaryPolicyInputList.member.2", &allow_all),
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
    for (more, expected) in rows {
        let error = simulate_custom(&mut host, &[&input[..], more].concat()).unwrap_err();
        assert_eq!(error, format!("400 InvalidInput: {expected}"));
    }
    let error_of_source = |host: &mut Host, arn: &str| {
        iam(
            host,
            "SimulatePrincipalPolicy",
            &[("PolicySourceArn", arn), ("ActionNames.member.1", "s3:GetObject")],
        )
        .unwrap_err()
    };
    let session = "arn:aws:sts::111122223333:assumed-role/worker/me";
    assert_eq!(
        error_of_source(&mut host, session),
        format!(
            "400 InvalidInput: Invalid Entity Arn: {session} does not clearly define entity type and name."
        )
    );
    assert_eq!(
        error_of_source(&mut host, "arn:aws:iam::111122223333:role/nobody"),
        "404 NoSuchEntity: The role with name nobody cannot be found."
    );
    let missing = simulate_custom(&mut host, &input[..1]).unwrap_err();
    assert!(missing.starts_with("400 ValidationError: 1 validation error detected"), "{missing}");
}

#[test]
fn a_managed_policy_has_up_to_five_versions_and_its_default_version_applies() {
    let mut host = Host::empty();
    let (role, policy) = worker(&mut host);
    let decision = |host: &mut Host| {
        let input =
            [("PolicySourceArn", role.as_str()), ("ActionNames.member.1", "sqs:SendMessage")];
        values_of(&iam(host, "SimulatePrincipalPolicy", &input).unwrap(), "EvalDecision")[0]
            .to_owned()
    };
    let arn = ("PolicyArn", policy.as_str());
    let sqs = allow("sqs:SendMessage", "*");
    let create_version = |host: &mut Host, set_as_default: &str| {
        iam(
            host,
            "CreatePolicyVersion",
            &[arn, ("PolicyDocument", &sqs), ("SetAsDefault", set_as_default)],
        )
    };
    let output = create_version(&mut host, "false").unwrap();
    assert_eq!(
        (values_of(&output, "VersionId"), values_of(&output, "IsDefaultVersion")),
        (vec!["v2"], vec!["false"])
    );
    assert_eq!(decision(&mut host), "implicitDeny");
    iam(&mut host, "SetDefaultPolicyVersion", &[arn, ("VersionId", "v2")]).unwrap();
    assert_eq!(decision(&mut host), "allowed");
    assert_eq!(
        values_of(&iam(&mut host, "GetPolicy", &[arn]).unwrap(), "DefaultVersionId"),
        ["v2"]
    );
    create_version(&mut host, "true").unwrap();
    let delete_version = |host: &mut Host, version: &str| {
        iam(host, "DeletePolicyVersion", &[arn, ("VersionId", version)]).map(drop)
    };
    delete_version(&mut host, "v2").unwrap();
    assert_eq!(
        delete_version(&mut host, "v3").unwrap_err(),
        "409 DeleteConflict: Cannot delete the default version of a policy."
    );
    let not_found = format!(
        "404 NoSuchEntity: Policy {policy} version v2 does not exist or is not attachable."
    );
    assert_eq!(delete_version(&mut host, "v2").unwrap_err(), not_found);
    assert_eq!(
        iam(&mut host, "GetPolicyVersion", &[arn, ("VersionId", "v2")]).unwrap_err(),
        not_found
    );
    for _ in 0..3 {
        create_version(&mut host, "false").unwrap();
    }
    assert_eq!(
        create_version(&mut host, "false").unwrap_err(),
        "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."
    );
    let listed = iam(&mut host, "ListPolicyVersions", &[arn]).unwrap();
    assert_eq!(values_of(&listed, "VersionId"), ["v6", "v5", "v4", "v3", "v1"]);
    assert!(!listed.contains("<Document>"), "{listed}");
    let document = iam(&mut host, "GetPolicyVersion", &[arn, ("VersionId", "v1")]).unwrap();
    assert!(between(&document, "<Document>", "<").unwrap().contains("sns%3APublish"), "{document}");
    iam(&mut host, "DetachRolePolicy", &[("RoleName", "worker"), arn]).unwrap();
    assert!(
        iam(&mut host, "DeletePolicy", &[arn])
            .unwrap_err()
            .starts_with("409 DeleteConflict: This policy has more than one version.")
    );
}
