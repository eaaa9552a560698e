//! Managed policies: the account's own, and those of AWS's that the product needs.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::entity::Entity;
use crate::error::Error;
use crate::policy::version::{PolicyVersion, Version};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_kernel::World;

/// AWS's own policies: name and statement. The full documents of the broad ones differ from AWS's
/// in that they name services as a whole.
const AWS: &[(&str, &str)] = &[
    ("AdministratorAccess", r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#),
    (
        "AmazonS3FullAccess",
        r#"{"Effect":"Allow","Action":["s3:*","s3-object-lambda:*"],"Resource":"*"}"#,
    ),
    (
        "AmazonS3ReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}"#,
    ),
    ("AmazonDynamoDBFullAccess", r#"{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}"#),
    (
        "AmazonDynamoDBReadOnlyAccess",
        r#"{"Effect":"Allow","Action":["dynamodb:BatchGetItem","dynamodb:Describe*","dynamodb:List*","dynamodb:GetItem","dynamodb:Query","dynamodb:Scan","dynamodb:PartiQLSelect"],"Resource":"*"}"#,
    ),
    (
        "AmazonCognitoPowerUser",
        r#"{"Effect":"Allow","Action":["cognito-identity:*","cognito-idp:*","cognito-sync:*"],"Resource":"*"}"#,
    ),
    (
        "AmazonCognitoReadOnly",
        r#"{"Effect":"Allow","Action":["cognito-identity:Describe*","cognito-identity:Get*","cognito-identity:List*","cognito-idp:Describe*","cognito-idp:AdminGet*","cognito-idp:AdminList*","cognito-idp:List*","cognito-idp:Get*","cognito-sync:Describe*","cognito-sync:Get*","cognito-sync:List*"],"Resource":"*"}"#,
    ),
    (
        "AmazonCognitoUnAuthedIdentitiesSessionPolicy",
        r#"{"Effect":"Allow","Action":["rum:PutRumEvents","polly:*","comprehend:*","translate:*","transcribe:*","rekognition:*","mobiletargeting:*","firehose:*","personalize:*","sagemaker:InvokeEndpoint","geo:GetMap*","geo:SearchPlaceIndex*","geo:GetPlace","geo:CalculateRoute*","geo:*Geofence","geo:*Geofences","geo:*DevicePosition*","kms:Encrypt","kms:Decrypt","kms:ReEncryptTo","kms:ReEncryptFrom","kms:GenerateDataKey","kms:GenerateDataKeyPair","kms:GenerateDataKeyPairWithoutPlaintext","kms:GenerateDataKeyWithoutPlaintext"],"Resource":"*"}"#,
    ),
];

/// A managed policy of an account.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ManagedPolicy {
    pub(crate) account: String,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    /// The newest first.
    pub(crate) versions: Vec<Version>,
    /// Number of the version that is in effect.
    pub(crate) default: i64,
    /// Number of the newest version there ever was.
    pub(crate) latest: i64,
    pub(crate) description: Option<String>,
}

impl Row for ManagedPolicy {
    const TABLE: &'static str = "iam.policy";
    fn key(&self) -> String {
        format!("{}/{}", self.account, self.name)
    }
}

impl ManagedPolicy {
    /// Its ARN, path included.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{}:policy{}{}", self.account, self.path, self.name)
    }
}

/// A managed policy as IAM shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Policy {
    policy_name: String,
    policy_id: Option<String>,
    arn: String,
    path: String,
    default_version_id: String,
    is_attachable: bool,
    description: Option<String>,
    create_date: Option<Timestamp>,
}

impl Policy {
    /// The policy of this row.
    pub(crate) fn of(policy: &ManagedPolicy) -> Policy {
        Policy {
            policy_name: policy.name.clone(),
            policy_id: Some(policy.id.clone()),
            arn: policy.arn(),
            path: policy.path.clone(),
            default_version_id: format!("v{}", policy.default),
            is_attachable: true,
            description: policy.description.clone(),
            create_date: Some(policy.created),
        }
    }

    fn of_aws(name: &str) -> Policy {
        Policy {
            policy_name: name.to_owned(),
            policy_id: None,
            arn: format!("arn:aws:iam::aws:policy/{name}"),
            path: "/".to_owned(),
            default_version_id: "v1".to_owned(),
            is_attachable: true,
            description: None,
            create_date: None,
        }
    }
}

