//! Requests to S3 with an invalid signature, in the header and in presigned URLs.

use super::Attack;
use super::Form::{S3, S3Url};
use super::{
    add_header, expired_credentials, inactive_key, presigned_beyond_credentials, presigned_for,
    replace_in_signature, send_changed, token_of_another_session,
};

pub(crate) const ATTACKS: &[Attack] = &[
    (
        "S3: another body",
        |l| send_changed(l, S3, 0, |r| r.body = b"a wake".to_vec()),
        "400 XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
    (
        "S3: another key",
        |l| send_changed(l, S3, 0, |r| r.url.push('b')),
        "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ),
    (
        "S3: replayed beyond the skew",
        |l| send_changed(l, S3, 901, |_| {}),
        "403 RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
    ),
    (
        "S3: before the date of its signature",
        |l| send_changed(l, S3, -901, |_| {}),
        "403 RequestTimeTooSkewed",
    ),
    (
        "S3: an additional unsigned header",
        |l| send_changed(l, S3, 0, add_header),
        "403 AccessDenied: There were headers present in the request which were not signed",
    ),
    (
        "S3: unknown key",
        |l| send_changed(l, S3, 0, |r| replace_in_signature(r, "7EXAMPLE", "8EXAMPLE")),
        "403 InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.",
    ),
    (
        "S3: another service's scope",
        |l| send_changed(l, S3, 0, |r| replace_in_signature(r, "/s3/", "/sts/")),
        "400 AuthorizationHeaderMalformed: The authorization header is malformed; incorrect service \"sts\". This endpoint belongs to \"s3\".",
    ),
    (
        "S3: another day's scope",
        |l| send_changed(l, S3, 0, |r| replace_in_signature(r, "/20261123/", "/20261122/")),
        "400 AuthorizationHeaderMalformed: The authorization header is malformed; Invalid credential date \"20261122\". This date is not the same as X-Amz-Date: \"20261123\".",
    ),
    (
        "S3: an incomplete header",
        |l| send_changed(l, S3, 0, |r| replace_in_signature(r, "Signature=", "Sig=")),
        "400 AuthorizationHeaderMalformed: The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.",
    ),
    (
        "S3: a credential of two parts",
        |l| send_changed(l, S3, 0, |r| replace_in_signature(r, "/us-east-1/s3/aws4_request", "")),
        "400 AuthorizationHeaderMalformed: The authorization header is malformed; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
    ),
    (
        "S3: no date",
        |l| send_changed(l, S3, 0, |r| r.headers.retain(|(n, _)| n != "x-amz-date")),
        "403 AccessDenied: AWS authentication requires a valid Date or x-amz-date header",
    ),
    (
        "S3: another algorithm",
        |l| {
            send_changed(l, S3, 0, |r| replace_in_signature(r, "AWS4-HMAC-SHA256", "AWS4-HMAC-MD5"))
        },
        "400 InvalidRequest: The authorization mechanism you have provided is not supported.",
    ),
    ("S3: an inactive key", |l| inactive_key(l, S3), "403 InvalidAccessKeyId"),
    (
        "S3: another session's token",
        |l| token_of_another_session(l, S3),
        "400 InvalidToken: The provided token is malformed or otherwise invalid.",
    ),
    (
        "S3: expired credentials",
        |l| expired_credentials(l, S3),
        "400 ExpiredToken: The provided token has expired.",
    ),
    (
        "S3 URL: expired",
        |l| send_changed(l, S3Url, 901, |_| {}),
        "403 AccessDenied: Request has expired",
    ),
    (
        "S3 URL: a longer expiration",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("Expires=900", "Expires=9000")),
        "403 SignatureDoesNotMatch",
    ),
    (
        "S3 URL: another method",
        |l| send_changed(l, S3Url, 0, |r| r.method = "DELETE".into()),
        "403 SignatureDoesNotMatch",
    ),
    (
        "S3 URL: another object",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("welcome", "farewell")),
        "403 SignatureDoesNotMatch",
    ),
    (
        "S3 URL: an additional unsigned header",
        |l| send_changed(l, S3Url, 0, add_header),
        "403 AccessDenied: There were headers present in the request which were not signed",
    ),
    (
        "S3 URL: more than a week",
        |l| presigned_for(l, 604_801),
        "400 AuthorizationQueryParametersError: X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
    ),
    (
        "S3 URL: a negative expiration",
        |l| presigned_for(l, -1),
        "400 AuthorizationQueryParametersError: X-Amz-Expires must be non-negative",
    ),
    (
        "S3 URL: an expiration that is not a number",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("Expires=900", "Expires=long")),
        "400 AuthorizationQueryParametersError: X-Amz-Expires should be a number",
    ),
    (
        "S3 URL: another service's scope",
        |l| send_changed(l, S3Url, 0, |r| replace_in_signature(r, "/s3/", "/sts/")),
        "400 AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter; incorrect service \"sts\". This endpoint belongs to \"s3\".",
    ),
    (
        "S3 URL: another region's scope",
        |l| send_changed(l, S3Url, 0, |r| replace_in_signature(r, "/us-east-1/", "/eu-west-1/")),
        "403 SignatureDoesNotMatch",
    ),
    (
        "S3 URL: a credential of two parts",
        |l| {
            send_changed(l, S3Url, 0, |r| replace_in_signature(r, "/us-east-1/s3/aws4_request", ""))
        },
        "400 AuthorizationQueryParametersError: Error parsing the X-Amz-Credential parameter; the Credential is mal-formed;",
    ),
    (
        "S3 URL: no signature",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("X-Amz-Signature", "x")),
        "400 AuthorizationQueryParametersError: Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    ),
    (
        "S3 URL: another algorithm",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("HMAC-SHA256", "HMAC-MD5")),
        "400 AuthorizationQueryParametersError: X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
    ),
    (
        "S3 URL: no date",
        |l| send_changed(l, S3Url, 0, |r| r.url = r.url.replace("T073608Z", "")),
        "400 AuthorizationQueryParametersError: X-Amz-Date must be in the ISO8601 Long Format",
    ),
    (
        "S3 URL: expired credentials",
        |l| presigned_beyond_credentials(l),
        "400 ExpiredToken: The provided token has expired.",
    ),
];
