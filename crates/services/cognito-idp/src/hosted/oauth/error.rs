//! OAuth 2.0 errors as JSON (RFC 6749, section 5.2).

use cognitab_kernel::ApiError;
use cognitab_kernel::service::Reply;
use serde_json::{Map, Value as Json};

/// An OAuth error. An empty description is left out.
pub(crate) fn error(status: u16, code: &'static str, description: &str) -> ApiError {
    ApiError::new(status, code, description)
}

/// The response with an error.
pub(crate) fn reply(error: ApiError) -> Reply {
    let mut body = Map::new();
    body.insert("error".to_owned(), Json::from(&*error.code));
    if !error.message.is_empty() {
        body.insert("error_description".to_owned(), Json::from(error.message.as_str()));
    }
    Reply::json(error.status, &Json::Object(body)).refused(error)
}
