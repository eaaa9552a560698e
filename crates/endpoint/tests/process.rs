//! The endpoint as a process, from a client's point of view, including restarts after a kill.
#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value as Json, json};

/// A running endpoint.
struct Endpoint {
    child: Child,
    address: String,
}

/// Status, head and body of a response.
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let has_name = |line: &'_ str| line.to_ascii_lowercase().starts_with(&format!("{name}:"));
        let line = self.head.lines().find(|line| has_name(line))?;
        line.split_once(':').map(|(_, value)| value.trim())
    }

    fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Endpoint {
    fn start(arguments: &[&str]) -> Endpoint {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cognitab-endpoint"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
        Endpoint { child, address }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", body.len()));
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Response { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn reset(&self) -> Json {
        let body = json!({"scenario": "photo-app", "seed": 1}).to_string();
        self.send("POST", "/_cognitab/reset", &[], &body).json()
    }

    fn sign_in(&self, client: &str, password: &str) -> Response {
        let body = json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": client,
            "AuthParameters": {"USERNAME": "ana", "PASSWORD": password},
        });
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSCognitoIdentityProviderService.InitiateAuth"),
        ];
        self.send("POST", "/", &headers, &body.to_string())
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The path of a temporary file, which is deleted on drop.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(name: &str) -> TemporaryFile {
        let path = std::env::temp_dir().join(format!("{name}-{}.redb", std::process::id()));
        TemporaryFile(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn tokens_are_signed_and_errors_have_an_explanation_header() {
    let endpoint = Endpoint::start(&[]);
    assert_eq!(endpoint.send("GET", "/_cognitab/health", &[], "").status, 200);
    let scenario = endpoint.reset();
    let client = scenario["values"]["client"].as_str().unwrap();
    let tokens = endpoint.sign_in(client, "Ana-Photos-1!").json();
    let id_token = tokens["AuthenticationResult"]["IdToken"].as_str().unwrap();
    let signature = id_token.rsplit('.').next().unwrap();
    assert_eq!(signature.len(), 342, "256 bytes in base64url");
    let error = endpoint.sign_in(client, "wrong");
    assert_eq!(error.status, 400);
    assert_eq!(error.json()["__type"], "NotAuthorizedException");
    let rungs: Json = serde_json::from_str(error.header("x-cognitab-why").unwrap()).unwrap();
    assert!(rungs.as_array().unwrap().iter().any(|rung| rung["state"] == "refused"), "{rungs}");
}

#[test]
fn managed_login_pages_stay_below_their_path() {
    let endpoint = Endpoint::start(&[]);
    let scenario = endpoint.reset();
    let client = scenario["values"]["client"].as_str().unwrap();
    let base_path = "/~/photos-demo.auth.us-east-1.amazoncognito.com/";
    let authorize = format!(
        "{base_path}oauth2/authorize?client_id={client}&response_type=token&scope=openid\
         &redirect_uri=https%3A%2F%2Fphotos.example%2Fcallback"
    );
    let redirect = endpoint.send("GET", &authorize, &[], "");
    assert_eq!(redirect.status, 302);
    let login = redirect.header("location").unwrap();
    assert!(login.starts_with(&format!("{base_path}login?")), "{login}");
    let page = endpoint.send("GET", login, &[], "");
    assert_eq!(page.status, 200);
    let cookie = page.header("set-cookie").unwrap();
    assert!(
        cookie.contains(&format!("Path={base_path};")) && !cookie.contains("Secure"),
        "{cookie}"
    );
}

#[test]
fn the_state_file_keeps_the_world_across_restarts() {
    let file = TemporaryFile::new("cognitab-endpoint-state");
    let arguments = ["--state", file.0.to_str().unwrap()];
    let scenario = {
        let endpoint = Endpoint::start(&arguments);
        endpoint.reset()
    };
    let endpoint = Endpoint::start(&arguments);
    assert_eq!(endpoint.send("GET", "/_cognitab/scenario", &[], "").json(), scenario);
    let client = scenario["values"]["client"].as_str().unwrap();
    assert_eq!(endpoint.sign_in(client, "Ana-Photos-1!").status, 200);
}

#[test]
fn a_file_that_is_not_a_state_file_is_not_changed() {
    let file = TemporaryFile::new("cognitab-endpoint-foreign");
    std::fs::write(&file.0, "my notes").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_cognitab-endpoint"))
        .args(["--port", "0", "--state", file.0.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("was not changed"));
    assert_eq!(std::fs::read_to_string(&file.0).unwrap(), "my notes");
}
