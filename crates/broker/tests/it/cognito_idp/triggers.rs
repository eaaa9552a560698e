//! Lambda triggers: the event that a user pool sends to a function, and the effect of the response.

use cognitab_broker::{Answer, Input, Invocation, Question, Step, handle};
use cognitab_wire::http::Request;
use serde_json::{Value as Json, json};

use super::sign_in::{PASSWORD, pool, refresh, sign_in, srp, text, user};
use crate::common::{Host, STUDIO, between, get, post};

const DOMAIN: &str = "https://photos-demo.auth.us-east-1.amazoncognito.com";

/// The ARN of a function of these tests.
fn arn(name: &str) -> String {
    format!("arn:aws:lambda:us-east-1:111122223333:function:{name}")
}

/// The Lambda functions of these tests, by the last part of their ARN.
fn functions(function: &str, payload: &str) -> Invocation {
    let mut event: Json = serde_json::from_str(payload).unwrap();
    let returned = |event: Json| Invocation::Returned(event.to_string());
    match function.rsplit(':').next().unwrap() {
        "accept" => returned(event),
        "refuse" => Invocation::Threw("Not today".to_owned()),
        "refuse-with-a-full-stop" => Invocation::Threw("Not today.".to_owned()),
        "show" => Invocation::Threw(payload.to_owned()),
        "decide" => {
            for (flag, data) in [
                ("autoConfirmUser", "confirm"),
                ("autoVerifyEmail", "email"),
                ("autoVerifyPhone", "phone"),
            ] {
                let decided = event["request"]["validationData"].get(data).is_some();
                event["response"][flag] = json!(decided);
            }
            returned(event)
        }
        "nothing" => Invocation::Returned(String::new()),
        "null" => Invocation::Returned("null".to_owned()),
        "list" => Invocation::Returned("[]".to_owned()),
        "no-response" => returned(json!({"version": "1"})),
        "text-response" => returned(json!({"response": "ok"})),
        "text-flag" => returned(json!({"response": {"autoConfirmUser": "false"}})),
        _ => Invocation::NotFound,
    }
}

/// A host with these functions.
fn host() -> Host {
    Host { functions, ..Host::empty() }
}

/// Creates a user pool with these triggers, and an app client; returns their IDs.
fn pool_with(host: &mut Host, triggers: Json, more: Json) -> (String, String) {
    let mut input = json!({"LambdaConfig": triggers});
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
    pool(host, input, json!({"ExplicitAuthFlows": flows}))
}

fn sign_up(host: &mut Host, client: &str, name: &str, more: Json) -> Result<Json, String> {
    let mut input = json!({"ClientId": client, "Username": name, "Password": PASSWORD});
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    host.public("cognito-idp.SignUp", input)
}

fn get_user(host: &mut Host, pool: &str, name: &str) -> Result<Json, String> {
    let input = json!({"UserPoolId": pool, "Username": name});
    host.json(Some(STUDIO), "cognito-idp.AdminGetUser", &input)
}

/// The event that a function was invoked with: the function `show` throws it as its error.
fn invoked_with(trigger: &str, error: &str) -> Json {
    let prefix = format!("UserLambdaValidationException: {trigger} failed with error ");
    let event = error.strip_prefix(&prefix).unwrap_or_else(|| panic!("{error}"));
    serde_json::from_str(event.strip_suffix('.').unwrap()).unwrap()
}

#[test]
fn a_pool_update_without_triggers_removes_them() {
    let mut host = host();
    let triggers = json!({
        "PreSignUp": arn("a"), "PreAuthentication": arn("b"), "PostAuthentication": arn("c"),
    });
    let (pool, _) = pool_with(&mut host, triggers.clone(), json!({}));
    let id = json!({"UserPoolId": pool});
    let described = |host: &mut Host| {
        host.admin("cognito-idp.DescribeUserPool", id.clone())["UserPool"]["LambdaConfig"].clone()
    };
    assert_eq!(described(&mut host), triggers);
    let pools = host.admin("cognito-idp.ListUserPools", json!({"MaxResults": 9}));
    assert_eq!(pools["UserPools"][0]["LambdaConfig"], triggers);
    let other = json!({"UserPoolId": pool, "LambdaConfig": {"PreSignUp": arn("d")}});
    host.admin("cognito-idp.UpdateUserPool", other);
    assert_eq!(described(&mut host), json!({"PreSignUp": arn("d")}));
    host.admin("cognito-idp.UpdateUserPool", id.clone());
    assert_eq!(described(&mut host), json!({}));
}

