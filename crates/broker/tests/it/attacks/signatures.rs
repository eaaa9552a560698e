//! Requests with an invalid signature, in every form of signing.

pub(crate) mod s3;

use cognitab_wire::http::{Request, encode};
use cognitab_wire::sigv4::{self, Authorization, Credentials};
use cognitab_wire::time;

use super::{Attack, Lab};
use crate::common::photos::{credentials, get_id};
use crate::common::{self, Host, STUDIO, credentials_in, error_summary};

/// How a request is signed, and for which protocol.
#[derive(Clone, Copy, Debug)]
enum Form {
    Query,
    Json,
    Dynamo,
    Sync,
    S3,
    QueryUrl,
    S3Url,
}
use Form::{Dynamo, Json, Query, QueryUrl, S3, S3Url, Sync};

const FORMS: [Form; 7] = [Query, Json, Dynamo, Sync, S3, QueryUrl, S3Url];

/// A valid request before it is signed, and its service.
fn unsigned_request(form: Form, ids: &common::photos::Ids) -> (&'static str, Request) {
    let target = |name: &str| vec![("x-amz-target".to_owned(), name.to_owned())];
    let (service, method, path, headers, body) = match form {
        Query => return ("sts", crate::common::query("sts", "GetCallerIdentity", &[])),
        Json => {
            let headers = target("AWSCognitoIdentityProviderService.ListUserPools");
            ("cognito-idp", "POST", String::new(), headers, r#"{"MaxResults":1}"#)
        }
        Dynamo => ("dynamodb", "POST", String::new(), target("DynamoDB_20120810.ListTables"), "{}"),
        Sync => {
            let pool = encode(&ids.identity_pool);
            let path = format!("identitypools/{pool}/identities/{pool}/datasets");
            ("cognito-sync", "GET", path, Vec::new(), "")
        }
        S3 => ("s3", "PUT", "studio-photos/uploads/a".to_owned(), Vec::new(), "a lake"),
        S3Url => ("s3", "GET", "studio-photos/public/welcome.txt".to_owned(), Vec::new(), ""),
        QueryUrl => {
            let path = "?Action=GetCallerIdentity&Version=2011-06-15".to_owned();
            ("sts", "GET", path, Vec::new(), "")
        }
    };
    let url = format!("https://{service}.us-east-1.amazonaws.com/{path}");
    (service, Request { method: method.into(), url, headers, body: body.into() })
}

fn signed(form: Form, lab: &Lab, key: &Credentials) -> Request {
    let (service, mut request) = unsigned_request(form, &lab.ids);
    match form {
        QueryUrl | S3Url => presign(&mut request, key, service, 900, lab.host.now),
        _ => sigv4::sign(&mut request, key, "us-east-1", service, lab.host.now),
    }
    request
}

/// Presigns a URL that is valid for `seconds`.
fn presign(request: &mut Request, key: &Credentials, service: &str, seconds: i64, now: i64) {
    let amz_date = time::amz(now);
    let mut authorization = Authorization {
        access_key_id: key.access_key_id.clone(),
        date: amz_date.chars().take(8).collect(),
        region: "us-east-1".into(),
        service: service.into(),
        signed_headers: vec!["host".into()],
        signature: String::new(),
        amz_date: amz_date.clone(),
        session_token: key.session_token.clone(),
        expires: Some(seconds),
    };
    let credential = encode(&format!("{}/{}", key.access_key_id, authorization.scope()));
    let join = if request.url.contains('?') { '&' } else { '?' };
    request.url.push_str(&format!("{join}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={amz_date}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host"));
    if let Some(token) = &key.session_token {
        request.url.push_str(&format!("&X-Amz-Security-Token={}", encode(token)));
    }
    let canonical = sigv4::canonical_request(request, &authorization);
    let to_sign = sigv4::string_to_sign(&authorization, &canonical);
    authorization.signature = sigv4::signature(&key.secret_access_key, &authorization, &to_sign);
    request.url.push_str(&format!("&X-Amz-Signature={}", authorization.signature));
}

/// Changes a valid signed request, and sends it `later` seconds later.
fn send_changed(lab: &mut Lab, form: Form, later: i64, change: fn(&mut Request)) -> String {
    send_changed_with(lab, form, &crate::common::credentials(STUDIO), later, change)
}

fn send_changed_with(
    lab: &mut Lab,
    form: Form,
    key: &Credentials,
    later: i64,
    change: fn(&mut Request),
) -> String {
    let mut request = signed(form, lab, key);
    change(&mut request);
    lab.host.wait(later);
    error_summary(&lab.host.send(request))
}

/// Replaces text in the signature, in the URL or the `authorization` header.
fn replace_in_signature(request: &mut Request, from: &str, to: &str) {
    request.url = request.url.replace(&encode(from), &encode(to));
    for (_, value) in request.headers.iter_mut().filter(|(n, _)| n == "authorization") {
        *value = value.replace(from, to);
    }
}

fn remove_signature(request: &mut Request) {
    request.headers.retain(|(name, _)| name != "authorization");
}

fn add_header(request: &mut Request) {
    request.headers.push(("x-amz-meta-owner".into(), "mallory".into()));
}

/// Ana's temporary credentials.
fn session_credentials(lab: &mut Lab) -> Credentials {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    credentials(&mut lab.host, &id, &logins).unwrap()
}

fn token_of_another_session(lab: &mut Lab, form: Form) -> String {
    let first = session_credentials(lab);
    let second = session_credentials(lab);
    let mixed = Credentials { session_token: second.session_token, ..first };
    send_changed_with(lab, form, &mixed, 0, |_| {})
}

fn no_session_token(lab: &mut Lab, form: Form) -> String {
    let key = Credentials { session_token: None, ..session_credentials(lab) };
    send_changed_with(lab, form, &key, 0, |_| {})
}

fn expired_credentials(lab: &mut Lab, form: Form) -> String {
    let key = session_credentials(lab);
    lab.host.wait(3601);
    send_changed_with(lab, form, &key, 0, |_| {})
}

fn inactive_key(lab: &mut Lab, form: Form) -> String {
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(lab.host.query(&admin, "iam.CreateUser", &[("UserName", "eve")]).status, 200);
    let key =
        credentials_in(&lab.host.query(&admin, "iam.CreateAccessKey", &[("UserName", "eve")]));
    let off = [("UserName", "eve"), ("AccessKeyId", &*key.access_key_id), ("Status", "Inactive")];
    assert_eq!(lab.host.query(&admin, "iam.UpdateAccessKey", &off).status, 200);
    send_changed_with(lab, form, &key, 0, |_| {})
}

fn presigned_for(lab: &mut Lab, seconds: i64) -> String {
    let (service, mut request) = unsigned_request(S3Url, &lab.ids);
    presign(&mut request, &crate::common::credentials(STUDIO), service, seconds, lab.host.now);
    error_summary(&lab.host.send(request))
}

/// The attacks are repeated for each form: error codes and messages depend on the protocol.
pub(crate) const ATTACKS: &[Attack] = &[
    (
        "query: unsigned",
        |l| send_changed(l, Query, 0, remove_signature),
        "403 MissingAuthenticationToken: Request is missing Authentication Token",
    ),
    (
        "query: another body",
        |l| send_changed(l, Query, 0, |r| r.body.extend(b"&x=1")),
        "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    ),
    (
        "query: another host",
        |l| {
            send_changed(l, Query, 0, |r| {
                r.headers.push(("host".into(), "sts.us-west-2.amazonaws.com".into()))
            })
        },
        "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'us-east-1'. ",
    ),
    (
        "query: replayed beyond the skew",
        |l| send_changed(l, Query, 301, |_| {}),
        "403 SignatureDoesNotMatch: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T074109Z - 5 min.)",
    ),
    (
        "query: before the date of its signature",
        |l| send_changed(l, Query, -301, |_| {}),
        "403 SignatureDoesNotMatch: Signature not yet current: 20261123T073608Z is still later than 20261123T073607Z (20261123T073107Z + 5 min.)",
    ),
    (
        "query: an additional unsigned header",
        |l| send_changed(l, Query, 0, add_header),
        "400 IncompleteSignature: 'x-amz-meta-owner' must be a 'SignedHeader' in the AWS Authorization.",
    ),
    (
        "query: unknown key",
        |l| send_changed(l, Query, 0, |r| replace_in_signature(r, "7EXAMPLE", "8EXAMPLE")),
        "403 InvalidClientTokenId: The security token included in the request is invalid.",
    ),
    (
        "query: another service's scope",
        |l| send_changed(l, Query, 0, |r| replace_in_signature(r, "/sts/", "/iam/")),
        "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. ",
    ),
    (
        "query: another region's scope",
        |l| send_changed(l, Query, 0, |r| replace_in_signature(r, "/us-east-1/", "/eu-west-1/")),
        "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'eu-west-1'. ",
    ),
    (
        "query: another day's scope",
        |l| send_changed(l, Query, 0, |r| replace_in_signature(r, "/20261123/", "/20261122/")),
        "403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261122' != '20261123', from '20261123T073608Z'.",
    ),
    (
        "query: an incomplete header",
        |l| send_changed(l, Query, 0, |r| replace_in_signature(r, "Signature=", "Sig=")),
        "400 IncompleteSignature: Authorization header requires 'Signature' parameter. ",
    ),
    (
        "query: an inactive key",
        |l| inactive_key(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: another session's token",
        |l| token_of_another_session(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: no session token",
        |l| no_session_token(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: expired credentials",
        |l| expired_credentials(l, Query),
        "403 ExpiredToken: The security token included in the request is expired",
    ),
    (
        "query: an unsigned payload",
        |l| unsigned_payload(l),
        "403 SignatureDoesNotMatch: The request signature",
    ),
    (
        "query URL: an additional unsigned header",
        |l| send_changed(l, QueryUrl, 0, add_header),
        "400 IncompleteSignature: 'x-amz-meta-owner' must be a 'SignedHeader'",
    ),
    (
        "query URL: expired",
        |l| send_changed(l, QueryUrl, 901, |_| {}),
        "403 SignatureDoesNotMatch: Signature expired",
    ),
    (
        "query URL: another operation",
        |l| {
            send_changed(l, QueryUrl, 0, |r| {
                r.url = r.url.replace("GetCallerIdentity", "GetSessionToken&x=GetCallerIdentity")
            })
        },
        "400 InvalidAction",
    ),
    (
        "JSON: unsigned",
        |l| send_changed(l, Json, 0, remove_signature),
        "400 MissingAuthenticationTokenException: Missing Authentication Token",
    ),
    (
        "JSON: another body",
        |l| send_changed(l, Json, 0, |r| r.body.push(b' ')),
        "400 InvalidSignatureException: The request signature we calculated",
    ),
    (
        "JSON: replayed beyond the skew",
        |l| send_changed(l, Json, 301, |_| {}),
        "400 InvalidSignatureException: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T074109Z - 5 min.)",
    ),
    (
        "JSON: before the date of its signature",
        |l| send_changed(l, Json, -301, |_| {}),
        "400 InvalidSignatureException: Signature not yet current",
    ),
    (
        "JSON: an additional unsigned header",
        |l| send_changed(l, Json, 0, add_header),
        "400 IncompleteSignatureException: 'x-amz-meta-owner' must be a 'SignedHeader'",
    ),
    (
        "JSON: unknown key",
        |l| send_changed(l, Json, 0, |r| replace_in_signature(r, "7EXAMPLE", "8EXAMPLE")),
        "400 UnrecognizedClientException: The security token included in the request is invalid.",
    ),
    (
        "JSON: another service's scope",
        |l| send_changed(l, Json, 0, |r| replace_in_signature(r, "/cognito-idp/", "/sts/")),
        "400 InvalidSignatureException: Credential should be scoped to correct service: 'cognito-idp'. ",
    ),
    (
        "JSON: another region's scope",
        |l| send_changed(l, Json, 0, |r| replace_in_signature(r, "/us-east-1/", "/eu-west-1/")),
        "400 InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'. ",
    ),
    (
        "JSON: an incomplete header",
        |l| send_changed(l, Json, 0, |r| replace_in_signature(r, "Credential=", "Cred=")),
        "400 IncompleteSignatureException: Authorization header requires 'Credential' parameter. ",
    ),
    (
        "JSON: no date",
        |l| send_changed(l, Json, 0, |r| r.headers.retain(|(n, _)| n != "x-amz-date")),
        "400 IncompleteSignatureException: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    ),
    ("JSON: an inactive key", |l| inactive_key(l, Json), "400 UnrecognizedClientException"),
    (
        "JSON: another session's token",
        |l| token_of_another_session(l, Json),
        "400 UnrecognizedClientException",
    ),
    (
        "JSON: expired credentials",
        |l| expired_credentials(l, Json),
        "400 ExpiredTokenException: The security token included in the request is expired",
    ),
    (
        "DynamoDB: unsigned",
        |l| send_changed(l, Dynamo, 0, remove_signature),
        "400 MissingAuthenticationTokenException: Request is missing Authentication Token",
    ),
    (
        "DynamoDB: replayed beyond the skew",
        |l| send_changed(l, Dynamo, 901, |_| {}),
        "400 InvalidSignatureException: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T075109Z - 15 min.)",
    ),
    (
        "sync: unsigned",
        |l| send_changed(l, Sync, 0, remove_signature),
        "403 MissingAuthenticationTokenException",
    ),
    (
        "sync: another path",
        |l| {
            send_changed(l, Sync, 0, |r| {
                r.url = r.url.replace("/identities/us-east-1", "/identities/us-west-1")
            })
        },
        "403 InvalidSignatureException: The request signature",
    ),
    (
        "sync: an unknown key",
        |l| send_changed(l, Sync, 0, |r| replace_in_signature(r, "7EXAMPLE", "8EXAMPLE")),
        "403 UnrecognizedClientException",
    ),
];

/// Only S3 accepts an unsigned payload.
fn unsigned_payload(lab: &mut Lab) -> String {
    let (service, mut request) = unsigned_request(Query, &lab.ids);
    request.headers.push(("x-amz-content-sha256".into(), sigv4::UNSIGNED_PAYLOAD.into()));
    sigv4::sign(
        &mut request,
        &crate::common::credentials(STUDIO),
        "us-east-1",
        service,
        lab.host.now,
    );
    error_summary(&lab.host.send(request))
}

/// A presigned URL expires with the credentials that signed it.
fn presigned_beyond_credentials(lab: &mut Lab) -> String {
    let key = session_credentials(lab);
    let (service, mut request) = unsigned_request(S3Url, &lab.ids);
    presign(&mut request, &key, service, 86_400, lab.host.now);
    lab.host.wait(3601);
    error_summary(&lab.host.send(request))
}

#[test]
fn valid_requests_succeed() {
    for form in FORMS {
        let mut lab = Lab::open();
        let request = signed(form, &lab, &crate::common::credentials(STUDIO));
        let response = lab.host.send(request);
        // The identity in the Sync request does not exist, but the signature is valid.
        let status = if matches!(form, Sync) { 404 } else { 200 };
        assert_eq!(response.status, status, "{form:?}: {}", response.text());
    }
}

#[test]
fn the_global_endpoint_of_sts_is_in_us_east_1() {
    for (region, status) in [("us-east-1", 200), ("eu-west-1", 403)] {
        let mut host = Host::empty();
        let mut request = crate::common::query("sts", "GetCallerIdentity", &[]);
        request.url = "https://sts.amazonaws.com/".into();
        sigv4::sign(&mut request, &crate::common::credentials(STUDIO), region, "sts", host.now);
        assert_eq!(host.send(request).status, status, "{region}");
    }
}

/// A real access key of AWS, used by mistake, is refused and is not stored in the log.
#[test]
fn a_live_key_is_not_stored() {
    const ID: &str = "ASIAQWERTYUIOPASDFGH";
    for form in FORMS {
        let mut lab = Lab::open();
        let live = Credentials {
            access_key_id: ID.into(),
            secret_access_key: "a".repeat(40),
            session_token: Some("a-live-token".into()),
        };
        let request = signed(form, &lab, &live);
        let error = error_summary(&lab.host.send(request));
        assert!(error.starts_with('4'), "{form:?}: {error}");
        let event = lab.host.events().pop().unwrap();
        let text = event.to_string();
        assert!(!text.contains(ID) && !text.contains("a-live-token"), "{form:?}: {text}");
        let note = event["ladder"].as_array().unwrap().last().unwrap()["note"].as_str().unwrap();
        assert!(note.contains("live AWS key"), "{form:?}: {note}");
    }
    // A key that IAM created here stays readable, even in the event that deletes it.
    let mut host = Host::empty();
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(host.query(&admin, "iam.CreateUser", &[("UserName", "eve")]).status, 200);
    let key = credentials_in(&host.query(&admin, "iam.CreateAccessKey", &[("UserName", "eve")]));
    let delete = [("UserName", "eve"), ("AccessKeyId", &*key.access_key_id)];
    assert_eq!(host.query(&admin, "iam.DeleteAccessKey", &delete).status, 200);
    assert!(host.events().pop().unwrap().to_string().contains(&key.access_key_id));
}
