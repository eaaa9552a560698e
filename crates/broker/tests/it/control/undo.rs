//! Undo takes back the last change, whatever it was, and reset begins anew.
use crate::common::{Host, script};
use cognitab_broker::World;
use cognitab_wire::http::Request;
use serde_json::{Value as Json, json};

/// A request for the photo app.
fn photo_app() -> Json {
    json!({"scenario": "photo-app", "script": script::<Json>("photo-app"), "seed": 7})
}

fn control(host: &mut Host, method: &str, path: &str, body: &Json) -> (u16, Json) {
    let response = host.send(Request {
        method: method.to_owned(),
        url: format!("https://cognitab.invalid/_cognitab/{path}"),
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
    });
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn undo(host: &mut Host) -> (u16, Json) {
    control(host, "POST", "undo", &Json::Null)
}

fn log(host: &mut Host) -> Json {
    control(host, "GET", "events", &Json::Null).1
}

/// Every row but the world's identity, which tells that something was taken back.
fn rows(world: &World) -> Vec<(String, String, String)> {
    let rows = world.rows().filter(|(table, ..)| *table != "world");
    rows.map(|(t, k, text)| (t.to_owned(), k.to_owned(), text.to_string())).collect()
}

type Command = Box<dyn Fn(&mut Host)>;

/// Commands of every kind: what is made, changed, removed, and what a refusal leaves behind.
fn commands(host: &mut Host) -> Vec<Command> {
    let (_, made) = control(host, "GET", "scenario", &Json::Null);
    let pool = made["values"]["userPool"].clone();
    let client = made["values"]["client"].clone();
    let admin = |call: &'static str, input: Json| -> Command {
        Box::new(move |host| drop(host.admin(call, input.clone())))
    };
    let sign_in = |password: &'static str| -> Command {
        let input = json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client,
            "AuthParameters": {"USERNAME": "ana", "PASSWORD": password}});
        Box::new(move |host| drop(host.public("cognito-idp.InitiateAuth", input.clone())))
    };
    let group = json!({"UserPoolId": pool, "GroupName": "undone"});
    let member = json!({"UserPoolId": pool, "GroupName": "undone", "Username": "ana"});
    let item = |artist: &str| json!({"TableName": "undone", "Item": {"id": {"S": "one"}, "artist": {"S": artist}}});
    let key = json!({"TableName": "undone", "Key": {"id": {"S": "one"}}});
    let table = json!({"TableName": "undone", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]});
    vec![
        admin("cognito-idp.CreateGroup", group.clone()),
        admin("cognito-idp.AdminAddUserToGroup", member),
        sign_in("Ana-Photos-1!"),
        sign_in("wrong"),
        admin("cognito-idp.DeleteGroup", group),
        admin("dynamodb.CreateTable", table),
        admin("dynamodb.PutItem", item("Cleo")),
        admin("dynamodb.PutItem", item("Dana")),
        admin("dynamodb.DeleteItem", key),
        Box::new(|host| drop(control(host, "POST", "clock", &json!({"advance": 3600})))),
    ]
}

#[test]
fn undo_after_any_command_restores_an_identical_world() {
    let mut host = Host::open("photo-app");
    let commands = commands(&mut host);
    for (at, command) in commands.iter().enumerate() {
        let before = rows(&host.world);
        command(&mut host);
        assert_ne!(rows(&host.world), before, "command {at}");
        assert_eq!(undo(&mut host).0, 200, "command {at}");
        assert_eq!(rows(&host.world), before, "command {at}");
        command(&mut host);
    }
    for _ in &commands {
        assert_eq!(undo(&mut host).0, 200);
    }
    assert_eq!(undo(&mut host).0, 409);
    assert_eq!(rows(&host.world), rows(&Host::open("photo-app").world));
}

#[test]
fn undo_says_what_it_took_back_and_takes_the_later_events_with_it() {
    let mut host = Host::open("photo-app");
    let fresh = log(&mut host);
    assert_eq!(fresh["undo"], Json::Null);
    host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "second"}));
    host.admin("cognito-idp.ListUserPools", json!({"MaxResults": 10}));
    let told = log(&mut host);
    assert_eq!((told["undo"].as_str(), told["turn"].as_i64()), (Some("CreateUserPool"), Some(0)));
    let (status, undone) = undo(&mut host);
    assert_eq!((status, &undone["undone"]), (200, &json!("CreateUserPool")));
    let told = log(&mut host);
    assert_eq!((&told["events"], &told["turn"]), (&json!([]), &json!(1)));
    assert_eq!(told["world"], fresh["world"]);
}

