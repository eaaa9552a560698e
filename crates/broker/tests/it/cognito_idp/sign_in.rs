//! Sign-up, sign-in, sign-out and tokens of a user pool, through the broker.
use crate::common::{ARCHIVE, Host};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_jose::Token;
use hmac::{Hmac, Mac};
use num_bigint_dig::BigUint;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

pub(super) const PASSWORD: &str = "Ana-Photos-1!";

/// Creates a user pool and an app client with `USER_PASSWORD_AUTH`; returns their IDs.
pub(super) fn pool(host: &mut Host, pool: Json, client: Json) -> (String, String) {
    let mut input = json!({"PoolName": "photos"});
    merge(&mut input, pool);
    let output = host.admin("cognito-idp.CreateUserPool", input);
    let pool = output["UserPool"]["Id"].as_str().unwrap().to_owned();
    let mut input = json!({
        "UserPoolId": pool,
        "ClientName": "web",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    merge(&mut input, client);
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    (pool, output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned())
}

fn merge(into: &mut Json, from: Json) {
    for (name, value) in from.as_object().unwrap() {
        into[name] = value.clone();
    }
}

pub(super) fn user(host: &mut Host, pool: &str, name: &str) {
    let attributes = json!([
        {"Name": "email", "Value": format!("{name}@photos.example")},
        {"Name": "email_verified", "Value": "true"},
    ]);
    let input = json!({"UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS", "UserAttributes": attributes});
    host.admin("cognito-idp.AdminCreateUser", input);
    let input =
        json!({"UserPoolId": pool, "Username": name, "Password": PASSWORD, "Permanent": true});
    host.admin("cognito-idp.AdminSetUserPassword", input);
}

pub(super) fn sign_in(
    host: &mut Host,
    client: &str,
    name: &str,
    password: &str,
) -> Result<Json, String> {
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": client,
        "AuthParameters": {"USERNAME": name, "PASSWORD": password},
    });
    host.public("cognito-idp.InitiateAuth", input)
}

pub(super) fn refresh(host: &mut Host, client: &str, token: &str) -> Result<Json, String> {
    let parameters = json!({"REFRESH_TOKEN": token});
    let input =
        json!({"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": client, "AuthParameters": parameters});
    host.public("cognito-idp.InitiateAuth", input)
}

pub(super) fn text<'a>(answer: &'a Json, name: &str) -> &'a str {
    answer["AuthenticationResult"][name].as_str().unwrap()
}

#[test]
fn tokens_contain_the_claims_of_aws() {
    let mut host = Host::empty();
    let (pool, client) = pool(&mut host, json!({}), json!({}));
    user(&mut host, &pool, "ana");
    for (group, precedence) in [("viewers", 5), ("editors", 1)] {
        let role = format!("arn:aws:iam::111122223333:role/{group}");
        host.admin(
            "cognito-idp.CreateGroup",
            json!({"UserPoolId": pool, "GroupName": group, "RoleArn": role, "Precedence": precedence}),
        );
        let input = json!({"UserPoolId": pool, "GroupName": group, "Username": "ana"});
        host.admin("cognito-idp.AdminAddUserToGroup", input);
    }
    let output = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    assert_eq!(output["ChallengeParameters"], json!({}));
    let access = Token::parse(text(&output, "AccessToken")).unwrap();
    let id = Token::parse(text(&output, "IdToken")).unwrap();
    let names = |token: &Token| token.claims.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&access).join(" "),
        "sub cognito:groups iss client_id origin_jti event_id token_use scope auth_time exp iat jti username"
    );
    assert_eq!(
        names(&id).join(" "),
        "sub cognito:groups email_verified cognito:preferred_role iss cognito:username email origin_jti cognito:roles aud event_id token_use auth_time exp iat jti"
    );
    assert_eq!(id.header.keys().cloned().collect::<Vec<_>>(), ["kid", "alg"]);
    assert_ne!(id.kid(), access.kid());
    assert_eq!(id.claims["cognito:groups"], json!(["editors", "viewers"]));
    assert_eq!(id.claim("cognito:preferred_role"), "arn:aws:iam::111122223333:role/editors");
    assert_eq!(id.claims["email_verified"], json!(true));
    assert_eq!(access.claim("scope"), "aws.cognito.signin.user.admin");
    let jwks = host.send(crate::common::get(&format!(
        "https://cognito-idp.us-east-1.amazonaws.com/{pool}/.well-known/jwks.json"
    )));
    let jwks: Json = serde_json::from_slice(&jwks.body).unwrap();
    for token in [&id, &access] {
        let jwk = jwks["keys"].as_array().unwrap().iter().find(|k| k["kid"] == token.kid());
        let key: cognitab_jose::Jwk = serde_json::from_value(jwk.unwrap().clone()).unwrap();
        assert!(token.verify(&key));
    }
    assert_eq!(text(&output, "RefreshToken").split('.').count(), 5);
    let refresh_output = refresh(&mut host, &client, text(&output, "RefreshToken")).unwrap();
    assert!(refresh_output["AuthenticationResult"]["RefreshToken"].is_null());
    let refreshed_access = Token::parse(text(&refresh_output, "AccessToken")).unwrap();
    assert_eq!(refreshed_access.claim("origin_jti"), access.claim("origin_jti"));
    assert_ne!(refreshed_access.claim("jti"), access.claim("jti"));
}