#[test]
fn triggers_that_are_not_simulated_are_refused() {
    let mut host = host();
    let (pool, _) = pool_with(&mut host, json!({}), json!({}));
    let mut refused = |config: Json| {
        let create = json!({"PoolName": "photos", "LambdaConfig": config});
        let update = json!({"UserPoolId": pool, "LambdaConfig": config});
        let create = host.json(Some(STUDIO), "cognito-idp.CreateUserPool", &create).unwrap_err();
        let update = host.json(Some(STUDIO), "cognito-idp.UpdateUserPool", &update).unwrap_err();
        assert_eq!(create, update);
        create
    };
    for name in [
        "CustomMessage",
        "PostConfirmation",
        "DefineAuthChallenge",
        "CreateAuthChallenge",
        "VerifyAuthChallengeResponse",
        "PreTokenGeneration",
        "UserMigration",
        "KMSKeyID",
    ] {
        let text = format!("InvalidParameterException: LambdaConfig.{name} is not simulated.");
        assert_eq!(refused(json!({"PreSignUp": arn("a"), name: arn("b")})), text);
    }
    for name in
        ["PreTokenGenerationConfig", "CustomSMSSender", "CustomEmailSender", "InboundFederation"]
    {
        let text = format!("InvalidParameterException: LambdaConfig.{name} is not simulated.");
        let config = json!({"LambdaVersion": "V1_0", "LambdaArn": arn("a")});
        assert_eq!(refused(json!({name: config})), text);
    }
    let malformed = refused(json!({"PreSignUp": "a function without an ARN"}));
    assert!(malformed.contains("Value 'a function without an ARN' at 'lambdaConfig.preSignUp'"));
}

#[test]
fn the_pre_sign_up_event_matches_aws() {
    let mut host = host();
    let (pool, client) = pool_with(&mut host, json!({"PreSignUp": arn("show")}), json!({}));
    let attributes = json!([{"Name": "email", "Value": "ana@photos.example"}]);
    let error =
        sign_up(&mut host, &client, "ana", json!({"UserAttributes": attributes})).unwrap_err();
    let mut expected = json!({
        "version": "1",
        "triggerSource": "PreSignUp_SignUp",
        "region": "us-east-1",
        "userPoolId": pool,
        "userName": "ana",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client},
        "request": {"userAttributes": {"email": "ana@photos.example"}, "validationData": null},
        "response": {"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false},
    });
    assert_eq!(invoked_with("PreSignUp", &error), expected);
    assert!(get_user(&mut host, &pool, "ana").is_err());
    let data = json!([{"Name": "plan", "Value": "free"}, {"Name": "nothing"}]);
    let more = json!({
        "UserAttributes": attributes, "ValidationData": data, "ClientMetadata": {"from": "web"},
    });
    let error = sign_up(&mut host, &client, "ana", more.clone()).unwrap_err();
    expected["request"]["validationData"] = json!({"plan": "free", "nothing": null});
    expected["request"]["clientMetadata"] = json!({"from": "web"});
    assert_eq!(invoked_with("PreSignUp", &error), expected);
    let mut input = more;
    input["UserPoolId"] = json!(pool);
    input["Username"] = json!("ana");
    let error = host.json(Some(STUDIO), "cognito-idp.AdminCreateUser", &input).unwrap_err();
    expected["triggerSource"] = json!("PreSignUp_AdminCreateUser");
    expected["callerContext"]["clientId"] = json!("CLIENT_ID_NOT_APPLICABLE");
    assert_eq!(invoked_with("PreSignUp", &error), expected);
    assert!(get_user(&mut host, &pool, "ana").is_err());
}

