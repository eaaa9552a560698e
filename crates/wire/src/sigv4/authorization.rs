//! The signature of a request, from its `Authorization` header or presigned query.

use std::fmt;

use crate::http::{Request, param};

/// The signature of a request with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Access key ID.
    pub access_key_id: String,
    /// Date of the credential scope, `yyyymmdd`.
    pub date: String,
    /// Region of the credential scope.
    pub region: String,
    /// Service of the credential scope.
    pub service: String,
    /// Names of the signed headers, in the order sent.
    pub signed_headers: Vec<String>,
    /// The signature in lower-case hex.
    pub signature: String,
    /// Time of the request, `yyyymmddThhmmssZ`.
    pub amz_date: String,
    /// Session token of temporary credentials.
    pub session_token: Option<String>,
    /// Lifetime of a presigned URL in seconds; absent in a header.
    pub expires: Option<i64>,
}

/// Why a signature cannot be parsed, with the message of AWS's services. S3 has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IncompleteSignature {
    /// Unsupported algorithm; has the message.
    Algorithm(String),
    /// Missing fields or parameters; has the message.
    Parts(String),
    /// Only the date is missing; has the message.
    Date(String),
    /// The credential, which does not have five parts.
    Credential(String),
    /// The lifetime of a presigned URL is not a number.
    Expires,
}

impl fmt::Display for IncompleteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IncompleteSignature::Algorithm(text)
            | IncompleteSignature::Parts(text)
            | IncompleteSignature::Date(text) => f.write_str(text),
            IncompleteSignature::Credential(credential) => write!(
                f,
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
            ),
            IncompleteSignature::Expires => f.write_str("X-Amz-Expires should be a number"),
        }
    }
}

impl Authorization {
    /// `date/region/service/aws4_request`.
    pub fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }

    /// Formats the `Authorization` header.
    pub fn header(&self) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
            self.access_key_id,
            self.scope(),
            self.signed_headers.join(";"),
            self.signature
        )
    }
}

/// Parses the signature of a request; none if it has none.
pub fn parse(request: &Request) -> Result<Option<Authorization>, IncompleteSignature> {
    let query = request.url().params();
    match request.header("authorization") {
        Some(header) => from_header(request, header),
        None if param(&query, "X-Amz-Algorithm").is_some() => from_query(&query).map(Some),
        None => Ok(None),
    }
}

fn from_header(
    request: &Request,
    header: &str,
) -> Result<Option<Authorization>, IncompleteSignature> {
    let Some(fields) = header.trim().strip_prefix("AWS4-HMAC-SHA256") else {
        // Other schemes, such as Basic and Bearer, are not signatures.
        return if header.starts_with("AWS4") {
            Err(IncompleteSignature::Algorithm(format!(
                "Unsupported AWS 'algorithm': '{}'. ",
                header.split(' ').next().unwrap_or_default()
            )))
        } else {
            Ok(None)
        };
    };
    let fields: Vec<(&str, &str)> =
        fields.split(',').filter_map(|f| f.trim().split_once('=')).collect();
    let field = |name: &str| fields.iter().rfind(|(n, _)| *n == name).map(|(_, value)| *value);
    let missing: Vec<String> = ["Credential", "Signature", "SignedHeaders"]
        .into_iter()
        .filter(|name| field(name).is_none())
        .map(|name| format!("Authorization header requires '{name}' parameter. "))
        .collect();
    let amz_date = request.header("x-amz-date");
    let date = amz_date
        .map(str::to_owned)
        .or_else(|| request.header("date").and_then(crate::time::parse_http).map(crate::time::amz));
    let (true, Some(amz_date)) = (missing.is_empty(), date) else {
        let date =
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
        let tail = if amz_date.is_none() { date } else { "" };
        let text = format!("{}{tail}Authorization={header}", missing.concat());
        return Err(if missing.is_empty() {
            IncompleteSignature::Date(text)
        } else {
            IncompleteSignature::Parts(text)
        });
    };
    let field = |name| field(name).unwrap_or_default();
    let scope = scope(field("Credential"))?;
    Ok(Some(Authorization {
        signed_headers: field("SignedHeaders").split(';').map(str::to_owned).collect(),
        signature: field("Signature").to_owned(),
        amz_date,
        session_token: request.header("x-amz-security-token").map(str::to_owned),
        ..scope
    }))
}

fn from_query(query: &[(String, String)]) -> Result<Authorization, IncompleteSignature> {
    let required = |name: &str| {
        param(query, name).filter(|v| !v.is_empty()).ok_or_else(|| {
            IncompleteSignature::Parts(format!(
                "AWS query-string parameters must include '{name}'. "
            ))
        })
    };
    if required("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
        let text = "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
        return Err(IncompleteSignature::Algorithm(text.to_owned()));
    }
    let scope = scope(required("X-Amz-Credential")?)?;
    Ok(Authorization {
        amz_date: required("X-Amz-Date")?.to_owned(),
        signed_headers: required("X-Amz-SignedHeaders")?.split(';').map(str::to_owned).collect(),
        signature: required("X-Amz-Signature")?.to_owned(),
        session_token: param(query, "X-Amz-Security-Token").map(str::to_owned),
        expires: Some(
            required("X-Amz-Expires")?.parse().map_err(|_| IncompleteSignature::Expires)?,
        ),
        ..scope
    })
}

fn scope(credential: &str) -> Result<Authorization, IncompleteSignature> {
    let parts: Vec<&str> = credential.split('/').collect();
    let [key, date, region, service, "aws4_request"] = parts.as_slice() else {
        return Err(IncompleteSignature::Credential(credential.to_owned()));
    };
    Ok(Authorization {
        access_key_id: (*key).to_owned(),
        date: (*date).to_owned(),
        region: (*region).to_owned(),
        service: (*service).to_owned(),
        signed_headers: Vec::new(),
        signature: String::new(),
        amz_date: String::new(),
        session_token: None,
        expires: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn missing_parts_are_named() {
        let request = Request {
            headers: vec![("Authorization".into(), "AWS4-HMAC-SHA256 Credential=a/b".into())],
            ..Request::default()
        };
        let message = parse(&request).unwrap_err().to_string();
        assert!(message.starts_with("Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either"));
    }

    proptest! {
        #[test]
        fn no_header_panics(header in "(AWS4-HMAC-SHA256 )?.*", url in ".*") {
            let mut request = Request { url, ..Request::default() };
            let _ = parse(&request);
            request.headers = vec![("authorization".into(), header), ("x-amz-date".into(), "x".into())];
            let _ = parse(&request);
        }
    }
}