#[test]
fn sign_in_errors_match_aws() {
    let mut host = Host::empty();
    let (pool, client) = pool(&mut host, json!({}), json!({}));
    let input = json!({
        "UserPoolId": pool, "ClientName": "quiet", "PreventUserExistenceErrors": "ENABLED",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
    });
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    let client_without_existence_errors =
        output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    user(&mut host, &pool, "ana");
    for (client, name, password, expected) in [
        (
            "nobody",
            "ana",
            PASSWORD,
            "ResourceNotFoundException: User pool client nobody does not exist.",
        ),
        (&client, "eve", PASSWORD, "UserNotFoundException: User does not exist."),
        (
            &client_without_existence_errors,
            "eve",
            PASSWORD,
            "NotAuthorizedException: Incorrect username or password.",
        ),
        (&client, "ana", "wrong", "NotAuthorizedException: Incorrect username or password."),
    ] {
        assert_eq!(sign_in(&mut host, client, name, password).unwrap_err(), expected);
    }
    for (flow, parameters, expected) in [
        ("ADMIN_USER_PASSWORD_AUTH", json!({}), "Initiate Auth method not supported."),
        ("USER_SRP_AUTH", json!({}), "USER_SRP_AUTH is not enabled for the client."),
        ("USER_PASSWORD_AUTH", json!({}), "Missing required parameter USERNAME"),
        ("USER_PASSWORD_AUTH", json!({"USERNAME": "ana"}), "Missing required parameter PASSWORD"),
        ("REFRESH_TOKEN_AUTH", json!({}), "Missing required parameter REFRESH_TOKEN"),
    ] {
        let input = json!({"AuthFlow": flow, "ClientId": client, "AuthParameters": parameters});
        let error = host.public("cognito-idp.InitiateAuth", input).unwrap_err();
        assert_eq!(error, format!("InvalidParameterException: {expected}"));
    }
    let input = json!({"UserPoolId": pool, "Username": "ana"});
    host.admin("cognito-idp.AdminDisableUser", input);
    let error = sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err();
    assert_eq!(error, "NotAuthorizedException: User is disabled.");
    let event = host.events().pop().unwrap();
    assert_eq!(event["ladder"].as_array().unwrap().last().unwrap()["note"], "the user is disabled");
}

#[test]
fn five_wrong_passwords_lock_the_user_out() {
    let mut host = Host::empty();
    let (pool, client) = pool(&mut host, json!({}), json!({}));
    user(&mut host, &pool, "ana");
    for _ in 0..5 {
        assert!(sign_in(&mut host, &client, "ana", "wrong").unwrap_err().contains("Incorrect"));
    }
    let error = sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err();
    assert_eq!(error, "NotAuthorizedException: Password attempts exceeded");
    host.wait(2);
    assert!(sign_in(&mut host, &client, "ana", PASSWORD).is_ok());
}

