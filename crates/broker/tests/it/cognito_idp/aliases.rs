//! Users found by email address, phone number, preferred user name and `sub`.

use crate::common::{Host, STUDIO, get};
use serde_json::{Value as Json, json};

/// A pool whose users sign in with verified email addresses too.
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

/// The user name of whoever is found under a name.
fn found(host: &mut Host, pool: &Json, name: &str) -> Option<String> {
    let input = json!({"UserPoolId": pool, "Username": name});
    let user = host.json(Some(STUDIO), "cognito-idp.AdminGetUser", &input).ok()?;
    Some(user["Username"].as_str().unwrap().to_owned())
}

#[test]
fn an_alias_follows_every_change_of_its_user() {
    let mut host = Host::empty();
    let pool = pool(&mut host);
    let mail = "photos@ana.example";
    let sub = create(&mut host, &pool, "ana", mail, "true");
    create(&mut host, &pool, "ben", mail, "false");
    let is = |host: &mut Host, name: &str, user: Option<&str>| {
        assert_eq!(found(host, &pool, name).as_deref(), user, "{name}");
    };
    is(&mut host, mail, Some("ana"));
    is(&mut host, "Photos@ana.example", None);
    is(&mut host, sub.as_str().unwrap(), Some("ana"));
    set(&mut host, &pool, "ana", "email_verified", "false");
    is(&mut host, mail, None);
    set(&mut host, &pool, "ben", "email_verified", "true");
    is(&mut host, mail, Some("ben"));
    set(&mut host, &pool, "ana", "email", "new@ana.example");
    set(&mut host, &pool, "ana", "email_verified", "true");
    is(&mut host, "new@ana.example", Some("ana"));
    set(&mut host, &pool, "ana", "preferred_username", "Ana-of-photos");
    is(&mut host, "Ana-of-photos", Some("ana"));
    is(&mut host, "Ana-of", None);
    host.admin("cognito-idp.AdminDeleteUser", json!({"UserPoolId": pool, "Username": "ana"}));
    for name in ["ana", "new@ana.example", "Ana-of-photos", sub.as_str().unwrap()] {
        is(&mut host, name, None);
    }
    is(&mut host, mail, Some("ben"));
}

#[test]
fn index_rows_are_undone_and_removed_with_their_users_and_no_event_shows_them() {
    let index = |host: &Host| {
        let rows = host.world.rows().filter(|(table, ..)| table.ends_with(".index"));
        rows.map(|(_, key, _)| key.to_owned()).collect::<Vec<_>>()
    };
    let mut host = Host::empty();
    let pool = pool(&mut host);
    assert_eq!(index(&host), [""; 0]);
    create(&mut host, &pool, "ana", "a@photos.example", "true");
    let before = index(&host);
    assert_eq!(before.len(), 2);
    set(&mut host, &pool, "ana", "email", "b@photos.example");
    assert_ne!(index(&host), before);
    let shown = host.events().pop().unwrap()["changes"].clone();
    let user = format!("{} ana", pool.as_str().unwrap());
    assert_eq!(shown, json!([{"table": "cognito-idp.user", "key": user, "kind": "changed"}]));
    let mut undo = get("https://cognitab.invalid/_cognitab/undo");
    undo.method = "POST".into();
    assert_eq!(host.send(undo).status, 200);
    assert_eq!(index(&host), before);
    assert_eq!(found(&mut host, &pool, "a@photos.example").as_deref(), Some("ana"));
    host.admin("cognito-idp.DeleteUserPool", json!({"UserPoolId": pool}));
    assert_eq!(index(&host), [""; 0]);
}