/// Name and ARN of an attached policy.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachedPolicy {
    policy_name: String,
    policy_arn: String,
}

impl AttachedPolicy {
    /// The policy of this ARN.
    pub(crate) fn of(arn: &str) -> AttachedPolicy {
        let policy_name = arn.rsplit('/').next().unwrap_or_default().to_owned();
        AttachedPolicy { policy_name, policy_arn: arn.to_owned() }
    }
}

fn aws(arn: &str) -> Option<&'static (&'static str, &'static str)> {
    let name = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
    AWS.iter().find(|(n, _)| *n == name)
}

fn own(world: &World, arn: &str) -> Option<ManagedPolicy> {
    let (account, rest) = arn.strip_prefix("arn:aws:iam::")?.split_once(":policy/")?;
    let name = rest.rsplit('/').next().unwrap_or_default();
    world.get(&format!("{account}/{name}")).filter(|p: &ManagedPolicy| p.arn() == arn)
}

/// The document of a managed policy, JSON text.
pub fn text(world: &World, arn: &str) -> Option<String> {
    aws_text(arn).or_else(|| own(world, arn).map(|policy| policy.document().to_owned()))
}

fn aws_text(arn: &str) -> Option<String> {
    aws(arn)
        .map(|(_, statement)| format!("{{\"Version\":\"2012-10-17\",\"Statement\":[{statement}]}}"))
}

/// The account's own policy of this ARN.
pub(crate) fn find(cx: &Cx<'_>, arn: &str) -> Result<ManagedPolicy, Stop> {
    own(&cx.world, arn).ok_or_else(|| Error::PolicyNotFound(arn.to_owned()).into())
}

/// The versions of a managed policy, the newest first.
pub(crate) fn versions(world: &World, arn: &str) -> Option<Vec<PolicyVersion>> {
    let aws = aws_text(arn).map(|text| {
        let document = Some(cognitab_wire::http::encode(&text));
        let (version_id, is_default_version) = ("v1".to_owned(), true);
        vec![PolicyVersion { document, version_id, is_default_version, create_date: None }]
    });
    aws.or_else(|| {
        let policy = own(world, arn)?;
        Some(policy.versions.iter().map(|one| PolicyVersion::of(&policy, one)).collect())
    })
}

/// Refuses a policy that is neither AWS's nor the caller's account's.
pub(crate) fn check_attachable(cx: &Cx<'_>, arn: &str) -> Result<(), Error> {
    let known =
        aws(arn).is_some() || own(&cx.world, arn).is_some_and(|p| p.account == cx.call.account);
    if known { Ok(()) } else { Err(Error::PolicyNotAttachable(arn.to_owned())) }
}

/// The managed policy of this ARN.
pub(crate) fn view(world: &World, arn: &str) -> Option<Policy> {
    let aws = aws(arn).map(|(name, _)| Policy::of_aws(name));
    aws.or_else(|| own(world, arn).map(|policy| Policy::of(&policy)))
}

/// Managed policies of a scope: `All`, `AWS` or `Local`.
pub(crate) fn all(cx: &Cx<'_>, scope: &str) -> Vec<Policy> {
    let aws = AWS.iter().map(|(name, _)| Policy::of_aws(name)).filter(|_| scope != "Local");
    let own = cx.world.scan::<ManagedPolicy>(&format!("{}/", cx.call.account));
    aws.chain(own.filter(|_| scope != "AWS").map(|p| Policy::of(&p))).collect()
}

/// Removes a policy that is attached to nobody.
pub(crate) fn delete(cx: &mut Cx<'_>, arn: &str) -> Result<(), Stop> {
    let policy = find(cx, arn)?;
    let holds =
        |e: Entity| e.attached.iter().any(|a| a == arn) || e.boundary.as_deref() == Some(arn);
    if cx.world.scan::<Entity>(&format!("{}/", cx.call.account)).any(holds) {
        return Err(Error::DeleteConflict("detach this policy from all entities").into());
    }
    if policy.versions.len() > 1 {
        return Err(Error::PolicyHasVersions.into());
    }
    cx.world.remove::<ManagedPolicy>(&policy.key());
    Ok(())
}
