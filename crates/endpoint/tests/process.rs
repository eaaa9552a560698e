//! The endpoint as a process: what a client sees of it, also across a sudden end.
#![allow(clippy::unwrap_used, reason = "in a test a failure is a failure")]

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

/// Status, head and body of an answer.
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &'_ str| line.to_ascii_lowercase().starts_with(&format!("{name}:"));
        let line = self.head.lines().find(|line| named(line))?;
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

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
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
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn reset(&self) -> Json {
        let body = json!({"scenario": "photo-app", "seed": 1}).to_string();
        self.ask("POST", "/_cognitab/reset", &[], &body).json()
    }

    fn sign_in(&self, client: &str, password: &str) -> Reply {
        let body = json!({
            "AuthFlow": "USER_PASSWORD_AUTH",
            "ClientId": client,
            "AuthParameters": {"USERNAME": "ana", "PASSWORD": password},
        });
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSCognitoIdentityProviderService.InitiateAuth"),
        ];
        self.ask("POST", "/", &headers, &body.to_string())
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A file of this test's own, removed with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("{name}-{}.redb", std::process::id()));
        Scratch(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn tokens_are_signed_and_a_refusal_says_why() {
    let endpoint = Endpoint::start(&[]);
    assert_eq!(endpoint.ask("GET", "/_cognitab/health", &[], "").status, 200);
    let scenario = endpoint.reset();
    let client = scenario["values"]["client"].as_str().unwrap();
    let tokens = endpoint.sign_in(client, "Ana-Photos-1!").json();
    let id_token = tokens["AuthenticationResult"]["IdToken"].as_str().unwrap();
    let signature = id_token.rsplit('.').next().unwrap();
    assert_eq!(signature.len(), 342, "256 bytes in base64url");
    let refused = endpoint.sign_in(client, "wrong");
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["__type"], "NotAuthorizedException");
    let why: Json = serde_json::from_str(refused.header("x-cognitab-why").unwrap()).unwrap();
    assert!(why.as_array().unwrap().iter().any(|rung| rung["state"] == "refused"), "{why}");
}

#[test]
fn hosted_pages_stay_below_their_path() {
    let endpoint = Endpoint::start(&[]);
    let scenario = endpoint.reset();
    let client = scenario["values"]["client"].as_str().unwrap();
    let host = "/~/photos-demo.auth.us-east-1.amazoncognito.com/";
    let asked = format!(
        "{host}oauth2/authorize?client_id={client}&response_type=token&scope=openid\
         &redirect_uri=https%3A%2F%2Fphotos.example%2Fcallback"
    );
    let sent_on = endpoint.ask("GET", &asked, &[], "");
    assert_eq!(sent_on.status, 302);
    let login = sent_on.header("location").unwrap();
    assert!(login.starts_with(&format!("{host}login?")), "{login}");
    let page = endpoint.ask("GET", login, &[], "");
    assert_eq!(page.status, 200);
    let cookie = page.header("set-cookie").unwrap();
    assert!(cookie.contains(&format!("Path={host};")) && !cookie.contains("Secure"), "{cookie}");
}

#[test]
fn what_was_answered_outlives_the_process() {
    let file = Scratch::new("cognitab-endpoint-state");
    let arguments = ["--state", file.0.to_str().unwrap()];
    let scenario = {
        let endpoint = Endpoint::start(&arguments);
        endpoint.reset()
    };
    let endpoint = Endpoint::start(&arguments);
    assert_eq!(endpoint.ask("GET", "/_cognitab/scenario", &[], "").json(), scenario);
    let client = scenario["values"]["client"].as_str().unwrap();
    assert_eq!(endpoint.sign_in(client, "Ana-Photos-1!").status, 200);
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let file = Scratch::new("cognitab-endpoint-foreign");
    std::fs::write(&file.0, "my notes").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_cognitab-endpoint"))
        .args(["--port", "0", "--state", file.0.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("was left as it is"));
    assert_eq!(std::fs::read_to_string(&file.0).unwrap(), "my notes");
}
