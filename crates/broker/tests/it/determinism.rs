//! Determinism: the inputs of many requests to the photo app, handled a second time, give the same
//! responses and the same worlds.

use crate::common::photos::{Ids, credentials, get_id, logins, photo_app, s3, sign_in};
use crate::common::{Host, STUDIO, between, get, post};
use cognitab_broker::{Step, handle};
use cognitab_wire::http::{Request, Url, encode, param};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

const DOMAIN: &str = "https://photos-demo.auth.us-east-1.amazoncognito.com";

fn send_signed(host: &mut Host, key: &Credentials, service: &str, mut request: Request) -> u16 {
    sigv4::sign(&mut request, key, "us-east-1", service, host.now);
    host.send(request).status
}

/// Ana uploads with credentials of the identity pool; a guest is denied.
fn federation(host: &mut Host, ids: &Ids) -> (String, Credentials) {
    let tokens = sign_in(host, ids);
    let login = logins(ids, tokens["IdToken"].as_str().unwrap());
    let id = get_id(host, ids, &login).unwrap();
    let ana = credentials(host, &id, &login).unwrap();
    let guest = get_id(host, ids, &json!({})).unwrap();
    let guest = credentials(host, &guest, &json!({})).unwrap();
    assert_eq!(s3(host, &ana, "PUT", "uploads/lake.jpg", "a lake").status, 200);
    assert_eq!(s3(host, &ana, "GET", "uploads/lake.jpg", "").status, 200);
    assert_eq!(s3(host, &guest, "PUT", "uploads/lake.jpg", "mine").status, 403);
    assert!(get_id(host, ids, &logins(ids, "x")).is_err());
    (id, ana)
}

/// Signs in on the login page and exchanges the authorization code for tokens.
fn pages(host: &mut Host, ids: &Ids) {
    let callback = "https://photos.example/callback";
    let url = format!(
        "{DOMAIN}/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}",
        ids.client,
        encode(callback)
    );
    let login = host.browse("b", get(&url)).header("location").unwrap().to_owned();
    let page = host.browse("b", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let form = [("_csrf", csrf), ("username", "ana"), ("password", "Ana-Photos-1!")];
    let redirect = host.browse("b", post(&login, &form)).header("location").unwrap().to_owned();
    let code = param(&Url::parse(&redirect).params(), "code").unwrap().to_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &*ids.client),
        ("redirect_uri", callback),
        ("code", &code),
    ];
    let tokens = host.send(post(&format!("{DOMAIN}/oauth2/token"), &form));
    let tokens: Json = serde_json::from_slice(&tokens.body).unwrap();
    let mut info = get(&format!("{DOMAIN}/oauth2/userInfo"));
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    info.headers.push(("authorization".into(), bearer));
    assert_eq!(host.send(info).status, 200);
    assert_eq!(host.send(post(&format!("{DOMAIN}/oauth2/token"), &form)).status, 400);
}

fn items(host: &mut Host, owner: &str, key: &Credentials) {
    for (owner, status) in [(owner, 200), ("somebody", 400)] {
        let item = json!({"owner": {"S": owner}, "album": {"S": "Oslo"}});
        let request = Request {
            method: "POST".into(),
            url: "https://dynamodb.us-east-1.amazonaws.com/".into(),
            headers: vec![("x-amz-target".into(), "DynamoDB_20120810.PutItem".into())],
            body: json!({"TableName": "studio-albums", "Item": item}).to_string().into(),
        };
        assert_eq!(send_signed(host, key, "dynamodb", request), status, "{owner}");
    }
}

fn records(host: &mut Host, ids: &Ids, identity: &str) {
    let url = format!(
        "https://cognito-sync.us-east-1.amazonaws.com/identitypools/{}/identities/{}/datasets/profile",
        encode(&ids.identity_pool),
        encode(identity)
    );
    let admin = crate::common::credentials(STUDIO);
    let list = get(&format!("{url}/records"));
    let mut request = list.clone();
    sigv4::sign(&mut request, &admin, "us-east-1", "cognito-sync", host.now);
    let listed: Json = serde_json::from_slice(&host.send(request).body).unwrap();
    let patch = json!({"Op": "replace", "Key": "theme", "Value": "dark", "SyncCount": 0});
    let body = json!({"SyncSessionToken": listed["SyncSessionToken"], "RecordPatches": [patch]});
    let update =
        Request { method: "POST".into(), url, headers: Vec::new(), body: body.to_string().into() };
    assert_eq!(send_signed(host, &admin, "cognito-sync", update), 200);
    assert_eq!(send_signed(host, &admin, "cognito-sync", list), 200);
}

/// A user signs up with a code from the inbox; a new user pool needs keys from the host; a new IAM
/// user.
fn accounts(host: &mut Host, ids: &Ids) {
    let attributes = json!([{"Name": "email", "Value": "eve@photos.example"}]);
    let input = json!({"ClientId": ids.client, "Username": "eve", "Password": "Eve-Photos-1!", "UserAttributes": attributes});
    host.public("cognito-idp.SignUp", input).unwrap();
    let code = host.code();
    for (code, valid) in [("000000", false), (&*code, true)] {
        let input = json!({"ClientId": ids.client, "Username": "eve", "ConfirmationCode": code});
        assert_eq!(host.public("cognito-idp.ConfirmSignUp", input).is_ok(), valid, "{code}");
    }
    host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "second"}));
    let admin = crate::common::credentials(STUDIO);
    assert_eq!(host.query(&admin, "iam.CreateUser", &[("UserName", "eve")]).status, 200);
    assert_eq!(host.query(&admin, "iam.CreateAccessKey", &[("UserName", "eve")]).status, 200);
    let forged = crate::common::credentials((STUDIO.0, "another secret"));
    assert_eq!(host.query(&forged, "sts.GetCallerIdentity", &[]).status, 403);
}

fn requests_of_a_day() -> Host {
    let (mut host, ids) = photo_app();
    let (identity, ana) = federation(&mut host, &ids);
    pages(&mut host, &ids);
    items(&mut host, &identity, &ana);
    records(&mut host, &ids, &identity);
    accounts(&mut host, &ids);
    host.wait(3601);
    assert_eq!(s3(&mut host, &ana, "GET", "uploads/lake.jpg", "").status, 400);
    let clock = Request {
        method: "POST".into(),
        body: br#"{"advance":86400}"#.to_vec(),
        ..get("https://cognitab.invalid/_cognitab/clock")
    };
    assert_eq!(host.send(clock).status, 200);
    sign_in(&mut host, &ids);
    host.events();
    host
}

#[test]
fn the_same_inputs_give_the_same_responses_and_worlds() {
    let host = requests_of_a_day();
    assert!(host.steps.len() > 30, "{} steps", host.steps.len());
    let mut world = crate::common::world("photo-app");
    for (number, (input, response, after)) in host.steps.into_iter().enumerate() {
        let call = format!("step {number}: {} {}", input.request.method, input.request.url);
        let Step::Done(done) = handle(&world, &input) else { panic!("{call} asks again") };
        let done = crate::common::with_signatures(*done);
        assert_eq!(done.response, response, "{call}");
        // The worlds include the events.
        let changed: Vec<String> = after.diff(&done.world).into_iter().map(|w| w.table).collect();
        assert_eq!(changed, [""; 0], "{call}");
        assert!(done.world == after, "{call}");
        world = done.world;
    }
}
