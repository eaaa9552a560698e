//! A host for tests: it sends requests to the broker, with a clock that the test advances, published
//! test keys and synchronous signing.
#![allow(dead_code, reason = "not every module uses every helper")]
pub(crate) mod photos;

use cognitab_broker::scenario;
use cognitab_broker::{
    Answer, Done, Input, Invocation, Question, Signing, Step, World, handle, services,
};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use cognitab_wire::{Schema, client, json};
use serde_json::Value as Json;

/// A Monday in November 2026.
pub(crate) const NOW: i64 = 1_795_419_368_000;
/// Administrator of account Studio, 111122223333.
pub(crate) const STUDIO: (&str, &str) =
    ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
/// Administrator of account Archive, 444455556666.
pub(crate) const ARCHIVE: (&str, &str) =
    ("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY");

/// A host: a world, its clock and the history of requests.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) world: World,
    pub(crate) now: i64,
    pub(crate) region: &'static str,
    /// Each request so far: its input, its response, and the world after it.
    pub(crate) steps: Vec<(Input, Response, World)>,
    /// The Lambda functions of this host, by ARN and event.
    pub(crate) functions: fn(&str, &str) -> Invocation,
}

/// The world of a scenario in `static/scenarios`; `empty` is the world of two empty accounts.
pub(crate) fn world(scenario: &str) -> World {
    if scenario == "empty" {
        return scenario::empty(NOW, 7);
    }
    scenario::open(scenario, &script(scenario), NOW, 7).unwrap()
}

