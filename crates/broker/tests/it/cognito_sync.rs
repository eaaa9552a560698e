//! Cognito Sync through the front door.

use crate::common::{ARCHIVE, Host, STUDIO};
use cognitab_wire::http::{Request, Response, encode};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

/// A pool with one guest.
struct Guest {
    host: Host,
    path: String,
}

impl Guest {
    fn new() -> Guest {
        let mut host = Host::empty();
        let pool = host.admin(
            "cognito-identity.CreateIdentityPool",
            json!({"IdentityPoolName": "photos", "AllowUnauthenticatedIdentities": true}),
        );
        let pool = pool["IdentityPoolId"].as_str().unwrap().to_owned();
        let identity =
            host.public("cognito-identity.GetId", json!({"IdentityPoolId": pool})).unwrap();
        let identity = identity["IdentityId"].as_str().unwrap();
        let path = format!(
            "https://cognito-sync.us-east-1.amazonaws.com/identitypools/{}/identities/{}/datasets",
            encode(&pool),
            encode(identity)
        );
        Guest { host, path }
    }

    fn send(&mut self, key: (&str, &str), method: &str, path: &str, body: &Json) -> Response {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let url = format!("{}{path}", self.path);
        let mut request = Request { method: method.into(), url, headers: Vec::new(), body };
        let credentials = Credentials {
            access_key_id: key.0.into(),
            secret_access_key: key.1.into(),
            session_token: None,
        };
        sigv4::sign(&mut request, &credentials, "us-east-1", "cognito-sync", self.host.now);
        self.host.send(request)
    }

    fn call(&mut self, method: &str, path: &str, body: &Json) -> Result<Json, String> {
        let response = self.send(STUDIO, method, path, body);
        let json: Json = serde_json::from_slice(&response.body).unwrap();
        if response.status < 300 {
            return Ok(json);
        }
        let code = response.header("x-amzn-errortype").unwrap_or_default().trim_end_matches(':');
        let message = json["message"].as_str().unwrap_or_default();
        Err(format!("{} {code}: {message}", response.status))
    }

    fn list(&mut self, since: i64) -> Json {
        self.call("GET", &format!("/profile/records?lastSyncCount={since}"), &Json::Null).unwrap()
    }

    fn update(&mut self, token: &Json, patches: Json) -> Result<Json, String> {
        let body = json!({"SyncSessionToken": token, "RecordPatches": patches});
        self.call("POST", "/profile", &body)
    }
}

fn replace(key: &str, value: &str, count: i64) -> Json {
    json!({"Op": "replace", "Key": key, "Value": value, "SyncCount": count})
}

#[test]
fn two_devices_share_records() {
    let mut guest = Guest::new();
    let empty = guest.list(0);
    assert_eq!(empty["DatasetExists"], false);
    assert_eq!(empty["DatasetSyncCount"], 0);
    let token = empty["SyncSessionToken"].clone();
    let patches = json!([replace("a", "1", 0), replace("b", "2", 0)]);
    let written = guest.update(&token, patches).unwrap();
    assert_eq!(written["Records"][0]["SyncCount"], 1);
    let second = guest.list(0);
    assert_eq!((&second["Count"], &second["DatasetSyncCount"]), (&json!(2), &json!(1)));
    // The other device did not see the first write.
    assert_eq!(
        guest.update(&token, json!([replace("a", "x", 0)])),
        Err("409 ResourceConflictException: Current SyncCount for: a is: 1 not: 0".into())
    );
    let token = second["SyncSessionToken"].clone();
    let removed = json!([{"Op": "remove", "Key": "a", "SyncCount": 1}]);
    let removed = guest.update(&token, removed).unwrap();
    assert_eq!(removed["Records"][0]["SyncCount"], 2);
    assert!(removed["Records"][0].get("Value").is_none());
    let since = guest.list(1);
    assert_eq!((&since["Count"], &since["Records"][0]["Key"]), (&json!(1), &json!("a")));
    let described = guest.call("GET", "/profile", &Json::Null).unwrap();
    assert_eq!(described["Dataset"]["NumRecords"], 1);
    assert_eq!(described["Dataset"]["DataStorage"], 2);
    let path = guest.path.clone();
    guest.path = path.trim_end_matches("/datasets").to_owned();
    let usage = guest.call("GET", "", &Json::Null).unwrap();
    guest.path = path;
    assert_eq!(usage["IdentityUsage"]["DatasetCount"], 1);
    assert_eq!(usage["IdentityUsage"]["DataStorage"], 2);
    let all = guest.call("GET", "", &Json::Null).unwrap();
    assert_eq!((&all["Count"], &all["Datasets"][0]["DatasetName"]), (&json!(1), &json!("profile")));
}

#[test]
fn a_deleted_dataset_is_noticed_by_other_devices() {
    let mut guest = Guest::new();
    let token = guest.list(0)["SyncSessionToken"].clone();
    guest.update(&token, json!([replace("a", "1", 0)])).unwrap();
    assert!(guest.call("DELETE", "/profile", &Json::Null).is_ok());
    let after = guest.list(1);
    assert_eq!(after["DatasetExists"], false);
    assert_eq!(after["DatasetDeletedAfterRequestedSyncCount"], true);
    assert_eq!(
        guest.call("DELETE", "/profile", &Json::Null),
        Err("404 ResourceNotFoundException: Dataset 'profile' not found.".into())
    );
    let token = after["SyncSessionToken"].clone();
    let again = guest.update(&token, json!([replace("a", "1", 0)])).unwrap();
    assert_eq!(again["Records"][0]["SyncCount"], 3);
}

#[test]
fn tokens_and_input_are_checked() {
    let mut guest = Guest::new();
    let token = guest.list(0)["SyncSessionToken"].clone();
    let wrong = "400 InvalidParameterException: SyncSessionToken not valid for these inputs";
    assert_eq!(guest.update(&json!("x"), json!([replace("a", "1", 0)])), Err(wrong.into()));
    let twice = json!([replace("a", "1", 0), replace("a", "2", 0)]);
    assert!(guest.update(&token, twice).unwrap_err().contains("InvalidParameterException"));
    let odd = guest.call("GET", "/a%20b", &Json::Null).unwrap_err();
    assert!(odd.contains("1 validation error detected: Value 'a b' at 'datasetName'"), "{odd}");
    let many = (0..1025).map(|n| replace(&n.to_string(), "", 0)).collect();
    assert!(
        guest.update(&token, Json::Array(many)).unwrap_err().contains("LimitExceededException")
    );
    assert_eq!(guest.list(0)["DatasetExists"], false);
    let foreign = guest.send(ARCHIVE, "GET", "", &Json::Null);
    assert_eq!(foreign.status, 404, "{}", foreign.text());
}