#[test]
fn fifty_changes_can_be_taken_back_and_no_more() {
    let mut host = Host::empty();
    for number in 0..60 {
        host.admin("cognito-idp.CreateUserPool", json!({"PoolName": format!("pool-{number}")}));
    }
    for _ in 0..50 {
        assert_eq!(undo(&mut host).0, 200);
    }
    assert_eq!(undo(&mut host).0, 409);
    assert_eq!(host.events().len(), 10);
}

#[test]
fn reset_equals_a_fresh_scenario_and_is_another_world() {
    let mut host = Host::open("photo-app");
    let first = log(&mut host)["world"].clone();
    host.admin("cognito-idp.CreateUserPool", json!({"PoolName": "second"}));
    control(&mut host, "POST", "reset", &photo_app());
    assert_eq!(rows(&host.world), rows(&Host::open("photo-app").world));
    assert_eq!(undo(&mut host).0, 409);
    let second = log(&mut host)["world"].clone();
    control(&mut host, "POST", "reset", &photo_app());
    let third = log(&mut host)["world"].clone();
    assert!(first != second && second != third && first != third);
}

#[test]
fn only_an_untouched_empty_world_is_opened_as_another() {
    let name = |told: (u16, Json)| told.1["name"].as_str().unwrap().to_owned();
    let mut new = Host::empty();
    let first = log(&mut new)["world"].clone();
    assert_eq!(name(control(&mut new, "POST", "open", &json!({"host": "x.example"}))), "empty");
    assert_eq!(log(&mut new)["world"], first);
    assert_eq!(name(control(&mut new, "POST", "open", &photo_app())), "photo-app");
    let mut touched = Host::empty();
    touched.admin("cognito-idp.ListUserPools", json!({"MaxResults": 10}));
    assert_eq!(name(control(&mut touched, "POST", "open", &photo_app())), "empty");
}

#[test]
fn a_script_that_cannot_run_says_why_and_changes_nothing() {
    let mut host = Host::open("photo-app");
    let world = host.world.clone();
    let unknown = json!({"steps": [{"call": "cognito-idp.NoSuchOperation"}]});
    let refused = json!({"steps": [{"call": "cognito-idp.CreateUserPool", "input": {}}]});
    let unsaved = json!({"steps": [{
        "call": "cognito-idp.ListUserPools", "input": {"MaxResults": 1}, "save": {"id": "/Nothing"},
    }]});
    for (script, says) in [
        (Json::Null, "invalid type"),
        (json!({"steps": 1}), "invalid type"),
        (json!({"steps": [], "more": 1}), "unknown field `more`"),
        (json!({"steps": [{"call": "nothing"}]}), "no operation `nothing`"),
        (unknown, "no operation `cognito-idp.NoSuchOperation`"),
        (refused, "validation error"),
        (unsaved, "no /Nothing in"),
    ] {
        let body = json!({"scenario": "mine", "script": script});
        let (status, answer) = control(&mut host, "POST", "reset", &body);
        assert_eq!(status, 400, "{script}");
        assert!(answer["error"].as_str().unwrap().contains(says), "{script}: {answer}");
    }
    for (body, says) in [
        (json!([]), "not a JSON object"),
        (json!({"scenario": 7}), "`scenario` must be"),
        (json!({"seed": -1}), "`seed` must be"),
    ] {
        let (status, answer) = control(&mut host, "POST", "reset", &body);
        assert_eq!(status, 400, "{body}");
        assert!(answer["error"].as_str().unwrap().contains(says), "{body}: {answer}");
    }
    let (status, answer) = control(&mut host, "POST", "reset", &json!({"scenario": "photo-app"}));
    assert_eq!(status, 400);
    assert_eq!(answer["error"], "the scenario `photo-app` needs its `script`");
    assert_eq!(host.world, world);
}

/// Each value would hold ten of the next: ten of them would be ten billion characters.
#[test]
fn values_of_a_script_are_not_searched_for_others() {
    let mut host = Host::empty();
    let value = |at: usize| format!("<<v{at}>>").repeat(10);
    let values: serde_json::Map<String, Json> =
        (0..10).map(|at| (format!("v{at}"), value(at + 1).into())).collect();
    let steps = json!([{"call": "cognito-idp.CreateUserPool", "input": {"PoolName": "<<v0>>"}}]);
    let body = json!({"scenario": "mine", "script": {"values": values, "steps": steps}});
    let (status, answer) = control(&mut host, "POST", "reset", &body);
    assert_eq!(status, 400);
    assert!(answer["error"].as_str().unwrap().contains("<<v1>>"), "{answer}");
}
