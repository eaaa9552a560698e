//! What guests of the enhanced flow are scoped down to, whatever their role allows
//! (<https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html>).

/// Managed session policy beside the inline one.
pub(crate) const MANAGED: &str =
    "arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy";

/// Inline session policy.
pub(crate) const INLINE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:*","logs:*","dynamodb:*","kinesis:*","mobileanalytics:*","s3:*","ses:*","sns:*","sqs:*","lambda:*","machinelearning:*","execute-api:*","iot:*","gamelift:*","cognito-identity:*","cognito-idp:*","lex:*","polly:*","comprehend:*","translate:*","transcribe:*","rekognition:*","mobiletargeting:*","firehose:*","appsync:*","personalize:*","sagemaker:InvokeEndpoint","cognito-sync:*","codewhisperer:*","textract:DetectDocumentText","textract:AnalyzeDocument","sdb:*"],"Resource":"*"}]}"#;
