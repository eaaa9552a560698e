//! What Studio's administrator does through IAM: read and write trust and permissions.

use cognitab_wire::http::{self, Request};
use cognitab_wire::sigv4::Credentials;

use super::{Client, Failure, refused};
use crate::state::reason::{FIX_NAME, Fix};

/// The administrator's keys, which AWS publishes as an example.
fn keys() -> Credentials {
    Credentials {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        session_token: None,
    }
}

async fn iam(client: &Client, action: &str, params: &[(&str, &str)]) -> Result<String, Failure> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("Action", action).append_pair("Version", "2010-05-08").extend_pairs(params);
    let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
    let request = Request {
        method: "POST".to_owned(),
        url: "https://iam.amazonaws.com/".to_owned(),
        headers: vec![kind],
        body: body.finish().into_bytes(),
    };
    let response = client.signed(request, "iam", &keys()).await?;
    if response.status >= 300 {
        return Err(refused(&response));
    }
    Ok(response.text().into_owned())
}

/// A role's trust policy.
pub async fn trust(client: &Client, role: &str) -> Result<String, Failure> {
    let answer = iam(client, "GetRole", &[("RoleName", role)]).await?;
    let document = answer
        .split_once("<AssumeRolePolicyDocument>")
        .and_then(|(_, rest)| rest.split_once("</AssumeRolePolicyDocument>"))
        .map(|(text, _)| http::decode(text))
        .ok_or_else(|| Failure::Unreadable("GetRole without a trust policy".to_owned()))?;
    Ok(document)
}

/// Replaces a value in a role's trust policy.
pub async fn set_trust(client: &Client, role: &str, from: &str, to: &str) -> Result<(), Failure> {
    let document = trust(client, role).await?.replace(from, to);
    let params = [("RoleName", role), ("PolicyDocument", document.as_str())];
    iam(client, "UpdateAssumeRolePolicy", &params).await.map(|_| ())
}

/// The same id with its last character but one changed.
pub fn one_off(id: &str) -> String {
    let last = id.chars().count().saturating_sub(2);
    let other = |c: char| if c == '9' { '0' } else { '9' };
    id.chars().enumerate().map(|(at, c)| if at == last { other(c) } else { c }).collect()
}

/// Applies a fix.
pub async fn apply(client: &Client, fix: &Fix) -> Result<(), Failure> {
    match fix {
        Fix::Trust { role, from, to } => set_trust(client, role, from, to).await,
        Fix::Permission { role, .. } => {
            let document = fix.document().unwrap_or_default();
            let params = [
                ("RoleName", role.as_str()),
                ("PolicyName", FIX_NAME),
                ("PolicyDocument", &document),
            ];
            iam(client, "PutRolePolicy", &params).await.map(|_| ())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_changes() {
        assert_eq!(one_off("us-east-1:e701"), "us-east-1:e791");
        assert_eq!(one_off("us-east-1:e791"), "us-east-1:e701");
        assert_eq!(one_off("a"), "9");
    }
}
