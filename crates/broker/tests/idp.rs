//! User pools through the broker's one door.
#![cfg(feature = "engine")]

mod common;

use common::Host;

#[test]
fn a_client_that_is_not_there() {
    let mut host = Host::empty();
    let input = serde_json::json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "nobody"});
    assert!(host.public("cognito-idp.InitiateAuth", input).is_err());
}
