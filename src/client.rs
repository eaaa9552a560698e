//! An AWS client like any SDK: it signs requests, sends them and parses responses.

pub mod admin;
pub mod compression;
pub mod console;
pub mod login;
pub mod markup;
pub mod photo_app;
pub mod policy;
pub mod verify;

use std::cell::Cell;
use std::rc::Rc;

use cognitab_trace::control::{Log, Mail, Scenario};
use cognitab_wire::http::{Request, Response};
use cognitab_wire::protocol::Protocol;
use cognitab_wire::sigv4::{self, Credentials};
use cognitab_wire::{Schema, client};
use serde_json::{Value, json};

use crate::host::{Host, HostError};
use crate::state::oauth::REGION;
use crate::state::sender;

const CONTROL: &str = "https://cognitab.invalid/_cognitab/";

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The broker is not reachable.
    Unreachable(String),
    /// AWS returned an error.
    Api {
        /// HTTP status.
        status: u16,
        /// Body of the response.
        text: String,
    },
    /// The input could not be encoded, or the response could not be parsed.
    InvalidResponse(String),
}

impl ClientError {
    /// The error message for the user.
    pub fn message(&self) -> String {
        match self {
            ClientError::Unreachable(text) | ClientError::InvalidResponse(text) => text.clone(),
            ClientError::Api { status, text } => format!("{status} {}", error_text(text)),
        }
    }
}

impl From<HostError> for ClientError {
    fn from(error: HostError) -> ClientError {
        ClientError::Unreachable(error.0)
    }
}

/// A client of one world with one cookie jar.
#[derive(Clone)]
pub struct Client {
    host: Host,
    world: &'static str,
    browser: &'static str,
    user_agent: &'static str,
    clock_offset: Rc<Cell<i64>>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        self.host == other.host && self.world == other.world && self.browser == other.browser
    }
}

impl Client {
    /// The client of the simulated app in `world`; `browser` names its cookie jar.
    pub fn new(host: Host, world: &'static str, browser: &'static str) -> Client {
        Client { host, world, browser, user_agent: sender::APP, clock_offset: Rc::default() }
    }

    /// The same client with another user agent.
    #[must_use]
    pub fn with_user_agent(self, user_agent: &'static str) -> Client {
        Client { user_agent, ..self }
    }

    /// Simulated time in milliseconds since 1970, as of the last [`Client::events`].
    pub fn now(&self) -> i64 {
        js_sys::Date::now() as i64 + self.clock_offset.get()
    }

    /// Sends a request without signing it.
    pub async fn send(&self, request: &Request) -> Result<Response, ClientError> {
        let mut request = request.clone();
        if request.header("user-agent").is_none() {
            request.headers.push(("user-agent".to_owned(), self.user_agent.to_owned()));
        }
        Ok(self.host.send(self.world, Some(self.browser), &request).await?)
    }

    /// Signs a request with Signature Version 4 and sends it.
    pub async fn send_signed(
        &self,
        mut request: Request,
        service: &str,
        keys: &Credentials,
    ) -> Result<Response, ClientError> {
        let host = request.url().host.to_owned();
        request.headers.push(("host".to_owned(), host));
        sigv4::sign(&mut request, keys, REGION, service, self.now());
        self.send(&request).await
    }

    /// Calls the control API.
    async fn control(&self, method: &str, path: &str, body: &str) -> Result<Value, ClientError> {
        let request = Request {
            method: method.to_owned(),
            url: format!("{CONTROL}{path}"),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.as_bytes().to_vec(),
        };
        json_body(&self.send(&request).await?)
    }

    /// Replaces the world with a new one from a scenario.
    pub async fn reset(&self, scenario: &str) -> Result<Scenario, ClientError> {
        let body = json!({"scenario": scenario, "seed": 1}).to_string();
        parse(self.control("POST", "reset", &body).await?)
    }

    /// Loads a scenario into the world if the world has not been used yet.
    pub async fn open_scenario(&self, scenario: &str) -> Result<(), ClientError> {
        let body = json!({"scenario": scenario, "seed": 1}).to_string();
        self.control("POST", "open", &body).await.map(drop)
    }

    /// Undoes the last call that changed the world.
    pub async fn undo(&self) -> Result<(), ClientError> {
        self.control("POST", "undo", "").await.map(drop)
    }

