//! The gate: requests whose signature does not hold, in every form that a signature has.

pub(crate) mod s3;

use cognitab_wire::http::{Request, encode};
use cognitab_wire::sigv4::{self, Authorization, Credentials};
use cognitab_wire::time;

use super::{Attack, Lab};
use crate::common::photos::{credentials, get_id};
use crate::common::{self, Host, STUDIO, credentials_in, error_summary};

/// Where and how a request is signed.
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

/// An honest request before it is signed, and the service that it is for.
fn plain(form: Form, ids: &common::photos::Ids) -> (&'static str, Request) {
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
    let (service, mut request) = plain(form, &lab.ids);
    match form {
        QueryUrl | S3Url => presign(&mut request, key, service, 900, lab.host.now),
        _ => sigv4::sign(&mut request, key, "us-east-1", service, lab.host.now),
    }
    request
}

/// Signs in the query, for so many seconds.
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

/// An honest request, changed, and sent so many seconds later.
fn altered(lab: &mut Lab, form: Form, later: i64, change: fn(&mut Request)) -> String {
    with_key(lab, form, &crate::common::credentials(STUDIO), later, change)
}

fn with_key(
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

/// Replaces text in the signature, wherever it stands.
fn swap(request: &mut Request, from: &str, to: &str) {
    request.url = request.url.replace(&encode(from), &encode(to));
    for (_, value) in request.headers.iter_mut().filter(|(n, _)| n == "authorization") {
        *value = value.replace(from, to);
    }
}

fn unsign(request: &mut Request) {
    request.headers.retain(|(name, _)| name != "authorization");
}

fn slip(request: &mut Request) {
    request.headers.push(("x-amz-meta-owner".into(), "mallory".into()));
}

/// Ana's temporary credentials.
fn session(lab: &mut Lab) -> Credentials {
    let logins = lab.logins();
    let id = get_id(&mut lab.host, &lab.ids, &logins).unwrap();
    credentials(&mut lab.host, &id, &logins).unwrap()
}

fn borrowed_token(lab: &mut Lab, form: Form) -> String {
    let first = session(lab);
    let second = session(lab);
    let mixed = Credentials { session_token: second.session_token, ..first };
    with_key(lab, form, &mixed, 0, |_| {})
}

fn without_token(lab: &mut Lab, form: Form) -> String {
    let key = Credentials { session_token: None, ..session(lab) };
    with_key(lab, form, &key, 0, |_| {})
}

fn expired(lab: &mut Lab, form: Form) -> String {
    let key = session(lab);
    lab.host.wait(3601);
    with_key(lab, form, &key, 0, |_| {})
}

fn switched_off(lab: &mut Lab, form: Form) -> String {
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(lab.host.query(&admin, "iam.CreateUser", &[("UserName", "eve")]).status, 200);
    let key =
        credentials_in(&lab.host.query(&admin, "iam.CreateAccessKey", &[("UserName", "eve")]));
    let off = [("UserName", "eve"), ("AccessKeyId", &*key.access_key_id), ("Status", "Inactive")];
    assert_eq!(lab.host.query(&admin, "iam.UpdateAccessKey", &off).status, 200);
    with_key(lab, form, &key, 0, |_| {})
}

fn for_seconds(lab: &mut Lab, seconds: i64) -> String {
    let (service, mut request) = plain(S3Url, &lab.ids);
    presign(&mut request, &crate::common::credentials(STUDIO), service, seconds, lab.host.now);
    error_summary(&lab.host.send(request))
}

/// What the forms share is spelt out for each: code and words differ by protocol.
pub(crate) const ATTACKS: &[Attack] = &[
    (
        "query: unsigned",
        |l| altered(l, Query, 0, unsign),
        "403 MissingAuthenticationToken: Request is missing Authentication Token",
    ),
    (
        "query: another body",
        |l| altered(l, Query, 0, |r| r.body.extend(b"&x=1")),
        "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    ),
    (
        "query: another host",
        |l| {
            altered(l, Query, 0, |r| {
                r.headers.push(("host".into(), "sts.us-west-2.amazonaws.com".into()))
            })
        },
        "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'us-east-1'. ",
    ),
    (
        "query: replayed beyond the skew",
        |l| altered(l, Query, 301, |_| {}),
        "403 SignatureDoesNotMatch: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T074109Z - 5 min.)",
    ),
    (
        "query: from the future",
        |l| altered(l, Query, -301, |_| {}),
        "403 SignatureDoesNotMatch: Signature not yet current: 20261123T073608Z is still later than 20261123T073607Z (20261123T073107Z + 5 min.)",
    ),
    (
        "query: a header slipped in",
        |l| altered(l, Query, 0, slip),
        "400 IncompleteSignature: 'x-amz-meta-owner' must be a 'SignedHeader' in the AWS Authorization.",
    ),
    (
        "query: unknown key",
        |l| altered(l, Query, 0, |r| swap(r, "7EXAMPLE", "8EXAMPLE")),
        "403 InvalidClientTokenId: The security token included in the request is invalid.",
    ),
    (
        "query: another service's scope",
        |l| altered(l, Query, 0, |r| swap(r, "/sts/", "/iam/")),
        "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'. ",
    ),
    (
        "query: another region's scope",
        |l| altered(l, Query, 0, |r| swap(r, "/us-east-1/", "/eu-west-1/")),
        "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'eu-west-1'. ",
    ),
    (
        "query: another day's scope",
        |l| altered(l, Query, 0, |r| swap(r, "/20261123/", "/20261122/")),
        "403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261122' != '20261123', from '20261123T073608Z'.",
    ),
    (
        "query: half a header",
        |l| altered(l, Query, 0, |r| swap(r, "Signature=", "Sig=")),
        "400 IncompleteSignature: Authorization header requires 'Signature' parameter. ",
    ),
    (
        "query: a key switched off",
        |l| switched_off(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: another session's token",
        |l| borrowed_token(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: no session token",
        |l| without_token(l, Query),
        "403 InvalidClientTokenId: The security token",
    ),
    (
        "query: expired credentials",
        |l| expired(l, Query),
        "403 ExpiredToken: The security token included in the request is expired",
    ),
    (
        "query: an unsigned payload",
        |l| unsigned_payload(l),
        "403 SignatureDoesNotMatch: The request signature",
    ),
    (
        "query URL: a header slipped in",
        |l| altered(l, QueryUrl, 0, slip),
        "400 IncompleteSignature: 'x-amz-meta-owner' must be a 'SignedHeader'",
    ),
    (
        "query URL: past its time",
        |l| altered(l, QueryUrl, 901, |_| {}),
        "403 SignatureDoesNotMatch: Signature expired",
    ),
    (
        "query URL: another operation",
        |l| {
            altered(l, QueryUrl, 0, |r| {
                r.url = r.url.replace("GetCallerIdentity", "GetSessionToken&x=GetCallerIdentity")
            })
        },
        "400 InvalidAction",
    ),
    (
        "JSON: unsigned",
        |l| altered(l, Json, 0, unsign),
        "400 MissingAuthenticationTokenException: Missing Authentication Token",
    ),
    (
        "JSON: another body",
        |l| altered(l, Json, 0, |r| r.body.push(b' ')),
        "400 InvalidSignatureException: The request signature we calculated",
    ),
    (
        "JSON: replayed beyond the skew",
        |l| altered(l, Json, 301, |_| {}),
        "400 InvalidSignatureException: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T074109Z - 5 min.)",
    ),
    (
        "JSON: from the future",
        |l| altered(l, Json, -301, |_| {}),
        "400 InvalidSignatureException: Signature not yet current",
    ),
    (
        "JSON: a header slipped in",
        |l| altered(l, Json, 0, slip),
        "400 IncompleteSignatureException: 'x-amz-meta-owner' must be a 'SignedHeader'",
    ),
    (
        "JSON: unknown key",
        |l| altered(l, Json, 0, |r| swap(r, "7EXAMPLE", "8EXAMPLE")),
        "400 UnrecognizedClientException: The security token included in the request is invalid.",
    ),
    (
        "JSON: another service's scope",
        |l| altered(l, Json, 0, |r| swap(r, "/cognito-idp/", "/sts/")),
        "400 InvalidSignatureException: Credential should be scoped to correct service: 'cognito-idp'. ",
    ),
    (
        "JSON: another region's scope",
        |l| altered(l, Json, 0, |r| swap(r, "/us-east-1/", "/eu-west-1/")),
        "400 InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'. ",
    ),
    (
        "JSON: half a header",
        |l| altered(l, Json, 0, |r| swap(r, "Credential=", "Cred=")),
        "400 IncompleteSignatureException: Authorization header requires 'Credential' parameter. ",
    ),
    (
        "JSON: no date",
        |l| altered(l, Json, 0, |r| r.headers.retain(|(n, _)| n != "x-amz-date")),
        "400 IncompleteSignatureException: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    ),
    ("JSON: a key switched off", |l| switched_off(l, Json), "400 UnrecognizedClientException"),
    (
        "JSON: another session's token",
        |l| borrowed_token(l, Json),
        "400 UnrecognizedClientException",
    ),
    (
        "JSON: expired credentials",
        |l| expired(l, Json),
        "400 ExpiredTokenException: The security token included in the request is expired",
    ),
    (
        "DynamoDB: unsigned",
        |l| altered(l, Dynamo, 0, unsign),
        "400 MissingAuthenticationTokenException: Request is missing Authentication Token",
    ),
    (
        "DynamoDB: replayed beyond the skew",
        |l| altered(l, Dynamo, 901, |_| {}),
        "400 InvalidSignatureException: Signature expired: 20261123T073608Z is now earlier than 20261123T073609Z (20261123T075109Z - 15 min.)",
    ),
    ("sync: unsigned", |l| altered(l, Sync, 0, unsign), "403 MissingAuthenticationTokenException"),
    (
        "sync: another path",
        |l| {
            altered(l, Sync, 0, |r| {
                r.url = r.url.replace("/identities/us-east-1", "/identities/us-west-1")
            })
        },
        "403 InvalidSignatureException: The request signature",
    ),
    (
        "sync: an unknown key",
        |l| altered(l, Sync, 0, |r| swap(r, "7EXAMPLE", "8EXAMPLE")),
        "403 UnrecognizedClientException",
    ),
];

/// Only S3 takes a body that is not signed.
fn unsigned_payload(lab: &mut Lab) -> String {
    let (service, mut request) = plain(Query, &lab.ids);
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

/// A presigned URL dies with the credentials that signed it.
fn outlived(lab: &mut Lab) -> String {
    let key = session(lab);
    let (service, mut request) = plain(S3Url, &lab.ids);
    presign(&mut request, &key, service, 86_400, lab.host.now);
    lab.host.wait(3601);
    error_summary(&lab.host.send(request))
}

#[test]
fn honest_requests_pass() {
    for form in FORMS {
        let mut lab = Lab::open();
        let request = signed(form, &lab, &crate::common::credentials(STUDIO));
        let heard = lab.host.send(request);
        // Nobody has the identity that the sync request names: the gate is behind it all the same.
        let status = if matches!(form, Sync) { 404 } else { 200 };
        assert_eq!(heard.status, status, "{form:?}: {}", heard.text());
    }
}

#[test]
fn the_global_host_of_sts_belongs_to_us_east_1() {
    for (region, status) in [("us-east-1", 200), ("eu-west-1", 403)] {
        let mut host = Host::empty();
        let mut request = crate::common::query("sts", "GetCallerIdentity", &[]);
        request.url = "https://sts.amazonaws.com/".into();
        sigv4::sign(&mut request, &crate::common::credentials(STUDIO), region, "sts", host.now);
        assert_eq!(host.send(request).status, status, "{region}");
    }
}

/// Somebody's real key ends up here by mistake: it is refused, and the log does not keep it.
#[test]
fn a_live_key_does_not_stay() {
    const ID: &str = "ASIAQWERTYUIOPASDFGH";
    for form in FORMS {
        let mut lab = Lab::open();
        let live = Credentials {
            access_key_id: ID.into(),
            secret_access_key: "a".repeat(40),
            session_token: Some("a-live-token".into()),
        };
        let request = signed(form, &lab, &live);
        let heard = error_summary(&lab.host.send(request));
        assert!(heard.starts_with('4'), "{form:?}: {heard}");
        let event = lab.host.events().pop().unwrap();
        let text = event.to_string();
        assert!(!text.contains(ID) && !text.contains("a-live-token"), "{form:?}: {text}");
        let note = event["ladder"].as_array().unwrap().last().unwrap()["note"].as_str().unwrap();
        assert!(note.contains("live AWS key"), "{form:?}: {note}");
    }
    // What was given out here stays readable, even in the event that takes it back.
    let mut host = Host::empty();
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(host.query(&admin, "iam.CreateUser", &[("UserName", "eve")]).status, 200);
    let key = credentials_in(&host.query(&admin, "iam.CreateAccessKey", &[("UserName", "eve")]));
    let gone = [("UserName", "eve"), ("AccessKeyId", &*key.access_key_id)];
    assert_eq!(host.query(&admin, "iam.DeleteAccessKey", &gone).status, 200);
    assert!(host.events().pop().unwrap().to_string().contains(&key.access_key_id));
}