#[test]
fn a_user_signs_up_confirms_and_signs_in() {
    let mut host = Host::empty();
    let (_, client) = pool(&mut host, json!({"AutoVerifiedAttributes": ["email"]}), json!({}));
    let sign_up = |host: &mut Host, password: &str, attribute: &str, value: &str| {
        let attributes = json!([{"Name": attribute, "Value": value}]);
        let input = json!({"ClientId": client, "Username": "ana", "Password": password, "UserAttributes": attributes});
        host.public("cognito-idp.SignUp", input)
    };
    for (password, attribute, value, expected) in [
        (
            "short",
            "email",
            "a@b.example",
            "InvalidPasswordException: Password did not conform with policy: Password not long enough",
        ),
        (
            PASSWORD,
            "custom:x",
            "1",
            "InvalidParameterException: Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema.\n",
        ),
        (PASSWORD, "email", "nonsense", "InvalidParameterException: Invalid email address format."),
        (
            PASSWORD,
            "phone_number",
            "123",
            "InvalidParameterException: Invalid phone number format.",
        ),
        (
            PASSWORD,
            "email_verified",
            "true",
            "NotAuthorizedException: A client attempted to write unauthorized attribute",
        ),
    ] {
        assert_eq!(sign_up(&mut host, password, attribute, value).unwrap_err(), expected);
    }
    let output = sign_up(&mut host, PASSWORD, "email", "ana@photos.example").unwrap();
    assert_eq!(output["UserConfirmed"], json!(false));
    assert_eq!(output["CodeDeliveryDetails"]["Destination"], "a***@p***");
    let exists = sign_up(&mut host, PASSWORD, "email", "ana@photos.example").unwrap_err();
    assert_eq!(exists, "UsernameExistsException: User already exists");
    let unconfirmed = sign_in(&mut host, &client, "ana", "even wrong").unwrap_err();
    assert_eq!(unconfirmed, "UserNotConfirmedException: User is not confirmed.");
    let code = host.code();
    let confirm = |host: &mut Host, code: &str| {
        let input = json!({"ClientId": client, "Username": "ana", "ConfirmationCode": code});
        host.public("cognito-idp.ConfirmSignUp", input)
    };
    assert!(confirm(&mut host, "x").unwrap_err().starts_with("CodeMismatchException"));
    host.wait(24 * 3600);
    assert!(confirm(&mut host, &code).unwrap_err().starts_with("ExpiredCodeException"));
    let input = json!({"ClientId": client, "Username": "ana"});
    host.public("cognito-idp.ResendConfirmationCode", input).unwrap();
    let new_code = host.code();
    confirm(&mut host, &new_code).unwrap();
    let confirmed = confirm(&mut host, &new_code).unwrap_err();
    assert_eq!(
        confirmed,
        "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED"
    );
    let tokens = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    let input = json!({"AccessToken": text(&tokens, "AccessToken")});
    let user = host.public("cognito-idp.GetUser", input).unwrap();
    assert!(
        user["UserAttributes"]
            .as_array()
            .unwrap()
            .contains(&json!({"Name": "email_verified", "Value": "true"}))
    );
}