#[test]
fn the_pre_sign_up_function_confirms_and_verifies_users() {
    let mut host = host();
    let pool = json!({"AliasAttributes": ["email"], "AutoVerifiedAttributes": ["email"]});
    let (pool, client) = pool_with(&mut host, json!({"PreSignUp": arn("decide")}), pool);
    user(&mut host, &pool, "owner");
    let alias = json!({"Name": "email", "Value": "owner@photos.example"});
    let more = |data: &[&str]| {
        let data: Vec<Json> = data.iter().map(|name| json!({"Name": name})).collect();
        let phone = json!({"Name": "phone_number", "Value": "+14155551234"});
        json!({"UserAttributes": [alias, phone], "ValidationData": data})
    };
    let state = |host: &mut Host, name: &str| {
        let user = get_user(host, &pool, name).unwrap();
        let verified = |name: &str| {
            let attributes = user["UserAttributes"].as_array().unwrap().iter();
            attributes.filter(|a| a["Name"] == name).any(|a| a["Value"] == "true")
        };
        let status = user["UserStatus"].as_str().unwrap().to_owned();
        (status, verified("email_verified"), verified("phone_number_verified"))
    };
    let output = sign_up(&mut host, &client, "ana", more(&[])).unwrap();
    assert_eq!(output["UserConfirmed"], false);
    assert_eq!(output["CodeDeliveryDetails"]["AttributeName"], "email");
    assert_eq!(state(&mut host, "ana"), ("UNCONFIRMED".to_owned(), false, false));
    let output = sign_up(&mut host, &client, "ben", more(&["confirm", "phone"])).unwrap();
    assert_eq!(
        (&output["UserConfirmed"], &output["CodeDeliveryDetails"]),
        (&json!(true), &Json::Null)
    );
    assert_eq!(state(&mut host, "ben"), ("CONFIRMED".to_owned(), false, true));
    sign_in(&mut host, &client, "ben", PASSWORD).unwrap();
    let user_with_alias = |host: &mut Host| {
        get_user(host, &pool, "owner@photos.example").unwrap()["Username"].clone()
    };
    assert_eq!(user_with_alias(&mut host), "owner");
    sign_up(&mut host, &client, "eve", more(&["confirm", "email"])).unwrap();
    assert_eq!(state(&mut host, "eve"), ("CONFIRMED".to_owned(), true, false));
    assert!(!state(&mut host, "owner").1);
    assert_eq!(user_with_alias(&mut host), "eve");
    let without_attributes = json!({"ValidationData": [{"Name": "phone"}]});
    let refused = sign_up(&mut host, &client, "fay", without_attributes).unwrap_err();
    assert_eq!(refused, "InvalidLambdaResponseException: Unrecognizable lambda output");
    let input = json!({
        "UserPoolId": pool, "Username": "gus", "MessageAction": "SUPPRESS",
        "UserAttributes": [{"Name": "phone_number", "Value": "+14155551234"}],
        "ValidationData": [{"Name": "confirm"}, {"Name": "phone"}],
    });
    host.admin("cognito-idp.AdminCreateUser", input);
    assert_eq!(state(&mut host, "gus"), ("FORCE_CHANGE_PASSWORD".to_owned(), false, false));
}

#[test]
fn function_errors_and_invalid_responses_match_aws() {
    let unrecognizable = "InvalidLambdaResponseException: Unrecognizable lambda output";
    let thrown = "UserLambdaValidationException: PreSignUp failed with error Not today.";
    for (function, expected) in [
        ("refuse", thrown),
        ("refuse-with-a-full-stop", thrown),
        ("nothing", unrecognizable),
        ("null", unrecognizable),
        ("list", unrecognizable),
        ("no-response", unrecognizable),
        ("text-response", unrecognizable),
        ("text-flag", unrecognizable),
        (
            "deleted",
            "UnexpectedLambdaException: PreSignUp invocation failed due to error AccessDeniedException.",
        ),
    ] {
        let mut host = host();
        let (pool, client) = pool_with(&mut host, json!({"PreSignUp": arn(function)}), json!({}));
        let before = host.world.clone();
        assert_eq!(
            sign_up(&mut host, &client, "ana", json!({})).unwrap_err(),
            expected,
            "{function}"
        );
        let event = host.events().pop().unwrap();
        assert_eq!(event["refusal"]["station"], "user-pool");
        let rung = event["ladder"].as_array().unwrap().last().unwrap();
        let note = rung["note"].as_str().unwrap();
        assert!(note.starts_with("the Lambda function of the PreSignUp trigger "), "{note}");
        let tables = before.diff(&host.world).into_iter().map(|write| write.table);
        assert_eq!(tables.collect::<Vec<_>>(), ["event"]);
        assert!(get_user(&mut host, &pool, "ana").is_err());
    }
}