/// The script of a scenario in `static/scenarios`.
pub(crate) fn script<T: serde::de::DeserializeOwned>(scenario: &str) -> T {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/scenarios");
    let text = std::fs::read_to_string(format!("{folder}/{scenario}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

impl Host {
    /// A host of a world with two empty accounts.
    pub(crate) fn empty() -> Host {
        Host::open("empty")
    }

    /// A host of the world of a scenario.
    pub(crate) fn open(scenario: &str) -> Host {
        let world = world(scenario);
        Host {
            world,
            now: NOW,
            region: "us-east-1",
            steps: Vec::new(),
            functions: |_, _| Invocation::NotFound,
        }
    }

    /// Advances the clock.
    pub(crate) fn wait(&mut self, seconds: i64) {
        self.now += seconds * 1000;
    }

    /// Sends a request unchanged.
    pub(crate) fn send(&mut self, request: Request) -> Response {
        self.deliver(request, None)
    }

    /// Sends a request from a browser, whose cookies are stored in the world.
    pub(crate) fn browse(&mut self, browser: &str, request: Request) -> Response {
        self.deliver(request, Some(browser.to_owned()))
    }

    fn deliver(&mut self, request: Request, browser: Option<String>) -> Response {
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&(self.steps.len() as u64 + 1).to_be_bytes());
        let mut input = Input { now: self.now, entropy, request, browser, ..Input::default() };
        let done = loop {
            match handle(&self.world, &input) {
                Step::Ask(Question::RsaKey) => {
                    let key = cognitab_jose::published_key(input.answers.len());
                    input.answers.push(Answer::RsaKey(key.to_vec()));
                }
                Step::Ask(Question::Invoke { function, payload }) => {
                    let invocation = (self.functions)(&function, &payload);
                    input.answers.push(Answer::Invocation(invocation));
                }
                Step::Done(done) => break with_signatures(*done),
            }
        };
        self.world = done.world.clone();
        self.steps.push((input, done.response.clone(), done.world));
        done.response
    }

    /// Calls `service.Operation` in the protocol of its service, signed with the credentials if there
    /// are any.
    pub(crate) fn operation(
        &mut self,
        key: Option<&Credentials>,
        call: &str,
        input: &Json,
    ) -> Response {
        let (service, operation) = call.split_once('.').unwrap();
        let service = services().iter().find(|s| s.name == service).unwrap();
        let operation = service.operation(operation).unwrap_or_else(|| panic!("no {call}"));
        let (service, operation) = (service.client(), operation.client());
        let input = json::from_json(input.clone(), &Schema::DOCUMENT).unwrap();
        let mut request = client::encode(&service, &operation, &input, self.region);
        if let Some(key) = key {
            let region = service.signing_region(self.region);
            sigv4::sign(&mut request, key, region, service.endpoint_prefix, self.now);
        }
        self.send(request)
    }

    /// Calls `service.Operation` of a JSON service, signed with the access key if there is one.
    pub(crate) fn json(
        &mut self,
        key: Option<(&str, &str)>,
        call: &str,
        input: &Json,
    ) -> Result<Json, String> {
        let response = self.operation(key.map(credentials).as_ref(), call, input);
        let body: Json = serde_json::from_slice(&response.body).unwrap_or(Json::Null);
        if response.status < 300 {
            return Ok(body);
        }
        let text = |name: &str| body.get(name).and_then(Json::as_str).unwrap_or_default();
        let message = [text("message"), text("Message")].concat();
        Err(format!("{}: {message}", text("__type")))
    }

    /// Calls an operation of STS or IAM.
    pub(crate) fn query(
        &mut self,
        key: &Credentials,
        call: &str,
        input: &[(&str, &str)],
    ) -> Response {
        let (service, action) = call.split_once('.').unwrap();
        let mut request = query(service, action, input);
        sigv4::sign(&mut request, key, "us-east-1", service, self.now);
        self.send(request)
    }

    /// Calls an operation as Studio's administrator; it must succeed.
    pub(crate) fn admin(&mut self, call: &str, input: Json) -> Json {
        self.json(Some(STUDIO), call, &input).unwrap_or_else(|e| panic!("{call}: {e}"))
    }

    /// Calls an operation without a signature.
    pub(crate) fn public(&mut self, call: &str, input: Json) -> Result<Json, String> {
        self.json(None, call, &input)
    }

    /// The events of the world, oldest first.
    pub(crate) fn events(&mut self) -> Vec<Json> {
        let body = self.send(get("https://cognitab.invalid/_cognitab/events?since=0")).body;
        let body: Json = serde_json::from_slice(&body).unwrap();
        body["events"].as_array().unwrap().clone()
    }

    /// The verification code in the newest message of the inbox.
    pub(crate) fn code(&mut self) -> String {
        let body = self.send(get("https://cognitab.invalid/_cognitab/inbox")).body;
        let body: Json = serde_json::from_slice(&body).unwrap();
        body["messages"][0]["code"].as_str().unwrap().to_owned()
    }
}

/// Adds the signatures that a result waits for.
pub(crate) fn with_signatures(done: Done) -> Done {
    let sign = |s: &Signing| cognitab_jose::sign(&s.key, s.bits, &s.input).unwrap();
    let signatures: Vec<_> = done.signing.iter().map(sign).collect();
    done.sign_with(&signatures)
}

/// The credentials of an access key, without a session token.
pub(crate) fn credentials((id, secret): (&str, &str)) -> Credentials {
    Credentials { access_key_id: id.into(), secret_access_key: secret.into(), session_token: None }
}

/// The credentials in a response of STS or IAM.
pub(crate) fn credentials_in(response: &Response) -> Credentials {
    let text = response.text();
    let part = |name: &str| {
        let value = between(&text, &format!("<{name}>"), &format!("</{name}>"));
        value.map(str::to_owned)
    };
    Credentials {
        access_key_id: part("AccessKeyId").unwrap_or_else(|| panic!("{text}")),
        secret_access_key: part("SecretAccessKey").unwrap(),
        session_token: part("SessionToken"),
    }
}

/// Status, error code and message of an error response of any protocol.
pub(crate) fn error_summary(response: &Response) -> String {
    let text = response.text();
    let json: Json = serde_json::from_str(&text).unwrap_or_default();
    let part = |tag: &str, names: &[&str]| {
        let element = between(&text, &format!("<{tag}>"), &format!("</{tag}>"));
        let member = names.iter().find_map(|n| json.get(*n)?.as_str());
        element.or(member).unwrap_or_default().replace("&quot;", "\"").replace("&lt;", "<")
    };
    let header = response.header("x-amzn-errortype").map(|code| code.trim_end_matches(':'));
    let code = header.map_or_else(|| part("Code", &["error"]), str::to_owned);
    let message = part("Message", &["message", "Message", "error_description"]);
    format!("{} {code}: {message}", response.status).replace("&gt;", ">")
}

/// An unsigned request to a Query service.
pub(crate) fn query(service: &str, action: &str, input: &[(&str, &str)]) -> Request {
    let version = if service == "sts" { "2011-06-15" } else { "2010-05-08" };
    let form = [&[("Action", action), ("Version", version)], input].concat();
    post(&format!("https://{service}.us-east-1.amazonaws.com/"), &form)
}

/// A request without body or headers.
pub(crate) fn get(url: &str) -> Request {
    Request { method: "GET".into(), url: url.into(), headers: Vec::new(), body: Vec::new() }
}

/// A form sent by `POST`.
pub(crate) fn post(url: &str, form: &[(&str, &str)]) -> Request {
    let encode = cognitab_wire::http::encode;
    let pairs: Vec<_> = form.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
    Request {
        method: "POST".into(),
        url: url.into(),
        headers: vec![("content-type".into(), "application/x-www-form-urlencoded".into())],
        body: pairs.join("&").into_bytes(),
    }
}

/// The text between the first occurrence of `before` and the next occurrence of `after`.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(text_between, _)| text_between)
}

/// Calls an operation of a Query service.
pub(crate) fn call(
    host: &mut Host,
    key: &Credentials,
    service: &str,
    action: &str,
    input: &[(&str, &str)],
) -> Response {
    host.query(key, &format!("{service}.{action}"), input)
}

/// A call of a JSON service: the access key, the operation, its input, and the expected result: `ok`,
/// `/pointer=value` in the response, or the error.
pub(crate) type Row<'a> = ((&'a str, &'a str), &'a str, Json, &'a str);

/// Makes the calls in order, and compares each result with the expected one.
pub(crate) fn run(host: &mut Host, rows: &[Row<'_>]) {
    for (number, (key, call, input, expected)) in rows.iter().enumerate() {
        let row = format!("row {number}, {call} {input}");
        let result = host.json(Some(*key), call, input);
        match expected.strip_prefix('/').and_then(|e| e.split_once('=')) {
            Some((pointer, expected_value)) => {
                let output = result.unwrap_or_else(|e| panic!("{row}: {e}"));
                let value = output.pointer(&format!("/{pointer}")).unwrap_or(&Json::Null);
                let actual = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                assert_eq!(actual, expected_value, "{row}: {output}");
            }
            None if *expected == "ok" => assert!(result.is_ok(), "{row}: {result:?}"),
            None => assert_eq!(result.unwrap_err(), *expected, "{row}"),
        }
    }
}
