//! Responses contain ARNs of the partition that the request is sent to, and policies with these ARNs
//! apply.

use crate::common::{Host, STUDIO, credentials, credentials_in, error_summary, post};
use cognitab_wire::http::Response;
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::json;

/// A partition: its ID, its IAM host, the domain of its Regional hosts, and a Region.
struct Partition {
    id: &'static str,
    iam: &'static str,
    domain: &'static str,
    region: &'static str,
}

const PARTITIONS: [Partition; 5] = [
    Partition { id: "aws", iam: "iam.amazonaws.com", domain: "amazonaws.com", region: "us-east-1" },
    Partition {
        id: "aws-cn",
        iam: "iam.cn-north-1.amazonaws.com.cn",
        domain: "amazonaws.com.cn",
        region: "cn-north-1",
    },
    Partition {
        id: "aws-us-gov",
        iam: "iam.us-gov.amazonaws.com",
        domain: "amazonaws.com",
        region: "us-gov-west-1",
    },
    Partition {
        id: "aws-iso",
        iam: "iam.us-iso-east-1.c2s.ic.gov",
        domain: "c2s.ic.gov",
        region: "us-iso-east-1",
    },
    Partition {
        id: "aws-iso-b",
        iam: "iam.us-isob-east-1.sc2s.sgov.gov",
        domain: "sc2s.sgov.gov",
        region: "us-isob-east-1",
    },
];

impl Partition {
    fn arn(&self, resource: &str) -> String {
        format!("arn:{}:iam::111122223333:{resource}", self.id)
    }

    fn send(
        &self,
        host: &mut Host,
        key: &Credentials,
        service: &str,
        action: &str,
        input: &[(&str, &str)],
    ) -> Response {
        let (name, version) = match service {
            "iam" => (self.iam.to_owned(), "2010-05-08"),
            _ => (format!("{service}.{}.{}", self.region, self.domain), "2011-06-15"),
        };
        let form = [&[("Action", action), ("Version", version)], input].concat();
        let mut request = post(&format!("https://{name}/"), &form);
        sigv4::sign(&mut request, key, self.region, service, host.now);
        host.send(request)
    }

    /// Calls IAM as the administrator. The call must succeed, and all ARNs in the response must be of
    /// this partition.
    fn iam(&self, host: &mut Host, action: &str, input: &[(&str, &str)]) -> String {
        let response = self.send(host, &credentials(STUDIO), "iam", action, input);
        assert_eq!(response.status, 200, "{} {action}: {}", self.id, response.text());
        let text = response.text().into_owned();
        for arn in text.split("arn:").skip(1) {
            let id = arn.split(':').next().unwrap();
            assert_eq!(id, self.id, "{action}: {text}");
        }
        text
    }

    fn error(&self, host: &mut Host, action: &str, input: &[(&str, &str)]) -> String {
        error_summary(&self.send(host, &credentials(STUDIO), "iam", action, input))
    }
}

fn trust(principal: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}]}).to_string()
}

fn allow(action: &str, resource: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}).to_string()
}

#[test]
fn responses_contain_arns_of_the_partition_of_their_host() {
    for partition in &PARTITIONS {
        let mut host = Host::empty();
        let host = &mut host;
        let (eve, worker) = (("UserName", "eve"), ("RoleName", "worker"));
        let assert_contains =
            |text: &str, arn: &str| assert!(text.contains(&format!(">{arn}<")), "{text}");
        let user = partition.arn("user/team/eve");
        assert_contains(&partition.iam(host, "CreateUser", &[eve, ("Path", "/team/")]), &user);
        assert_contains(&partition.iam(host, "GetUser", &[eve]), &user);

        let customer_managed = partition.arn("policy/photos");
        let document = allow("s3:GetObject", "*");
        let policy = [("PolicyName", "photos"), ("PolicyDocument", document.as_str())];
        assert_contains(&partition.iam(host, "CreatePolicy", &policy), &customer_managed);
        assert_contains(
            &partition.iam(host, "GetPolicy", &[("PolicyArn", &customer_managed)]),
            &customer_managed,
        );
        let aws_managed = format!("arn:{}:iam::aws:policy/AmazonS3ReadOnlyAccess", partition.id);
        let listed = partition.iam(host, "ListPolicies", &[]);
        assert_contains(&listed, &customer_managed);
        assert_contains(&listed, &aws_managed);
        assert_contains(
            &partition.iam(host, "GetPolicy", &[("PolicyArn", &aws_managed)]),
            &aws_managed,
        );

        let role = partition.arn("role/worker");
        let trust = trust(&user);
        let trust = [worker, ("AssumeRolePolicyDocument", trust.as_str())];
        assert_contains(&partition.iam(host, "CreateRole", &trust), &role);
        assert_contains(&partition.iam(host, "ListRoles", &[]), &role);
        for arn in [&customer_managed, &aws_managed] {
            partition.iam(host, "AttachRolePolicy", &[worker, ("PolicyArn", arn)]);
            partition.iam(host, "PutUserPermissionsBoundary", &[eve, ("PermissionsBoundary", arn)]);
            assert_contains(&partition.iam(host, "ListAttachedRolePolicies", &[worker]), arn);
            assert_contains(&partition.iam(host, "GetUser", &[eve]), arn);
        }
        partition.iam(host, "DetachRolePolicy", &[worker, ("PolicyArn", &customer_managed)]);

        let provider = partition.arn("oidc-provider/idp.example/a");
        let created =
            partition.iam(host, "CreateOpenIDConnectProvider", &[("Url", "https://idp.example/a")]);
        assert_contains(&created, &provider);
        assert_contains(&partition.iam(host, "ListOpenIDConnectProviders", &[]), &provider);
        let provider_input = [("OpenIDConnectProviderArn", provider.as_str())];
        partition.iam(host, "GetOpenIDConnectProvider", &provider_input);
        partition.iam(host, "DeleteOpenIDConnectProvider", &provider_input);
    }
}