#[test]
fn the_pre_authentication_function_runs_before_the_password_check() {
    let mut host = host();
    let (pool, client) = pool_with(&mut host, json!({}), json!({}));
    user(&mut host, &pool, "ana");
    let set = |host: &mut Host, function: &str| {
        let config = json!({"PreAuthentication": arn(function)});
        let input = json!({"UserPoolId": pool, "LambdaConfig": config});
        host.admin("cognito-idp.UpdateUserPool", input);
    };
    set(&mut host, "refuse");
    let refused = "UserLambdaValidationException: PreAuthentication failed with error Not today.";
    for password in [PASSWORD, "wrong"] {
        assert_eq!(sign_in(&mut host, &client, "ana", password).unwrap_err(), refused);
        assert_eq!(srp(&mut host, &client, &pool, "ana", password).unwrap_err(), refused);
    }
    // The user pool reports that the user does not exist without invoking the function.
    let unknown = sign_in(&mut host, &client, "eve", PASSWORD).unwrap_err();
    assert_eq!(unknown, "UserNotFoundException: User does not exist.");
    set(&mut host, "accept");
    let signed_in = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    srp(&mut host, &client, &pool, "ana", PASSWORD).unwrap();
    let wrong = sign_in(&mut host, &client, "ana", "wrong").unwrap_err();
    assert_eq!(wrong, "NotAuthorizedException: Incorrect username or password.");
    set(&mut host, "refuse");
    refresh(&mut host, &client, text(&signed_in, "RefreshToken")).unwrap();
}

#[test]
fn the_pre_authentication_event_matches_aws() {
    let mut host = host();
    let (pool, client) = pool_with(&mut host, json!({"PreAuthentication": arn("show")}), json!({}));
    user(&mut host, &pool, "ana");
    let attributes = get_user(&mut host, &pool, "ana").unwrap()["UserAttributes"].clone();
    let sub = attributes.as_array().unwrap().iter().find(|a| a["Name"] == "sub").unwrap();
    let initiate = |host: &mut Host, client: &str, name: &str, metadata: Json| {
        let input = json!({
            "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client, "ClientMetadata": metadata,
            "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD},
        });
        host.public("cognito-idp.InitiateAuth", input).unwrap_err()
    };
    let mut expected = json!({
        "version": "1",
        "triggerSource": "PreAuthentication_Authentication",
        "region": "us-east-1",
        "userPoolId": pool,
        "userName": "ana",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client},
        "request": {
            "userAttributes": {
                "sub": sub["Value"], "email": "ana@photos.example", "email_verified": "true",
                "cognito:user_status": "CONFIRMED",
            },
            "validationData": null,
        },
        "response": {},
    });
    let error = initiate(&mut host, &client, "ana", Json::Null);
    assert_eq!(invoked_with("PreAuthentication", &error), expected);
    let error = initiate(&mut host, &client, "ana", json!({"from": "web"}));
    expected["request"]["validationData"] = json!({"from": "web"});
    assert_eq!(invoked_with("PreAuthentication", &error), expected);
    let input = json!({
        "UserPoolId": pool, "ClientName": "quiet", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    });
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    let client_without_existence_errors = output["UserPoolClient"]["ClientId"].as_str().unwrap();
    for (name, exists) in [("ana", true), ("eve", false)] {
        let event = invoked_with(
            "PreAuthentication",
            &initiate(&mut host, client_without_existence_errors, name, Json::Null),
        );
        assert_eq!(event["request"]["userNotFound"], !exists);
        assert_eq!(event["userName"], name);
        assert_eq!(event["request"]["userAttributes"] == json!({}), !exists);
    }
}