    /// The stored world as JSON, even if its format is not supported.
    pub async fn stored_data(&self) -> Result<Vec<u8>, ClientError> {
        let response = self.send(&login::get(&format!("{CONTROL}stored"))).await?;
        if response.status == 200 { Ok(response.body) } else { Err(api_error(&response)) }
    }

    /// Deletes the stored world.
    pub async fn delete_stored_data(&self) -> Result<(), ClientError> {
        let url = format!("{CONTROL}stored");
        let request = Request { method: "DELETE".to_owned(), url, ..Request::default() };
        self.send(&request).await.map(drop)
    }

    /// The scenario that the world came from.
    pub async fn scenario(&self) -> Result<Scenario, ClientError> {
        parse(self.control("GET", "scenario", "").await?)
    }

    /// Events with a number greater than `since`. Also updates the simulated time.
    pub async fn events(&self, since: u64) -> Result<Log, ClientError> {
        let log: Log = parse(self.control("GET", &format!("events?since={since}"), "").await?)?;
        self.clock_offset.set(log.now - js_sys::Date::now() as i64);
        Ok(log)
    }

    /// The simulated inbox, newest first.
    pub async fn inbox(&self) -> Result<Vec<Mail>, ClientError> {
        let mut body = self.control("GET", "inbox", "").await?;
        parse(body.get_mut("messages").map(Value::take).unwrap_or_default())
    }

    /// Calls an operation of a service that uses AWS JSON 1.1. `target` is the
    /// value of `X-Amz-Target`.
    pub async fn call_json(
        &self,
        endpoint_prefix: &str,
        target: &str,
        input: &Value,
    ) -> Result<Value, ClientError> {
        let (target, name) = target.split_once('.').unwrap_or_default();
        let service = client::Service {
            endpoint_prefix,
            protocol: Protocol::Json11,
            target,
            version: "",
            global: false,
        };
        let operation = client::Operation { name, http: "", input: &Schema::DOCUMENT };
        let input = client::input_from_json(input.clone(), operation.input)
            .map_err(|e| ClientError::InvalidResponse(e.to_string()))?;
        let request = client::encode(&service, &operation, &input, REGION);
        json_body(&self.send(&request).await?)
    }
}

fn parse<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, ClientError> {
    serde_json::from_value(value).map_err(|e| ClientError::InvalidResponse(e.to_string()))
}

/// The JSON body of a response; an error for status 300 and above.
pub fn json_body(response: &Response) -> Result<Value, ClientError> {
    if response.status >= 300 {
        return Err(api_error(response));
    }
    serde_json::from_slice(&response.body).map_err(|e| ClientError::InvalidResponse(e.to_string()))
}

/// The error in a response.
pub fn api_error(response: &Response) -> ClientError {
    ClientError::Api { status: response.status, text: response.text().into_owned() }
}

/// AWS's code and message from a JSON or XML error; other text stays as it is.
pub fn error_text(text: &str) -> String {
    let is_xml = text.trim_start().starts_with('<');
    let xml = |name: &str| is_xml.then(|| markup::element_text(text.trim_start(), name)).flatten();
    let json: Value = serde_json::from_str(text).unwrap_or_default();
    let field = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    let code = xml("Code").or_else(|| field("__type")).or_else(|| field("error"));
    let message = xml("Message")
        .or_else(|| field("message"))
        .or_else(|| field("Message"))
        .or_else(|| field("error_description"));
    match (code, message) {
        (Some(code), Some(message)) => {
            format!("{} — {message}", code.rsplit('#').next().unwrap_or_default())
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_text_extracts_the_code_and_message() {
        assert_eq!(error_text(r#"{"__type":"x#A","message":"b"}"#), "A — b");
        assert_eq!(error_text(r#"{"error":"invalid_grant"}"#), "invalid_grant");
        assert_eq!(error_text("plain"), "plain");
    }

    #[test]
    fn json_body_returns_error_responses_unchanged() {
        let error = json_body(&Response::new(400, "no"));
        assert_eq!(error, Err(ClientError::Api { status: 400, text: "no".into() }));
        assert!(matches!(
            json_body(&Response::new(200, "<")),
            Err(ClientError::InvalidResponse(_))
        ));
        assert_eq!(json_body(&Response::new(200, "{\"a\":1}")).unwrap()["a"], 1);
    }
}
