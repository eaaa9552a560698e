//! Lookup of users by their aliases: email address, phone number, preferred user name and `sub`.

use crate::common::{Host, STUDIO, get};
use serde_json::{Value as Json, json};

/// A user pool in which verified email addresses and preferred user names are aliases.
fn pool(host: &mut Host) -> Json {
    let input = json!({"PoolName": "photos", "AliasAttributes": ["email", "preferred_username"]});
    host.admin("cognito-idp.CreateUserPool", input)["UserPool"]["Id"].clone()
}

fn create(host: &mut Host, pool: &Json, name: &str, email: &str, verified: &str) -> Json {
    let attributes = json!([
        {"Name": "email", "Value": email}, {"Name": "email_verified", "Value": verified},
    ]);
    let input = json!({
        "UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS",
        "UserAttributes": attributes,
    });
    let attributes = host.admin("cognito-idp.AdminCreateUser", input)["User"]["Attributes"].clone();
    let sub = attributes.as_array().unwrap().iter().find(|a| a["Name"] == "sub").unwrap();
    sub["Value"].clone()
}

fn set(host: &mut Host, pool: &Json, name: &str, attribute: &str, value: &str) {
    let input = json!({
        "UserPoolId": pool, "Username": name,
        "UserAttributes": [{"Name": attribute, "Value": value}],
    });
    host.admin("cognito-idp.AdminUpdateUserAttributes", input);
}

/// The user name of the user that a user name or an alias identifies.
fn user_name_of(host: &mut Host, pool: &Json, name: &str) -> Option<String> {
    let input = json!({"UserPoolId": pool, "Username": name});
    let user = host.json(Some(STUDIO), "cognito-idp.AdminGetUser", &input).ok()?;
    Some(user["Username"].as_str().unwrap().to_owned())
}

#[test]
fn aliases_follow_the_attributes_of_their_user() {
    let mut host = Host::empty();
    let pool = pool(&mut host);
    let email = "photos@ana.example";
    let sub = create(&mut host, &pool, "ana", email, "true");
    create(&mut host, &pool, "ben", email, "false");
    let assert_user = |host: &mut Host, name: &str, user: Option<&str>| {
        assert_eq!(user_name_of(host, &pool, name).as_deref(), user, "{name}");
    };
    assert_user(&mut host, email, Some("ana"));
    assert_user(&mut host, "Photos@ana.example", None);
    assert_user(&mut host, sub.as_str().unwrap(), Some("ana"));
    set(&mut host, &pool, "ana", "email_verified", "false");
    assert_user(&mut host, email, None);
    set(&mut host, &pool, "ben", "email_verified", "true");
    assert_user(&mut host, email, Some("ben"));
    set(&mut host, &pool, "ana", "email", "new@ana.example");
    set(&mut host, &pool, "ana", "email_verified", "true");
    assert_user(&mut host, "new@ana.example", Some("ana"));
    set(&mut host, &pool, "ana", "preferred_username", "Ana-of-photos");
    assert_user(&mut host, "Ana-of-photos", Some("ana"));
    assert_user(&mut host, "Ana-of", None);
    host.admin("cognito-idp.AdminDeleteUser", json!({"UserPoolId": pool, "Username": "ana"}));
    for name in ["ana", "new@ana.example", "Ana-of-photos", sub.as_str().unwrap()] {
        assert_user(&mut host, name, None);
    }
    assert_user(&mut host, email, Some("ben"));
}

#[test]
fn index_rows_follow_their_users_and_are_not_in_events() {
    let index_keys = |host: &Host| {
        let rows = host.world.rows().filter(|(table, ..)| table.ends_with(".index"));
        rows.map(|(_, key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let mut host = Host::empty();
    let pool = pool(&mut host);
    assert_eq!(index_keys(&host), [""; 0]);
    create(&mut host, &pool, "ana", "a@photos.example", "true");
    let before = index_keys(&host);
    assert_eq!(before.len(), 2);
    set(&mut host, &pool, "ana", "email", "b@photos.example");
    assert_ne!(index_keys(&host), before);
    let changes = host.events().pop().unwrap()["changes"].clone();
    let user = format!("{} ana", pool.as_str().unwrap());
    assert_eq!(changes, json!([{"table": "cognito-idp.user", "key": user, "kind": "changed"}]));
    let mut undo = get("https://cognitab.invalid/_cognitab/undo");
    undo.method = "POST".into();
    assert_eq!(host.send(undo).status, 200);
    assert_eq!(index_keys(&host), before);
    assert_eq!(user_name_of(&mut host, &pool, "a@photos.example").as_deref(), Some("ana"));
    host.admin("cognito-idp.DeleteUserPool", json!({"UserPoolId": pool}));
    assert_eq!(index_keys(&host), [""; 0]);
}