#[test]
fn the_post_authentication_function_can_deny_the_sign_in() {
    let mut host = host();
    let (pool, client) = pool_with(&mut host, json!({}), json!({}));
    user(&mut host, &pool, "ana");
    let set = |host: &mut Host, function: &str| {
        let config = json!({"PostAuthentication": arn(function)});
        let input = json!({"UserPoolId": pool, "LambdaConfig": config});
        host.admin("cognito-idp.UpdateUserPool", input);
    };
    set(&mut host, "refuse");
    let refused = "UserLambdaValidationException: PostAuthentication failed with error Not today.";
    assert_eq!(sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err(), refused);
    assert_eq!(srp(&mut host, &client, &pool, "ana", PASSWORD).unwrap_err(), refused);
    let wrong = sign_in(&mut host, &client, "ana", "wrong").unwrap_err();
    assert_eq!(wrong, "NotAuthorizedException: Incorrect username or password.");
    // The function runs after the challenge, not before it; its error does not undo the new password.
    let temporary =
        json!({"UserPoolId": pool, "Username": "ana", "Password": PASSWORD, "Permanent": false});
    host.admin("cognito-idp.AdminSetUserPassword", temporary);
    let challenge = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    let respond = |host: &mut Host, metadata: Json| {
        let input = json!({
            "ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": challenge["Session"], "ClientMetadata": metadata,
            "ChallengeResponses": {"USERNAME": "ana", "NEW_PASSWORD": "Ana-Photos-2!"},
        });
        host.public("cognito-idp.RespondToAuthChallenge", input).unwrap_err()
    };
    set(&mut host, "show");
    let event = invoked_with("PostAuthentication", &respond(&mut host, json!({"from": "web"})));
    assert_eq!(event["triggerSource"], "PostAuthentication_Authentication");
    assert_eq!(event["request"]["newDeviceUsed"], false);
    assert_eq!(event["request"]["clientMetadata"], json!({"from": "web"}));
    assert_eq!(event["request"]["userAttributes"]["cognito:user_status"], "CONFIRMED");
    let used = respond(&mut host, Json::Null);
    assert!(used.ends_with("session can only be used once."), "{used}");
    set(&mut host, "accept");
    sign_in(&mut host, &client, "ana", "Ana-Photos-2!").unwrap();
}

/// Creates a user pool with a domain and these triggers. Returns the pool's ID and the query string of
/// its login page.
fn with_domain(host: &mut Host, triggers: Json) -> (String, String) {
    let (pool, _) = pool_with(host, json!({}), json!({}));
    let domain = json!({"UserPoolId": pool, "Domain": "photos-demo"});
    host.admin("cognito-idp.CreateUserPoolDomain", domain);
    let input = json!({
        "UserPoolId": pool, "ClientName": "photos-web",
        "CallbackURLs": ["https://photos.example/callback"],
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"],
    });
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    let client = output["UserPoolClient"]["ClientId"].as_str().unwrap();
    user(host, &pool, "ana");
    host.admin("cognito-idp.UpdateUserPool", json!({"UserPoolId": pool, "LambdaConfig": triggers}));
    (pool, format!("response_type=code&client_id={client}"))
}

/// The request that submits the form of a page.
fn form(host: &mut Host, page: &str, query: &str, fields: &[(&str, &str)]) -> Request {
    let url = format!("{DOMAIN}/{page}?{query}");
    let html = host.browse("tab", get(&url)).text().into_owned();
    let csrf = between(&html, "name=\"_csrf\" value=\"", "\"").unwrap();
    post(&url, &[&[("_csrf", csrf)], fields].concat())
}

/// The first question that the broker asks the host about a request.
fn question(host: &Host, request: &Request) -> Question {
    let browser = Some("tab".to_owned());
    let input = Input { now: host.now, request: request.clone(), browser, ..Input::default() };
    match handle(&host.world, &input) {
        Step::Ask(question) => question,
        Step::Done(done) => panic!("{}", done.response.text()),
    }
}

#[test]
fn managed_login_invokes_functions_and_shows_their_errors() {
    let mut host = host();
    let (pool, query) = with_domain(&mut host, json!({"PreAuthentication": arn("refuse")}));
    let fields = [("username", "ana"), ("password", PASSWORD)];
    let request = form(&mut host, "login", &query, &fields);
    match question(&host, &request) {
        Question::Invoke { function, payload } => {
            assert_eq!(function, arn("refuse"));
            let event: Json = serde_json::from_str(&payload).unwrap();
            assert_eq!(event["triggerSource"], "PreAuthentication_Authentication");
            assert_eq!(event["userName"], "ana");
        }
        Question::RsaKey => panic!("a sign-in needs no key"),
    }
    let page = host.browse("tab", request);
    assert_eq!(page.status, 400);
    let text = page.text();
    assert!(text.contains("PreAuthentication failed with error Not today."), "{text}");
    let events = host.events();
    let [page, step] = events.last_chunk().unwrap();
    assert_eq!((&page["call"], &step["call"]), (&json!("POST /login"), &json!("Sign in")));
    assert_eq!(step["refusal"]["code"], "UserLambdaValidationException");
    assert_eq!(page["refusal"]["cause"], step["number"]);
    let triggers = json!({"PreAuthentication": arn("accept"), "PostAuthentication": arn("refuse")});
    host.admin("cognito-idp.UpdateUserPool", json!({"UserPoolId": pool, "LambdaConfig": triggers}));
    let request = form(&mut host, "login", &query, &fields);
    let text = host.browse("tab", request.clone()).text().into_owned();
    assert!(text.contains("PostAuthentication failed with error Not today."), "{text}");
    let triggers = json!({"PreAuthentication": arn("accept"), "PostAuthentication": arn("accept")});
    host.admin("cognito-idp.UpdateUserPool", json!({"UserPoolId": pool, "LambdaConfig": triggers}));
    let redirect = host.browse("tab", request);
    assert_eq!(redirect.status, 302);
    assert!(redirect.header("location").unwrap().contains("?code="));
}