#[test]
fn a_user_created_by_an_administrator_sets_a_new_password() {
    let mut host = Host::empty();
    let (pool, client) = pool(&mut host, json!({}), json!({}));
    let attributes = json!([{"Name": "email", "Value": "ben@photos.example"}]);
    let input = json!({"UserPoolId": pool, "Username": "ben", "UserAttributes": attributes, "DesiredDeliveryMediums": ["EMAIL"]});
    let output = host.admin("cognito-idp.AdminCreateUser", input);
    assert_eq!(output["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    let temporary = host.code();
    let challenge = sign_in(&mut host, &client, "ben", &temporary).unwrap();
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    let respond = |host: &mut Host, session: &Json, password: &str| {
        let responses = json!({"USERNAME": "ben", "NEW_PASSWORD": password});
        let input = json!({"ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session, "ChallengeResponses": responses});
        host.public("cognito-idp.RespondToAuthChallenge", input)
    };
    let session = challenge["Session"].clone();
    assert!(respond(&mut host, &session, "weak").unwrap_err().starts_with("InvalidPassword"));
    let invalid_session = json!("x".repeat(40));
    assert!(
        respond(&mut host, &invalid_session, PASSWORD)
            .unwrap_err()
            .ends_with("Invalid session for the user.")
    );
    let tokens = respond(&mut host, &session, PASSWORD).unwrap();
    assert!(tokens["AuthenticationResult"]["IdToken"].is_string());
    let used = respond(&mut host, &session, PASSWORD).unwrap_err();
    assert!(used.ends_with("session can only be used once."), "{used}");
    host.admin(
        "cognito-idp.AdminSetUserPassword",
        json!({"UserPoolId": pool, "Username": "ben", "Password": PASSWORD, "Permanent": false}),
    );
    let session = sign_in(&mut host, &client, "ben", PASSWORD).unwrap()["Session"].clone();
    host.wait(181);
    assert!(respond(&mut host, &session, PASSWORD).unwrap_err().ends_with("session is expired."));
    host.wait(8 * 86_400);
    let expired = sign_in(&mut host, &client, "ben", PASSWORD).unwrap_err();
    assert!(expired.ends_with("must be reset by an administrator."), "{expired}");
}

#[test]
fn a_client_with_a_secret_requires_a_secret_hash() {
    let mut host = Host::empty();
    let secret = "abcdef01234567890abcdef01234567890";
    let (pool, client) = pool(&mut host, json!({}), json!({"ClientSecret": secret}));
    user(&mut host, &pool, "ana");
    let hash = |name: &str, secret: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(name.as_bytes());
        mac.update(client.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    };
    let sign_in_with_hash = |host: &mut Host, hash: Option<String>| {
        let parameters = json!({"USERNAME": "ana", "PASSWORD": PASSWORD, "SECRET_HASH": hash});
        let input = json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client, "AuthParameters": parameters});
        host.public("cognito-idp.InitiateAuth", input)
    };
    let error = sign_in_with_hash(&mut host, Some(hash("ana", "another"))).unwrap_err();
    assert_eq!(
        error,
        format!("NotAuthorizedException: Unable to verify secret hash for client {client}")
    );
    let tokens = sign_in_with_hash(&mut host, Some(hash("ana", secret))).unwrap();
    let token = text(&tokens, "RefreshToken").to_owned();
    let missing = refresh(&mut host, &client, &token).unwrap_err();
    assert!(
        missing.ends_with("configured with secret but SECRET_HASH was not received"),
        "{missing}"
    );
    let missing = sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err();
    assert!(
        missing.ends_with("configured with secret but SECRET_HASH was not received"),
        "{missing}"
    );
}

#[test]
fn revocation_sign_out_and_expiration_invalidate_tokens() {
    let mut host = Host::empty();
    let (pool, client) = pool(&mut host, json!({}), json!({}));
    let input = json!({"UserPoolId": pool, "ClientName": "other", "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"]});
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    let other = output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
    user(&mut host, &pool, "ana");
    let first = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    let second = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    let (token, access) = (text(&first, "RefreshToken"), text(&first, "AccessToken"));
    assert_eq!(
        refresh(&mut host, &other, token).unwrap_err(),
        "NotAuthorizedException: Invalid Refresh Token"
    );
    let revoke = |host: &mut Host, token: &str, client: &str| {
        host.public("cognito-idp.RevokeToken", json!({"Token": token, "ClientId": client}))
    };
    assert!(revoke(&mut host, access, &client).unwrap_err().starts_with("UnsupportedTokenType"));
    assert!(revoke(&mut host, token, &other).unwrap_err().starts_with("UnauthorizedException"));
    revoke(&mut host, token, &client).unwrap();
    revoke(&mut host, token, &client).unwrap();
    assert_eq!(
        refresh(&mut host, &client, token).unwrap_err(),
        "NotAuthorizedException: Refresh Token has been revoked"
    );
    let get = |host: &mut Host, token: &str| {
        host.public("cognito-idp.GetUser", json!({"AccessToken": token}))
    };
    let revoked = "NotAuthorizedException: Access Token has been revoked";
    assert_eq!(get(&mut host, access).unwrap_err(), revoked);
    let valid_token = text(&second, "AccessToken");
    get(&mut host, valid_token).unwrap();
    host.public("cognito-idp.GlobalSignOut", json!({"AccessToken": valid_token})).unwrap();
    assert_eq!(get(&mut host, valid_token).unwrap_err(), revoked);
    let third = sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    user(&mut host, &pool, "ben");
    let ben = sign_in(&mut host, &client, "ben", PASSWORD).unwrap();
    let token = json!({"AccessToken": text(&ben, "AccessToken")});
    host.public("cognito-idp.DeleteUser", token.clone()).unwrap();
    assert_eq!(
        host.public("cognito-idp.GetUser", token).unwrap_err(),
        "UserNotFoundException: User does not exist."
    );
    host.wait(31 * 86_400);
    let expired = refresh(&mut host, &client, text(&third, "RefreshToken")).unwrap_err();
    assert_eq!(expired, "NotAuthorizedException: Refresh Token has expired");
}

#[test]
fn user_names_follow_the_sign_in_options_of_the_pool() {
    let mut host = Host::empty();
    let (by_email, client) = pool(
        &mut host,
        json!({"UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}),
        json!({}),
    );
    let sign_up = |host: &mut Host, name: &str| {
        let input = json!({"ClientId": client, "Username": name, "Password": PASSWORD});
        host.public("cognito-idp.SignUp", input)
    };
    assert_eq!(
        sign_up(&mut host, "ana").unwrap_err(),
        "InvalidParameterException: Username should be an email."
    );
    let output = sign_up(&mut host, "ana@photos.example").unwrap();
    assert_eq!(
        sign_up(&mut host, "ana@photos.example").unwrap_err(),
        "UsernameExistsException: An account with the given email already exists."
    );
    let input = json!({"UserPoolId": by_email, "Username": "ana@photos.example"});
    let user_output = host.admin("cognito-idp.AdminGetUser", input);
    assert_eq!(user_output["Username"], output["UserSub"]);
    let (aliases, client) = pool(
        &mut host,
        json!({"AliasAttributes": ["email"], "UsernameConfiguration": {"CaseSensitive": false}}),
        json!({}),
    );
    user(&mut host, &aliases, "Ben");
    for name in ["ben", "BEN", "Ben@Photos.Example"] {
        sign_in(&mut host, &client, name, PASSWORD).unwrap();
    }
    let input = json!({"ClientId": client, "Username": "x@y.example", "Password": PASSWORD});
    let error = host.public("cognito-idp.SignUp", input).unwrap_err();
    assert!(error.contains("cannot be of email format"), "{error}");
}

#[test]
fn a_pool_is_not_accessible_from_another_account_or_region() {
    let mut host = Host::empty();
    let (pool, _) = pool(&mut host, json!({}), json!({}));
    let input = json!({"UserPoolId": pool});
    let error = host.json(Some(ARCHIVE), "cognito-idp.DescribeUserPool", &input).unwrap_err();
    assert!(error.starts_with("AccessDenied") || error.starts_with("ResourceNotFound"), "{error}");
    assert!(
        host.json(None, "cognito-idp.DescribeUserPool", &input)
            .unwrap_err()
            .starts_with("MissingAuth")
    );
    host.region = "eu-west-1";
    let error = host.json(Some(crate::common::STUDIO), "cognito-idp.DescribeUserPool", &input);
    assert_eq!(
        error.unwrap_err(),
        format!("ResourceNotFoundException: User pool {pool} does not exist.")
    );
}

/// Signs in with SRP; computes the client's side as Amplify does.
pub(super) fn srp(
    host: &mut Host,
    client: &str,
    pool: &str,
    name: &str,
    password: &str,
) -> Result<Json, String> {
    let n = prime();
    let padded = |x: &BigUint| {
        let mut bytes = x.to_bytes_be();
        if bytes[0] & 0x80 != 0 {
            bytes.insert(0, 0);
        }
        bytes
    };
    let sha256 =
        |parts: &[&[u8]]| parts.iter().fold(Sha256::new(), |s, p| s.chain_update(p)).finalize();
    let hmac = |key: &[u8], text: &[u8]| {
        Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes()
    };
    let (g, a) = (BigUint::from(2_u32), BigUint::from_bytes_be(&[0x5a; 32]));
    let public = g.modpow(&a, &n);
    let input = json!({
        "AuthFlow": "USER_SRP_AUTH",
        "ClientId": client,
        "AuthParameters": {"USERNAME": name, "SRP_A": public.to_str_radix(16)},
    });
    let challenge = host.public("cognito-idp.InitiateAuth", input)?;
    assert_eq!(challenge["ChallengeName"], "PASSWORD_VERIFIER");
    let challenge_parameter =
        |name: &str| challenge["ChallengeParameters"][name].as_str().unwrap().to_owned();
    let hex = |text: String| BigUint::parse_bytes(text.as_bytes(), 16).unwrap();
    let (b, salt, user) = (
        hex(challenge_parameter("SRP_B")),
        hex(challenge_parameter("SALT")),
        challenge_parameter("USER_ID_FOR_SRP"),
    );
    let pool = pool.split_once('_').unwrap().1;
    let inner = sha256(&[format!("{pool}{user}:{password}").as_bytes()]);
    let x = BigUint::from_bytes_be(&sha256(&[&padded(&salt), &inner]));
    let u = BigUint::from_bytes_be(&sha256(&[&padded(&public), &padded(&b)]));
    let k = BigUint::from_bytes_be(&sha256(&[&padded(&n), &padded(&g)]));
    let server_base = (&b + &n * &k - k * g.modpow(&x, &n)) % &n;
    let shared = server_base.modpow(&(a + &u * x), &n);
    let key = hmac(&hmac(&padded(&u), &padded(&shared)), b"Caldera Derived Key\x01");
    let time = "Mon Nov 23 07:36:08 UTC 2026";
    let block = STANDARD.decode(challenge_parameter("SECRET_BLOCK")).unwrap();
    let signed_content = [pool.as_bytes(), user.as_bytes(), &block, time.as_bytes()].concat();
    let input = json!({
        "ClientId": client,
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": user,
            "PASSWORD_CLAIM_SECRET_BLOCK": challenge_parameter("SECRET_BLOCK"),
            "PASSWORD_CLAIM_SIGNATURE": STANDARD.encode(hmac(&key[..16], &signed_content)),
            "TIMESTAMP": time,
        },
    });
    host.public("cognito-idp.RespondToAuthChallenge", input)
}

/// The 3072-bit prime of RFC 5054: 2^3072 - 2^3008 - 1 + 2^64 * (floor(2^2942 pi) + 1690314).
fn prime() -> BigUint {
    let text = include_str!("../../../../services/cognito-idp/src/auth/srp.rs");
    let digits = crate::common::between(text, "PRIME: &[u8] = b\"", "\"").unwrap();
    let digits: String = digits.chars().filter(char::is_ascii_hexdigit).collect();
    BigUint::parse_bytes(digits.as_bytes(), 16).unwrap()
}

#[test]
fn srp_does_not_send_the_password() {
    let mut host = Host::empty();
    let more = json!({
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
    });
    let (pool, client) = pool(&mut host, json!({}), more);
    user(&mut host, &pool, "ana");
    let output = srp(&mut host, &client, &pool, "ana", PASSWORD).unwrap();
    assert!(output["AuthenticationResult"]["IdToken"].is_string());
    let wrong = "NotAuthorizedException: Incorrect username or password.";
    assert_eq!(srp(&mut host, &client, &pool, "ana", "another").unwrap_err(), wrong);
    assert_eq!(srp(&mut host, &client, &pool, "nobody", PASSWORD).unwrap_err(), wrong);
    assert!(
        !host
            .events()
            .iter()
            .any(|e| e["call"] == "InitiateAuth" && e.to_string().contains(PASSWORD))
    );
    let error = sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err();
    assert!(error.ends_with("USER_PASSWORD_AUTH flow not enabled for this client"), "{error}");
}

#[test]
fn updates_replace_settings_and_validate_attributes() {
    let mut host = Host::empty();
    let schema = json!([{"Name": "team", "AttributeDataType": "String", "Mutable": false, "StringAttributeConstraints": {"MaxLength": "5"}}]);
    let (pool, client) =
        pool(&mut host, json!({"Schema": schema, "DeletionProtection": "ACTIVE"}), json!({}));
    user(&mut host, &pool, "ana");
    let set = |host: &mut Host, name: &str, value: &str| {
        let attributes = json!([{"Name": name, "Value": value}]);
        let input = json!({"UserPoolId": pool, "Username": "ana", "UserAttributes": attributes});
        host.json(Some(crate::common::STUDIO), "cognito-idp.AdminUpdateUserAttributes", &input)
    };
    set(&mut host, "custom:team", "red").unwrap();
    for (name, value, expected) in [
        (
            "custom:team",
            "blue",
            "InvalidParameterException: user.custom:team: Attribute cannot be updated.",
        ),
        (
            "custom:team",
            "orange",
            "InvalidParameterException: Attributes did not conform to the schema: custom:team: String must be no longer than 5 characters\n",
        ),
        ("sub", "1", "InvalidParameterException: Cannot modify the non-mutable attribute sub"),
    ] {
        assert_eq!(set(&mut host, name, value).unwrap_err(), expected);
    }
    set(&mut host, "email", "other@photos.example").unwrap();
    let user_output =
        host.admin("cognito-idp.AdminGetUser", json!({"UserPoolId": pool, "Username": "ana"}));
    assert!(
        user_output["UserAttributes"]
            .as_array()
            .unwrap()
            .contains(&json!({"Name": "email_verified", "Value": "false"}))
    );
    let delete = json!({"UserPoolId": pool});
    assert!(
        host.json(Some(crate::common::STUDIO), "cognito-idp.DeleteUserPool", &delete)
            .unwrap_err()
            .contains("deletion protection")
    );
    host.admin("cognito-idp.UpdateUserPool", json!({"UserPoolId": pool}));
    let input = json!({"UserPoolId": pool, "ClientId": client});
    let output = host.admin("cognito-idp.UpdateUserPoolClient", input);
    assert_eq!(output["UserPoolClient"]["ClientName"], "web");
    assert_eq!(output["UserPoolClient"]["ExplicitAuthFlows"].as_array().unwrap().len(), 3);
    host.admin("cognito-idp.DeleteUserPool", delete);
    assert!(
        sign_in(&mut host, &client, "ana", PASSWORD).unwrap_err().starts_with("ResourceNotFound")
    );
}

#[test]
fn a_user_can_sign_in_at_any_clock_time() {
    for set in [i64::MIN, 0, i64::MAX] {
        let mut host = Host::empty();
        let (pool, client) = pool(&mut host, json!({}), json!({}));
        user(&mut host, &pool, "ana");
        let mut request = crate::common::get("https://cognitab.invalid/_cognitab/clock");
        request.method = "POST".into();
        request.body = json!({"set": set}).to_string().into_bytes();
        assert_eq!(host.send(request).status, 200);
        sign_in(&mut host, &client, "ana", PASSWORD).unwrap();
    }
}
