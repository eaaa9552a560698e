//! Calls of the console: any operation, with any caller.

use cognitab_trace::model::Models;
use cognitab_wire::client;
use cognitab_wire::http::Response;
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::Value;

use super::{Client, ClientError, markup, parse};
use crate::console::catalog::Operation;

impl Client {
    /// The models of all services.
    pub async fn models(&self) -> Result<Models, ClientError> {
        parse(self.control("GET", "operations", "").await?)
    }

    /// Calls an operation.
    pub async fn call(
        &self,
        operation: &Operation,
        input: &Value,
        credentials: Option<&Credentials>,
        region: &str,
    ) -> Result<Response, ClientError> {
        let Operation { service, operation, .. } = operation;
        let input = client::input_from_json(input.clone(), operation.input)
            .map_err(|mismatch| ClientError::InvalidResponse(mismatch.to_string()))?;
        let mut request = client::encode(service, operation, &input, region);
        if let Some(keys) = credentials {
            let host = request.url().host.to_owned();
            request.headers.push(("host".to_owned(), host));
            let region = service.signing_region(region);
            sigv4::sign(&mut request, keys, region, service.endpoint_prefix, self.now());
        }
        self.send(&request).await
    }
}

/// Temporary credentials in a response: those of STS or of an identity pool.
pub fn credentials_in(text: &str) -> Option<Credentials> {
    let json = || {
        let body: Value = serde_json::from_str(text).ok()?;
        let part = |name: &str| Some(body.get("Credentials")?.get(name)?.as_str()?.to_owned());
        Some((part("AccessKeyId")?, part("SecretKey")?, part("SessionToken")?))
    };
    let xml = || {
        let part = |name: &str| markup::element_text(text, name);
        Some((part("AccessKeyId")?, part("SecretAccessKey")?, part("SessionToken")?))
    };
    let found = if text.trim_start().starts_with('<') { xml() } else { json() };
    let (access_key_id, secret_access_key, token) = found?;
    Some(Credentials { access_key_id, secret_access_key, session_token: Some(token) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_of_an_identity_pool_are_found() {
        let text = r#"{"IdentityId":"x","Credentials":{"AccessKeyId":"ASIA1","SecretKey":"s","SessionToken":"t","Expiration":1}}"#;
        let keys = credentials_in(text).unwrap();
        assert_eq!((&*keys.access_key_id, keys.session_token.as_deref()), ("ASIA1", Some("t")));
        assert!(credentials_in("{}").is_none() && credentials_in("").is_none());
    }
}
