//! The session policies of guests in the enhanced flow
//! (<https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html>).

use cognitab_wire::arn::Arn;

/// The ARN of the managed session policy, in the partition of a region.
pub(crate) fn managed_policy_arn(region: &str) -> String {
    let resource = "policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy";
    Arn::global(region, "iam", "aws", resource).to_string()
}

/// The inline session policy, which permits the services that AWS opens to guests.
pub(crate) const INLINE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:*","logs:*","dynamodb:*","kinesis:*","mobileanalytics:*","s3:*","ses:*","sns:*","sqs:*","lambda:*","machinelearning:*","execute-api:*","iot:*","gamelift:*","cognito-identity:*","cognito-idp:*","lex:*","polly:*","comprehend:*","translate:*","transcribe:*","rekognition:*","mobiletargeting:*","firehose:*","appsync:*","personalize:*","sagemaker:InvokeEndpoint","cognito-sync:*","codewhisperer:*","textract:DetectDocumentText","textract:AnalyzeDocument","sdb:*"],"Resource":"*"}]}"#;
