//! AWS managed policies: those that scenarios and lessons use.

use cognitab_wire::arn::{Arn, Partition};
use cognitab_wire::http;

use crate::arn;
use crate::policy::policy_version::PolicyVersion;

/// Names and statements. Where AWS lists the actions of a service one by one, ours allow all of
/// them.
const POLICIES: &[(&str, &str)] = &[
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

/// An AWS managed policy. Each partition has its own; each policy has one version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AwsManagedPolicy {
    pub(crate) partition: Partition,
    pub(crate) name: &'static str,
    statement: &'static str,
}

impl AwsManagedPolicy {
    /// The policies of a partition.
    pub(crate) fn all(partition: Partition) -> impl Iterator<Item = AwsManagedPolicy> {
        let policy = move |&(name, statement)| AwsManagedPolicy { partition, name, statement };
        POLICIES.iter().map(policy)
    }

    /// The policy of this ARN.
    pub(crate) fn find(arn: &str) -> Option<AwsManagedPolicy> {
        let arn = arn::parse(arn).filter(|arn| arn.account() == "aws")?;
        let name = arn.resource_id("iam", "policy")?;
        AwsManagedPolicy::all(arn.partition()).find(|policy| policy.name == name)
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        let resource = format!("policy/{}", self.name);
        Arn::in_partition(self.partition, "iam", "aws", &resource).to_string()
    }

    /// Its document, as JSON text.
    pub(crate) fn document(&self) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, self.statement)
    }

    /// Its version.
    pub(crate) fn version(&self) -> PolicyVersion {
        PolicyVersion {
            document: Some(http::encode(&self.document())),
            version_id: "v1".to_owned(),
            is_default_version: true,
            create_date: None,
        }
    }
}
