//! AWS managed policies: those that scenarios and lessons use.

use cognitab_wire::http;

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

/// An AWS managed policy. It has one version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AwsManagedPolicy {
    pub(crate) name: &'static str,
    statement: &'static str,
}

impl AwsManagedPolicy {
    /// All AWS managed policies.
    pub(crate) fn all() -> impl Iterator<Item = AwsManagedPolicy> {
        POLICIES.iter().map(|(name, statement)| AwsManagedPolicy { name, statement })
    }

    /// The policy of this ARN.
    pub(crate) fn find(arn: &str) -> Option<AwsManagedPolicy> {
        let name = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
        AwsManagedPolicy::all().find(|policy| policy.name == name)
    }

    /// Its ARN.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy/{}", self.name)
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