#[test]
fn a_sign_up_page_invokes_functions_and_shows_their_errors() {
    let mut host = host();
    let (pool, query) = with_domain(&mut host, json!({"PreSignUp": arn("refuse")}));
    let fields = [("username", "ben"), ("password", PASSWORD), ("email", "ben@photos.example")];
    let request = form(&mut host, "signup", &query, &fields);
    match question(&host, &request) {
        Question::Invoke { function, payload } => {
            assert_eq!(function, arn("refuse"));
            assert!(payload.contains("PreSignUp_SignUp"), "{payload}");
        }
        Question::RsaKey => panic!("a sign-up needs no key"),
    }
    let page = host.browse("tab", request);
    assert_eq!(page.status, 400);
    let text = page.text();
    assert!(text.contains("PreSignUp failed with error Not today."), "{text}");
    assert!(get_user(&mut host, &pool, "ben").is_err());
    let events = host.events();
    let inner = events.iter().rfind(|event| event["call"] == "SignUp").unwrap();
    assert_eq!(inner["refusal"]["code"], "UserLambdaValidationException");
}

#[test]
fn an_answer_of_the_wrong_type_is_an_internal_failure() {
    let mut host = host();
    let triggers = json!({"PreSignUp": arn("accept"), "PreAuthentication": arn("accept")});
    let (pool, query) = with_domain(&mut host, triggers);
    let key = Answer::RsaKey(cognitab_jose::published_key(0).to_vec());
    let respond = |host: &Host, request: Request, answer: &Answer| {
        let answers = vec![answer.clone()];
        let browser = Some("tab".to_owned());
        let now = host.now;
        let input = Input { now, request, browser, answers, ..Input::default() };
        match handle(&host.world, &input) {
            Step::Done(done) => (done.response.status, done.response.text().into_owned()),
            Step::Ask(question) => panic!("{question:?}"),
        }
    };
    let call = |operation: &str, body: Json| Request {
        method: "POST".to_owned(),
        url: "https://cognito-idp.us-east-1.amazonaws.com/".to_owned(),
        headers: vec![(
            "x-amz-target".to_owned(),
            format!("AWSCognitoIdentityProviderService.{operation}"),
        )],
        body: body.to_string().into_bytes(),
    };
    let (_, client) = query.rsplit_once('=').unwrap();
    let input = json!({"ClientId": client, "Username": "ben", "Password": PASSWORD});
    let (status, body) = respond(&host, call("SignUp", input), &key);
    assert_eq!(status, 500);
    assert!(body.contains("InternalFailure"), "{body}");
    for (page, name) in [("login", "ana"), ("signup", "ben")] {
        let fields = [("username", name), ("password", PASSWORD), ("email", "ben@photos.example")];
        let request = form(&mut host, page, &query, &fields);
        assert_ne!(respond(&host, request, &key).0, 302, "{page}");
    }
    assert!(get_user(&mut host, &pool, "ben").is_err());
    // The opposite case: creating a pool asks for a key, not for an invocation.
    let mut request = call("CreateUserPool", json!({"PoolName": "photos"}));
    let credentials = crate::common::credentials(STUDIO);
    let now = host.now;
    cognitab_wire::sigv4::sign(&mut request, &credentials, "us-east-1", "cognito-idp", now);
    let (status, body) = respond(&host, request, &Answer::Invocation(Invocation::NotFound));
    assert_eq!(status, 500);
    assert!(body.contains("InternalFailure"), "{body}");
}
