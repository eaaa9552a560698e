//! What a request claims about its signature: the `Authorization` header or the presigned query.

use std::collections::BTreeMap;

use crate::http::{Request, param};

/// Everything a request says about its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Whose key.
    pub access_key_id: String,
    /// `yyyymmdd` of the credential scope.
    pub date: String,
    /// Region of the credential scope.
    pub region: String,
    /// Service of the credential scope.
    pub service: String,
    /// Names of the signed headers, lower-case, in the order sent.
    pub signed_headers: Vec<String>,
    /// The signature, lower-case hex.
    pub signature: String,
    /// `yyyymmddThhmmssZ`.
    pub amz_date: String,
    /// Session token of temporary credentials.
    pub session_token: Option<String>,
    /// Seconds of validity of a presigned URL; absent on a signed header.
    pub expires: Option<i64>,
}

/// A signature with a part missing; holds AWS's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete(pub String);

impl Authorization {
    /// `date/region/service/aws4_request`.
    pub fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }

    /// The `Authorization` header that says this.
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

/// Reads the signature of a request; nothing where it carries none.
pub fn parse(request: &Request) -> Result<Option<Authorization>, Incomplete> {
    let query = request.url().params();
    match request.header("authorization") {
        Some(header) => from_header(request, header),
        None if param(&query, "X-Amz-Algorithm").is_some() => from_query(&query).map(Some),
        None => Ok(None),
    }
}

fn from_header(request: &Request, header: &str) -> Result<Option<Authorization>, Incomplete> {
    let Some(fields) = header.trim().strip_prefix("AWS4-HMAC-SHA256") else {
        // Basic and Bearer belong to somebody else.
        return if header.starts_with("AWS4") {
            Err(Incomplete(format!(
                "Unsupported AWS 'algorithm': '{}'. ",
                header.split(' ').next().unwrap_or_default()
            )))
        } else {
            Ok(None)
        };
    };
    let fields: BTreeMap<&str, &str> =
        fields.split(',').filter_map(|f| f.trim().split_once('=')).collect();
    let missing: Vec<String> = ["Credential", "Signature", "SignedHeaders"]
        .into_iter()
        .filter(|name| !fields.contains_key(name))
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
        return Err(Incomplete(format!("{}{tail}Authorization={header}", missing.concat())));
    };
    let field = |name| fields.get(name).copied().unwrap_or_default();
    let scope = scope(field("Credential"))?;
    Ok(Some(Authorization {
        signed_headers: field("SignedHeaders").split(';').map(str::to_owned).collect(),
        signature: field("Signature").to_owned(),
        amz_date,
        session_token: request.header("x-amz-security-token").map(str::to_owned),
        ..scope
    }))
}

fn from_query(query: &[(String, String)]) -> Result<Authorization, Incomplete> {
    let required = |name: &str| {
        param(query, name).filter(|v| !v.is_empty()).ok_or_else(|| {
            Incomplete(format!("AWS query-string parameters must include '{name}'. "))
        })
    };
    if required("X-Amz-Algorithm")? != "AWS4-HMAC-SHA256" {
        return Err(Incomplete("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"".to_owned()));
    }
    let scope = scope(required("X-Amz-Credential")?)?;
    Ok(Authorization {
        amz_date: required("X-Amz-Date")?.to_owned(),
        signed_headers: required("X-Amz-SignedHeaders")?.split(';').map(str::to_owned).collect(),
        signature: required("X-Amz-Signature")?.to_owned(),
        session_token: param(query, "X-Amz-Security-Token").map(str::to_owned),
        expires: Some(required("X-Amz-Expires")?.parse().unwrap_or(-1)),
        ..scope
    })
}

fn scope(credential: &str) -> Result<Authorization, Incomplete> {
    let parts: Vec<&str> = credential.split('/').collect();
    let [key, date, region, service, "aws4_request"] = parts.as_slice() else {
        return Err(Incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
        )));
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
        let Err(Incomplete(message)) = parse(&request) else { panic!("accepted") };
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
