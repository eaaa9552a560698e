//! An answer of the pages, and what it means for the event.

use cognitab_wire::http::Response;
use serde_json::Value as Json;

use crate::fault::Fault;

/// An answer.
pub(super) struct Reply {
    pub(super) response: Response,
    /// Why it is a refusal, if it is one.
    pub(super) refusal: Option<Fault>,
}

impl Reply {
    /// Sends the browser on.
    pub(super) fn redirect(location: String) -> Reply {
        // A header holds no control characters, whatever a registered address may hold.
        let location: String = location.chars().filter(|c| !c.is_control()).collect();
        let response = Response::new(302, Vec::new()).with("location", location);
        Reply { response, refusal: None }
    }

    /// JSON that any origin may read.
    pub(super) fn json(status: u16, body: &Json) -> Reply {
        let response = Response::new(status, body.to_string())
            .with("content-type", "application/json;charset=UTF-8")
            .with("access-control-allow-origin", "*");
        Reply { response, refusal: None }
    }

    /// The same answer as a refusal.
    pub(super) fn refused(mut self, fault: Fault) -> Reply {
        self.refusal = Some(fault);
        self
    }

    /// The same answer with a cookie.
    pub(super) fn cookie(mut self, cookie: Option<String>) -> Reply {
        if let Some(cookie) = cookie {
            self.response = self.response.with("set-cookie", cookie);
        }
        self
    }
}

/// An OAuth error as JSON.
pub(super) fn oauth(status: u16, error: &'static str, description: &str) -> Reply {
    let mut body = serde_json::Map::new();
    body.insert("error".to_owned(), error.into());
    if !description.is_empty() {
        body.insert("error_description".to_owned(), description.into());
    }
    Reply::json(status, &Json::Object(body)).refused(Fault::new(status, error, description))
}

/// An OAuth error on its way to its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OAuthError {
    status: u16,
    error: &'static str,
    description: &'static str,
}

impl OAuthError {
    /// An error with its description, or without one.
    pub(super) fn new(status: u16, error: &'static str, description: &'static str) -> OAuthError {
        OAuthError { status, error, description }
    }
}

impl From<OAuthError> for Reply {
    fn from(error: OAuthError) -> Reply {
        oauth(error.status, error.error, error.description)
    }
}