#[test]
fn a_policy_with_arns_of_the_partition_applies() {
    for partition in &PARTITIONS {
        let mut host = Host::empty();
        let host = &mut host;
        let (eve, worker) = (("UserName", "eve"), ("RoleName", "worker"));
        partition.iam(host, "CreateUser", &[eve]);
        let key = partition.send(host, &credentials(STUDIO), "iam", "CreateAccessKey", &[eve]);
        let key = credentials_in(&key);
        let document = trust(&partition.arn("user/eve"));
        partition.iam(
            host,
            "CreateRole",
            &[worker, ("AssumeRolePolicyDocument", document.as_str())],
        );
        let role = partition.arn("role/worker");
        let document = allow("iam:GetRole", &role);
        let policy = [("PolicyName", "reads-itself"), ("PolicyDocument", document.as_str())];
        partition.iam(host, "CreatePolicy", &policy);
        let policy = partition.arn("policy/reads-itself");
        partition.iam(host, "AttachRolePolicy", &[worker, ("PolicyArn", &policy)]);

        let session = [("RoleArn", role.as_str()), ("RoleSessionName", "shift")];
        let session = partition.send(host, &key, "sts", "AssumeRole", &session);
        assert_eq!(session.status, 200, "{}: {}", partition.id, session.text());
        let session = credentials_in(&session);
        let get_role_status = |host: &mut Host, name: &str| {
            partition.send(host, &session, "iam", "GetRole", &[("RoleName", name)]).status
        };
        assert_eq!(
            (get_role_status(host, "worker"), get_role_status(host, "other")),
            (200, 403),
            "{}",
            partition.id
        );

        let simulated = partition.iam(
            host,
            "SimulatePrincipalPolicy",
            &[
                ("PolicySourceArn", role.as_str()),
                ("ActionNames.member.1", "iam:GetRole"),
                ("ResourceArns.member.1", role.as_str()),
                ("ResourceOwner", &partition.arn("root")),
            ],
        );
        assert!(simulated.contains("<EvalDecision>allowed<"), "{simulated}");
    }
}

#[test]
fn arns_of_another_partition_do_not_exist() {
    let mut host = Host::empty();
    let host = &mut host;
    let [aws, china, ..] = &PARTITIONS;
    let (eve, worker) = (("UserName", "eve"), ("RoleName", "worker"));
    china.iam(host, "CreateUser", &[eve]);
    let document = trust(&aws.arn("user/eve"));
    assert_eq!(
        china.error(host, "CreateRole", &[worker, ("AssumeRolePolicyDocument", &document)]),
        "400 MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:user/eve\""
    );
    let policy = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
    assert_eq!(
        china.error(host, "AttachUserPolicy", &[eve, ("PolicyArn", policy)]),
        format!("404 NoSuchEntity: Policy {policy} does not exist or is not attachable.")
    );
    china.iam(host, "CreateOpenIDConnectProvider", &[("Url", "https://idp.example/a")]);
    let provider = aws.arn("oidc-provider/idp.example/a");
    assert_eq!(
        china.error(host, "GetOpenIDConnectProvider", &[("OpenIDConnectProviderArn", &provider)]),
        format!("404 NoSuchEntity: OpenIDConnect Provider not found for arn {provider}")
    );
}
