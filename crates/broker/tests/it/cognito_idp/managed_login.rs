//! Managed login: the login pages and OAuth endpoints of a user pool's domain, through the broker.
use crate::common::{Host, between, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_jose::Token;
use cognitab_wire::http::{Request, Response, Url, encode, param};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

const PASSWORD: &str = "Ana-Photos-1!";
const DOMAIN: &str = "https://photos-demo.auth.us-east-1.amazoncognito.com";
const CALLBACK: &str = "https://photos.example/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const SCOPES: [&str; 4] = ["openid", "email", "profile", "aws.cognito.signin.user.admin"];

/// A host with a user pool, its domain, two public app clients and a user.
struct Lab {
    host: Host,
    pool: String,
    client: String,
    other: String,
}

fn lab() -> Lab {
    let mut host = Host::empty();
    let input = json!({"PoolName": "photos", "AutoVerifiedAttributes": ["email"]});
    let output = host.admin("cognito-idp.CreateUserPool", input);
    let pool = output["UserPool"]["Id"].as_str().unwrap().to_owned();
    host.admin(
        "cognito-idp.CreateUserPoolDomain",
        json!({"UserPoolId": pool, "Domain": "photos-demo"}),
    );
    let client = client(&mut host, &pool, json!({}));
    let other = self::client(&mut host, &pool, json!({"CallbackURLs": ["https://other.example/"]}));
    let attributes = json!([{"Name": "email", "Value": "ana@photos.example"}]);
    host.admin(
        "cognito-idp.AdminCreateUser",
        json!({"UserPoolId": pool, "Username": "ana", "MessageAction": "SUPPRESS", "UserAttributes": attributes}),
    );
    let input =
        json!({"UserPoolId": pool, "Username": "ana", "Password": PASSWORD, "Permanent": true});
    host.admin("cognito-idp.AdminSetUserPassword", input);
    Lab { host, pool, client, other }
}

fn client(host: &mut Host, pool: &str, more: Json) -> String {
    let mut input = json!({
        "UserPoolId": pool,
        "ClientName": "photos-web",
        "CallbackURLs": [CALLBACK, "myapp://cb?x=1"],
        "LogoutURLs": ["https://photos.example/bye"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": SCOPES,
        "PreventUserExistenceErrors": "ENABLED",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let output = host.admin("cognito-idp.CreateUserPoolClient", input);
    output["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
}

fn query(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs.iter().map(|(n, v)| format!("{n}={}", encode(v))).collect();
    pairs.join("&")
}

fn location(response: &Response) -> &str {
    assert_eq!(response.status, 302, "{}", response.text());
    response.header("location").unwrap()
}

/// A parameter in the query or the fragment of the redirect's `Location`.
fn redirect_parameter(response: &Response, name: &str) -> Option<String> {
    let location = location(response);
    let url = Url::parse(location);
    let parameters = [url.params(), cognitab_wire::http::form(url.fragment.as_bytes())].concat();
    param(&parameters, name).map(str::to_owned)
}

impl Lab {
    fn authorize(&self, more: &[(&str, &str)]) -> Request {
        let mut all = vec![
            ("client_id", self.client.as_str()),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("state", "a b&c=d/ä"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in more {
            all.retain(|(n, _)| n != name);
            all.push((name, value));
        }
        all.retain(|(_, value)| !value.is_empty());
        get(&format!("{DOMAIN}/oauth2/authorize?{}", query(&all)))
    }

    /// Opens the login page and submits its form.
    fn sign_in(&mut self, browser: &str, more: &[(&str, &str)], password: &str) -> Response {
        let request = self.authorize(more);
        let redirect = self.host.browse(browser, request);
        let login = location(&redirect).to_owned();
        assert!(login.starts_with(&format!("{DOMAIN}/login?")), "{login}");
        let page = self.host.browse(browser, get(&login)).text().into_owned();
        let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
        let form = [("_csrf", csrf), ("username", "ana"), ("password", password)];
        self.host.browse(browser, post(&login, &form))
    }

    fn token(&mut self, form: &[(&str, &str)]) -> (u16, Json) {
        let response = self.host.send(post(&format!("{DOMAIN}/oauth2/token"), form));
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }

    fn exchange(&mut self, more: &[(&str, &str)]) -> (u16, Json) {
        let client = self.client.clone();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", client.as_str()),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in more {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        self.token(&form)
    }

    fn bearer(&mut self, token: &str) -> (u16, Json) {
        let mut request = get(&format!("{DOMAIN}/oauth2/userInfo"));
        request.headers.push(("authorization".into(), format!("Bearer {token}")));
        let response = self.host.send(request);
        (response.status, serde_json::from_slice(&response.body).unwrap())
    }
}

#[test]
fn the_authorization_code_flow_ends_with_user_info() {
    let mut lab = lab();
    let redirect = lab.sign_in("b", &[("nonce", "n-1"), ("scope", "openid email")], PASSWORD);
    assert!(location(&redirect).starts_with(&format!("{CALLBACK}?code=")));
    assert_eq!(redirect_parameter(&redirect, "state").unwrap(), "a b&c=d/ä");
    let code = redirect_parameter(&redirect, "code").unwrap();
    let (status, tokens) = lab.exchange(&[("code", &code)]);
    assert_eq!(status, 200, "{tokens}");
    let text = |name: &str| tokens[name].as_str().unwrap();
    let (id, access) =
        (Token::parse(text("id_token")).unwrap(), Token::parse(text("access_token")).unwrap());
    assert_eq!(id.claim("nonce"), "n-1");
    assert_eq!(id.claim("aud"), lab.client);
    let half = &Sha256::digest(text("access_token"))[..16];
    assert_eq!(id.claim("at_hash"), URL_SAFE_NO_PAD.encode(half));
    assert_eq!(access.claim("scope"), "openid email");
    assert_eq!(access.number("version"), Some(2));
    let (status, info) = lab.bearer(text("access_token"));
    assert_eq!(status, 200);
    assert_eq!(
        info,
        json!({"sub": access.claim("sub"), "email": "ana@photos.example", "username": "ana"})
    );
    assert_eq!(lab.bearer("x").0, 401);
    let client = lab.client.clone();
    let refresh = text("refresh_token");
    let (status, refreshed) = lab.token(&[
        ("grant_type", "refresh_token"),
        ("client_id", &client),
        ("refresh_token", refresh),
    ]);
    assert_eq!(status, 200);
    assert!(refreshed.get("refresh_token").is_none());
    let other = lab.other.clone();
    let (status, refused) = lab.token(&[
        ("grant_type", "refresh_token"),
        ("client_id", &other),
        ("refresh_token", refresh),
    ]);
    assert_eq!((status, refused), (400, json!({"error": "invalid_grant"})));
    let form = [("token", refresh), ("client_id", client.as_str())];
    assert_eq!(lab.host.send(post(&format!("{DOMAIN}/oauth2/revoke"), &form)).status, 200);
    assert_eq!(lab.bearer(text("access_token")).0, 401);
}

/// Another user with the name of a deleted one gets neither the tokens of a code nor the answer to a
/// challenge that was issued to the first.
#[test]
fn what_was_issued_to_a_deleted_user_is_not_for_the_next_one_of_that_name() {
    let mut lab = lab();
    let back = lab.sign_in("b", &[], PASSWORD);
    let code = redirect_parameter(&back, "code").unwrap();
    let named = json!({"UserPoolId": lab.pool, "Username": "ana"});
    let with = |more: Json| {
        let mut input = named.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let temporary = with(json!({"Password": "Temp-Passw0rd!", "Permanent": false}));
    lab.host.admin("cognito-idp.AdminSetUserPassword", temporary.clone());
    let api = lab.host.admin(
        "cognito-idp.CreateUserPoolClient",
        json!({"UserPoolId": lab.pool, "ClientName": "api", "ExplicitAuthFlows": [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        ]}),
    );
    let api = api["UserPoolClient"]["ClientId"].clone();
    let sign_in = json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": api,
        "AuthParameters": {"USERNAME": "ana", "PASSWORD": "Temp-Passw0rd!"},
    });
    let challenge = lab.host.public("cognito-idp.InitiateAuth", sign_in).unwrap();
    lab.host.admin("cognito-idp.AdminDeleteUser", named.clone());
    lab.host.admin("cognito-idp.AdminCreateUser", with(json!({"MessageAction": "SUPPRESS"})));
    lab.host.admin("cognito-idp.AdminSetUserPassword", temporary);
    let (status, refused) = lab.exchange(&[("code", &code)]);
    assert_eq!((status, refused), (400, json!({"error": "invalid_grant"})));
    let answer = json!({
        "ChallengeName": "NEW_PASSWORD_REQUIRED", "ClientId": api,
        "Session": challenge["Session"],
        "ChallengeResponses": {"USERNAME": "ana", "NEW_PASSWORD": "Another-Passw0rd!"},
    });
    let refused = lab.host.public("cognito-idp.RespondToAuthChallenge", answer).unwrap_err();
    assert!(refused.starts_with("NotAuthorizedException: Invalid session"), "{refused}");
}

#[test]
fn the_media_type_of_a_token_request_is_compared_without_case() {
    let mut lab = lab();
    for (media_type, error) in [
        ("Application/X-WWW-Form-Urlencoded; charset=utf-8", "unsupported_grant_type"),
        ("application/x-www-form-urlencodedfoo", "invalid_request"),
    ] {
        let mut request = post(&format!("{DOMAIN}/oauth2/token"), &[("grant_type", "password")]);
        request.headers.retain(|(name, _)| name != "content-type");
        request.headers.push(("content-type".into(), media_type.into()));
        let response = lab.host.send(request);
        let body: Json = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(body["error"], error, "{media_type}");
    }
}

#[test]
fn events_go_from_the_app_to_managed_login_to_the_user_pool() {
    let mut lab = lab();
    lab.sign_in("b", &[], PASSWORD);
    let events = lab.host.events();
    let last: Vec<_> = events[events.len() - 4..]
        .iter()
        .map(|e| {
            format!(
                "{}>{} {}",
                e["from"].as_str().unwrap(),
                e["to"].as_str().unwrap(),
                e["call"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        last,
        [
            "app>login GET /oauth2/authorize",
            "app>login GET /login",
            "app>login POST /login",
            "login>user-pool Sign in",
        ]
    );
    let post = &events[events.len() - 2];
    assert_eq!(events.last().unwrap()["inside"], post["number"]);
    assert_eq!(post["returns"][0]["kind"], "code");
    lab.sign_in("c", &[], "wrong");
    let events = lab.host.events();
    let post = &events[events.len() - 2];
    assert_eq!(post["refusal"]["cause"], events.last().unwrap()["number"]);
    assert_eq!(post["refusal"]["message"], "Incorrect username or password.");
}

#[test]
fn the_implicit_flow_returns_tokens_in_the_fragment() {
    let mut lab = lab();
    let redirect = lab.sign_in(
        "b",
        &[("response_type", "token"), ("code_challenge", ""), ("code_challenge_method", "")],
        PASSWORD,
    );
    let target = location(&redirect);
    assert!(
        target.starts_with(&format!("{CALLBACK}#id_token=")) && !target.contains('~'),
        "{target}"
    );
    assert_eq!(redirect_parameter(&redirect, "token_type").unwrap(), "Bearer");
    assert_eq!(redirect_parameter(&redirect, "state").unwrap(), "a b&c=d/ä");
    assert!(redirect_parameter(&redirect, "refresh_token").is_none());
    let access = redirect_parameter(&redirect, "access_token").unwrap();
    assert_eq!(lab.bearer(&access).0, 200);
}

#[test]
fn invalid_authorization_requests_return_oauth_errors() {
    let mut lab = lab();
    let other_origin = "https://evil.example/callback";
    for (more, error, on_domain) in [
        (vec![("redirect_uri", other_origin)], "redirect_mismatch", true),
        (vec![("redirect_uri", "https://photos.example/callback/")], "redirect_mismatch", true),
        (vec![("redirect_uri", "")], "redirect_mismatch", true),
        (vec![("client_id", "nobody")], "invalid_request", true),
        (vec![("response_type", "")], "invalid_request", false),
        (vec![("response_type", "id_token")], "invalid_request", false),
        (vec![("scope", "openid phone")], "invalid_scope", false),
        (vec![("scope", "nothing")], "invalid_scope", false),
        (vec![("code_challenge_method", "plain")], "invalid_request", false),
        (vec![("code_challenge_method", "")], "invalid_request", false),
        (vec![("identity_provider", "Google")], "invalid_request", false),
    ] {
        let request = lab.authorize(&more);
        let redirect = lab.host.send(request);
        let target = location(&redirect);
        assert_eq!(target.starts_with(&format!("{DOMAIN}/error?")), on_domain, "{more:?} {target}");
        assert_eq!(redirect_parameter(&redirect, "error").unwrap(), error, "{more:?}");
        if !on_domain {
            assert_eq!(redirect_parameter(&redirect, "state").unwrap(), "a b&c=d/ä");
        }
    }
    let page = lab.host.send(get(&format!("{DOMAIN}/error?error=%3Cscript%3E")));
    assert_eq!(page.status, 400);
    assert!(page.text().contains("An error was encountered with the requested page."));
    assert!(!page.text().contains("<script>"));
}

#[test]
fn invalid_token_requests_return_oauth_errors() {
    let mut lab = lab();
    let secret = "abcdef01234567890abcdef01234567890";
    let confidential = client(&mut lab.host, &lab.pool.clone(), json!({"ClientSecret": secret}));
    let client = lab.client.clone();
    for (form, error) in [
        (vec![("client_id", &*client)], "invalid_request"),
        (vec![("grant_type", "password"), ("client_id", &*client)], "unsupported_grant_type"),
        (vec![("grant_type", "authorization_code")], "invalid_request"),
        (vec![("grant_type", "authorization_code"), ("client_id", "nobody")], "invalid_client"),
        (
            vec![("grant_type", "authorization_code"), ("client_id", &*confidential)],
            "invalid_client",
        ),
        (
            vec![
                ("grant_type", "authorization_code"),
                ("client_id", &*confidential),
                ("client_secret", "x"),
            ],
            "invalid_client",
        ),
        (vec![("grant_type", "client_credentials"), ("client_id", &*client)], "invalid_grant"),
    ] {
        let (status, answer) = lab.token(&form);
        assert_eq!((status, answer["error"].as_str().unwrap()), (400, error), "{form:?}");
    }
    let mut json = post(&format!("{DOMAIN}/oauth2/token"), &[("grant_type", "refresh_token")]);
    json.headers[0].1 = "application/json".into();
    assert!(lab.host.send(json).text().contains("invalid_request"));
}

#[test]
fn the_session_cookie_signs_in_for_one_hour() {
    let mut lab = lab();
    lab.sign_in("b", &[], PASSWORD);
    let authorize = lab.authorize(&[]);
    let second = lab.host.browse("b", authorize.clone());
    assert!(redirect_parameter(&second, "code").is_some());
    assert!(location(&lab.host.browse("another", authorize.clone())).starts_with(DOMAIN));
    lab.host.wait(3599);
    assert!(redirect_parameter(&lab.host.browse("b", authorize.clone()), "code").is_some());
    lab.host.wait(2);
    assert!(location(&lab.host.browse("b", authorize.clone())).starts_with(DOMAIN));
    lab.sign_in("b", &[], PASSWORD);
    let client = lab.client.clone();
    let logout =
        |uri: &str| get(&format!("{DOMAIN}/logout?client_id={client}&logout_uri={}", encode(uri)));
    let invalid = lab.host.browse("b", logout("https://evil.example/"));
    assert_eq!(invalid.status, 400);
    assert!(
        invalid.text().contains("&#39;redirect_uri&#39;")
            || invalid.text().contains("'redirect_uri'")
    );
    let redirect = lab.host.browse("b", logout("https://photos.example/bye"));
    assert_eq!(location(&redirect), "https://photos.example/bye");
    assert!(location(&lab.host.browse("b", authorize)).starts_with(DOMAIN));
}

#[test]
fn forms_need_the_csrf_token_of_the_same_browser() {
    let mut lab = lab();
    let request = lab.authorize(&[]);
    let login = location(&lab.host.browse("b", request)).to_owned();
    let page = lab.host.browse("b", get(&login)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap().to_owned();
    let form =
        |csrf: &str| post(&login, &[("_csrf", csrf), ("username", "ana"), ("password", PASSWORD)]);
    assert_eq!(lab.host.browse("b", form("x")).status, 403);
    assert_eq!(lab.host.browse("b", post(&login, &[("username", "ana")])).status, 403);
    assert_eq!(lab.host.browse("another", form(&csrf)).status, 403);
    assert!(redirect_parameter(&lab.host.browse("b", form(&csrf)), "code").is_some());
}

#[test]
fn pages_escape_request_parameters() {
    let mut lab = lab();
    let hint = "\"><script>alert(1)</script>";
    let request = lab.authorize(&[("login_hint", hint), ("state", hint)]);
    let login = location(&lab.host.send(request)).to_owned();
    let page = lab.host.send(get(&login));
    let text = page.text();
    assert!(!text.contains("<script>") && text.contains("photos-web"), "{text}");
    assert!(text.contains("<html lang=\"en\">") && text.contains("action=\"login?client_id="));
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none';")
            && policy.contains("form-action 'self' https://photos.example;")
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.header("x-amz-cognito-request-id").is_some());
    let style = lab.host.send(get(&format!("{DOMAIN}/assets/page.css")));
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
}

#[test]
fn cookies_are_set_by_headers_without_a_simulated_browser() {
    let mut lab = lab();
    let request = lab.authorize(&[]);
    let login = location(&lab.host.send(request)).to_owned();
    let page = lab.host.send(get(&login));
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.starts_with("XSRF-TOKEN=") && cookie.contains("Path=/"));
    let csrf = between(cookie, "XSRF-TOKEN=", ";").unwrap();
    let mut form = post(&login, &[("_csrf", csrf), ("username", "ana"), ("password", PASSWORD)]);
    form.headers.push(("cookie".into(), format!("XSRF-TOKEN={csrf}")));
    let redirect = lab.host.send(form);
    let session = redirect.header("set-cookie").unwrap();
    assert!(session.starts_with("cognito=") && session.contains("Max-Age=3600"));
    let session_cookie = session.split(';').next().unwrap().to_owned();
    let mut request = lab.authorize(&[]);
    request.headers.push(("cookie".into(), session_cookie));
    assert!(redirect_parameter(&lab.host.send(request), "code").is_some());
}

#[test]
fn a_sign_up_on_the_pages_ends_with_an_authorization_code() {
    let mut lab = lab();
    let request = lab.authorize(&[]);
    let login = location(&lab.host.browse("b", request)).to_owned();
    let sign_up = login.replace("/login?", "/signup?");
    let page = lab.host.browse("b", get(&sign_up)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap().to_owned();
    let form = |password: &str| {
        post(
            &sign_up,
            &[
                ("_csrf", &csrf),
                ("username", "eva"),
                ("email", "eva@photos.example"),
                ("password", password),
            ],
        )
    };
    let weak = lab.host.browse("b", form("weak"));
    assert_eq!(weak.status, 400);
    assert!(weak.text().contains("Password not long enough"));
    let confirm = location(&lab.host.browse("b", form(PASSWORD))).to_owned();
    assert!(confirm.starts_with(&format!("{DOMAIN}/confirm?")));
    let send = |lab: &mut Lab, page: &str, code: &str| {
        let form = [("_csrf", &*csrf), ("username", "eva"), ("code", code)];
        lab.host.browse("b", post(&confirm.replace("/confirm?", page), &form))
    };
    assert!(send(&mut lab, "/confirm?", "x").text().contains("Invalid verification code provided"));
    assert!(send(&mut lab, "/resendcode?", "").text().contains("e***@p***"));
    let code = lab.host.code();
    let redirect = send(&mut lab, "/confirm?", &code);
    let code = redirect_parameter(&redirect, "code").unwrap();
    let (_, tokens) = lab.exchange(&[("code", &code)]);
    let id = Token::parse(tokens["id_token"].as_str().unwrap()).unwrap();
    assert_eq!((id.claim("cognito:username"), &id.claims["email_verified"]), ("eva", &json!(true)));
}

#[test]
fn a_temporary_password_is_changed_on_the_page() {
    let mut lab = lab();
    let input = json!({"UserPoolId": lab.pool, "Username": "ana", "Password": PASSWORD, "Permanent": false});
    lab.host.admin("cognito-idp.AdminSetUserPassword", input);
    let page = lab.sign_in("b", &[], PASSWORD).text().into_owned();
    let value = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"").unwrap();
    let action = between(&page, "action=\"", "\"").unwrap().replace("&amp;", "&");
    let form = |password: &str| {
        let fields = ["_csrf", "session", "username"].map(|n| (n, value(n)));
        post(&format!("{DOMAIN}/{action}"), &[&fields[..], &[("new_password", password)]].concat())
    };
    assert!(lab.host.browse("b", form("weak")).text().contains("Password not long enough"));
    assert!(redirect_parameter(&lab.host.browse("b", form("Another-1-now!")), "code").is_some());
}

#[test]
fn the_discovery_document_names_the_domain() {
    let mut lab = lab();
    let issuer = format!("https://cognito-idp.us-east-1.amazonaws.com/{}", lab.pool);
    for base in [issuer.clone(), format!("http://127.0.0.1:4566/{}", lab.pool)] {
        let response = lab.host.send(get(&format!("{base}/.well-known/openid-configuration")));
        let document: Json = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(document["issuer"], issuer.as_str());
        assert_eq!(document["token_endpoint"], format!("{DOMAIN}/oauth2/token"));
        assert_eq!(document["jwks_uri"], format!("{issuer}/.well-known/jwks.json"));
    }
    let unknown_domain = "https://nobody.auth.us-east-1.amazoncognito.com/login";
    assert_eq!(lab.host.send(get(unknown_domain)).status, 404);
}

#[test]
fn a_forgotten_password_is_reset_on_the_page() {
    let mut lab = lab();
    let input = json!({"UserPoolId": lab.pool, "Username": "dora", "MessageAction": "SUPPRESS", "UserAttributes": [
        {"Name": "email", "Value": "dora@photos.example"}, {"Name": "email_verified", "Value": "true"},
    ]});
    lab.host.admin("cognito-idp.AdminCreateUser", input);
    let input = json!({"UserPoolId": lab.pool, "Username": "dora", "Password": PASSWORD, "Permanent": true});
    lab.host.admin("cognito-idp.AdminSetUserPassword", input);
    let request = lab.authorize(&[]);
    let login = location(&lab.host.browse("b", request)).to_owned();
    let forgot = login.replace("/login?", "/forgotPassword?");
    let page = lab.host.browse("b", get(&forgot)).text().into_owned();
    let csrf = between(&page, "name=\"_csrf\" value=\"", "\"").unwrap();
    let forgot_form = |name: &str| post(&forgot, &[("_csrf", csrf), ("username", name)]);
    let unknown_user = lab.host.browse("b", forgot_form("nobody"));
    assert!(unknown_user.status == 200 && unknown_user.text().contains("n***@e***"));
    let unverified_user = lab.host.browse("b", forgot_form("ana"));
    assert!(unverified_user.text().contains("no registered/verified email or phone_number"));
    assert!(lab.host.browse("b", forgot_form("dora")).text().contains("d***@p***"));
    let code = lab.host.code();
    let confirm = login.replace("/login?", "/confirmforgotPassword?");
    let form = |code: &str| {
        post(
            &confirm,
            &[
                ("_csrf", csrf),
                ("username", "dora"),
                ("code", code),
                ("password", "Another-1-now!"),
            ],
        )
    };
    assert!(lab.host.browse("b", form("x")).text().contains("Invalid verification code provided"));
    assert_eq!(location(&lab.host.browse("b", form(&code))), login);
    let form = [("_csrf", csrf), ("username", "dora"), ("password", "Another-1-now!")];
    assert!(redirect_parameter(&lab.host.browse("b", post(&login, &form)), "code").is_some());
}

#[test]
fn the_client_credentials_flow_returns_a_token_for_custom_scopes() {
    let mut lab = lab();
    let pool = lab.pool.clone();
    let scopes = json!([{"ScopeName": "read", "ScopeDescription": "reads albums"}]);
    let input = json!({"UserPoolId": pool, "Identifier": "https://albums.example", "Name": "albums", "Scopes": scopes});
    lab.host.admin("cognito-idp.CreateResourceServer", input);
    let secret = "abcdef01234567890abcdef01234567890";
    let scope = "https://albums.example/read";
    let machine = client(
        &mut lab.host,
        &pool,
        json!({"ClientSecret": secret, "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": [scope]}),
    );
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", &*machine),
        ("client_secret", secret),
    ];
    let (status, answer) = lab.token(&form);
    assert_eq!(status, 200, "{answer}");
    let token = Token::parse(answer["access_token"].as_str().unwrap()).unwrap();
    assert_eq!((token.claim("sub"), token.claim("scope")), (&*machine, scope));
    assert!(answer.get("id_token").is_none() && answer.get("refresh_token").is_none());
    form.push(("scope", "openid"));
    assert_eq!(lab.token(&form), (400, json!({"error": "invalid_scope"})));
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{machine}:{secret}"));
    let mut request =
        post(&format!("{DOMAIN}/oauth2/token"), &[("grant_type", "client_credentials")]);
    request.headers.push(("authorization".into(), format!("Basic {basic}")));
    assert_eq!(lab.host.send(request.clone()).status, 200);
    request.body.extend(b"&client_id=another");
    assert!(lab.host.send(request).text().contains("invalid_request"));
}
