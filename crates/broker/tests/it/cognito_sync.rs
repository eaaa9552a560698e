//! Amazon Cognito Sync: datasets and records of an identity.

use crate::common::{ARCHIVE, Host, STUDIO, credentials};
use cognitab_wire::http::Response;
use serde_json::{Value as Json, json};

/// An identity pool with one guest identity.
struct Guest {
    host: Host,
    pool: String,
    identity: String,
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
        let identity = identity["IdentityId"].as_str().unwrap().to_owned();
        Guest { host, pool, identity }
    }

    /// Calls an operation for the guest identity.
    fn send(&mut self, key: (&str, &str), operation: &str, mut input: Json) -> Response {
        input["IdentityPoolId"] = json!(self.pool);
        input["IdentityId"] = json!(self.identity);
        let call = format!("cognito-sync.{operation}");
        self.host.operation(Some(&credentials(key)), &call, &input)
    }

    fn call(&mut self, operation: &str, input: Json) -> Result<Json, String> {
        let response = self.send(STUDIO, operation, input);
        let json: Json = serde_json::from_slice(&response.body).unwrap();
        if response.status < 300 {
            return Ok(json);
        }
        let code = response.header("x-amzn-errortype").unwrap_or_default().trim_end_matches(':');
        let message = json["message"].as_str().unwrap_or_default();
        Err(format!("{} {code}: {message}", response.status))
    }

    fn list(&mut self, since: i64) -> Json {
        let input = json!({"DatasetName": "profile", "LastSyncCount": since});
        self.call("ListRecords", input).unwrap()
    }

    fn update(&mut self, token: &Json, patches: Json) -> Result<Json, String> {
        let input = json!({
            "DatasetName": "profile", "SyncSessionToken": token, "RecordPatches": patches,
        });
        self.call("UpdateRecords", input)
    }
}

fn replace(key: &str, value: &str, count: i64) -> Json {
    json!({"Op": "replace", "Key": key, "Value": value, "SyncCount": count})
}

#[test]
fn two_devices_synchronize_records() {
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
    let described = guest.call("DescribeDataset", json!({"DatasetName": "profile"})).unwrap();
    assert_eq!(described["Dataset"]["NumRecords"], 1);
    assert_eq!(described["Dataset"]["DataStorage"], 2);
    let usage = guest.call("DescribeIdentityUsage", json!({})).unwrap();
    assert_eq!(usage["IdentityUsage"]["DatasetCount"], 1);
    assert_eq!(usage["IdentityUsage"]["DataStorage"], 2);
    let all = guest.call("ListDatasets", json!({})).unwrap();
    assert_eq!((&all["Count"], &all["Datasets"][0]["DatasetName"]), (&json!(1), &json!("profile")));
}

#[test]
fn other_devices_see_that_a_dataset_is_deleted() {
    let mut guest = Guest::new();
    let token = guest.list(0)["SyncSessionToken"].clone();
    guest.update(&token, json!([replace("a", "1", 0)])).unwrap();
    assert!(guest.call("DeleteDataset", json!({"DatasetName": "profile"})).is_ok());
    let after = guest.list(1);
    assert_eq!(after["DatasetExists"], false);
    assert_eq!(after["DatasetDeletedAfterRequestedSyncCount"], true);
    assert_eq!(
        guest.call("DeleteDataset", json!({"DatasetName": "profile"})),
        Err("404 ResourceNotFoundException: Dataset 'profile' not found.".into())
    );
    let token = after["SyncSessionToken"].clone();
    let again = guest.update(&token, json!([replace("a", "1", 0)])).unwrap();
    assert_eq!(again["Records"][0]["SyncCount"], 3);
}

#[test]
fn session_tokens_and_input_are_validated() {
    let mut guest = Guest::new();
    let token = guest.list(0)["SyncSessionToken"].clone();
    let wrong = "400 InvalidParameterException: SyncSessionToken not valid for these inputs";
    assert_eq!(guest.update(&json!("x"), json!([replace("a", "1", 0)])), Err(wrong.into()));
    let duplicate_key = json!([replace("a", "1", 0), replace("a", "2", 0)]);
    assert!(guest.update(&token, duplicate_key).unwrap_err().contains("InvalidParameterException"));
    let invalid = guest.call("DescribeDataset", json!({"DatasetName": "a b"})).unwrap_err();
    assert!(
        invalid.contains("1 validation error detected: Value 'a b' at 'datasetName'"),
        "{invalid}"
    );
    let too_many = (0..1025).map(|n| replace(&n.to_string(), "", 0)).collect();
    assert!(
        guest.update(&token, Json::Array(too_many)).unwrap_err().contains("LimitExceededException")
    );
    assert_eq!(guest.list(0)["DatasetExists"], false);
    let other_account = guest.send(ARCHIVE, "ListDatasets", json!({}));
    assert_eq!(other_account.status, 404, "{}", other_account.text());
}
