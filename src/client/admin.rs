//! What an account's administrator does: read and write trust, permissions, and policies of buckets.

use cognitab_wire::http::{self, Request, Response};
use cognitab_wire::sigv4::Credentials;
use serde_json::Value;

use super::{Client, Failure, markup, refused};
use crate::state::change::{Change, Home, Owner};
use crate::state::oauth::REGION;

/// The accounts of every world, and their administrators' keys, which AWS publishes as examples.
const ACCOUNTS: [(&str, &str, &str); 2] = [
    ("111122223333", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("444455556666", "AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
];

/// One account's administrator.
pub struct Admin<'a> {
    client: &'a Client,
    keys: Credentials,
}

impl<'a> Admin<'a> {
    /// Studio's.
    pub fn studio(client: &'a Client) -> Admin<'a> {
        let [(_, id, secret), _] = ACCOUNTS;
        Admin { client, keys: keys(id, secret) }
    }

    /// That of an account.
    pub fn of(client: &'a Client, account: &str) -> Option<Admin<'a>> {
        let (_, id, secret) = ACCOUNTS.into_iter().find(|(number, ..)| *number == account)?;
        Some(Admin { client, keys: keys(id, secret) })
    }

    async fn iam(&self, action: &str, params: &[(&str, &str)]) -> Result<String, Failure> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("Action", action)
            .append_pair("Version", "2010-05-08")
            .extend_pairs(params);
        let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        let request = Request {
            method: "POST".to_owned(),
            url: "https://iam.amazonaws.com/".to_owned(),
            headers: vec![kind],
            body: body.finish().into_bytes(),
        };
        let response = passed(self.client.signed(request, "iam", &self.keys).await?)?;
        Ok(response.text().into_owned())
    }

    async fn bucket(&self, method: &str, bucket: &str, text: &str) -> Result<String, Failure> {
        let request = Request {
            method: method.to_owned(),
            url: format!("https://{bucket}.s3.{REGION}.amazonaws.com/?policy"),
            headers: Vec::new(),
            body: text.as_bytes().to_vec(),
        };
        let response = passed(self.client.signed(request, "s3", &self.keys).await?)?;
        Ok(response.text().into_owned())
    }

    /// A policy's text.
    async fn text(&self, home: &Home) -> Result<String, Failure> {
        match home {
            Home::Inline { owner, policy } => {
                let (action, name) =
                    (inline_policy_operation(owner, "Get"), owner_parameter(owner));
                let params = [name, ("PolicyName", policy.as_str())];
                self.iam(&action, &params).await.and_then(|answer| inner(&answer, "PolicyDocument"))
            }
            Home::Trust { role } => {
                let answer = self.iam("GetRole", &[("RoleName", role)]).await?;
                inner(&answer, "AssumeRolePolicyDocument")
            }
            Home::Managed { arn } => {
                let answer = self.iam("GetPolicy", &[("PolicyArn", arn)]).await?;
                let version = inner(&answer, "DefaultVersionId")?;
                let params = [("PolicyArn", arn.as_str()), ("VersionId", version.as_str())];
                inner(&self.iam("GetPolicyVersion", &params).await?, "Document")
            }
            Home::Bucket { bucket } => self.bucket("GET", bucket, "").await,
        }
    }

    /// Writes a policy in the place of the one that is there.
    async fn put(&self, home: &Home, text: &str) -> Result<(), Failure> {
        let document = ("PolicyDocument", text);
        match home {
            Home::Inline { owner, policy } => {
                let params = [owner_parameter(owner), ("PolicyName", policy.as_str()), document];
                self.iam(&inline_policy_operation(owner, "Put"), &params).await?
            }
            Home::Trust { role } => {
                self.iam("UpdateAssumeRolePolicy", &[("RoleName", role), document]).await?
            }
            Home::Managed { arn } => {
                let params = [("PolicyArn", arn.as_str()), document, ("SetAsDefault", "true")];
                self.iam("CreatePolicyVersion", &params).await?
            }
            Home::Bucket { bucket } => self.bucket("PUT", bucket, text).await?,
        };
        Ok(())
    }

    /// Takes away a policy of which nothing is left. A managed one is refused by AWS itself.
    async fn remove(&self, home: &Home, text: &str) -> Result<(), Failure> {
        match home {
            Home::Inline { owner, policy } => {
                let params = [owner_parameter(owner), ("PolicyName", policy.as_str())];
                self.iam(&inline_policy_operation(owner, "Delete"), &params).await.map(|_| ())
            }
            Home::Bucket { bucket } => self.bucket("DELETE", bucket, "").await.map(|_| ()),
            Home::Managed { .. } | Home::Trust { .. } => self.put(home, text).await,
        }
    }

    /// Replaces a value in a role's trust policy.
    pub async fn set_trust(&self, role: &str, from: &str, to: &str) -> Result<(), Failure> {
        let home = Home::Trust { role: role.to_owned() };
        let text = self.text(&home).await?.replace(from, to);
        self.put(&home, &text).await
    }
}

/// The IAM operation for an inline policy: verb `Put` gives `PutRolePolicy`.
fn inline_policy_operation(owner: &Owner, verb: &str) -> String {
    let kind = if owner.named().0 == "role" { "Role" } else { "User" };
    format!("{verb}{kind}Policy")
}

/// Name and value of the parameter that names the owner.
fn owner_parameter(owner: &Owner) -> (&'static str, &str) {
    let (kind, name) = owner.named();
    (if kind == "role" { "RoleName" } else { "UserName" }, name)
}

fn keys(id: &str, secret: &str) -> Credentials {
    Credentials {
        access_key_id: id.to_owned(),
        secret_access_key: secret.to_owned(),
        session_token: None,
    }
}

fn passed(response: Response) -> Result<Response, Failure> {
    if response.status >= 300 { Err(refused(&response)) } else { Ok(response) }
}

/// The text of an element, which IAM percent-encodes.
fn inner(answer: &str, name: &str) -> Result<String, Failure> {
    markup::element_text(answer, name)
        .map(|text| http::decode(&text))
        .ok_or_else(|| Failure::Unreadable(format!("an answer without {name}")))
}

/// The same id with its last character but one changed.
pub fn one_off(id: &str) -> String {
    let last = id.chars().count().saturating_sub(2);
    let other = |c: char| if c == '9' { '0' } else { '9' };
    id.chars().enumerate().map(|(at, c)| if at == last { other(c) } else { c }).collect()
}

/// Makes a change as the administrator of the account that the policy belongs to.
pub async fn apply(client: &Client, change: &Change) -> Result<(), Failure> {
    let not_here = || Failure::Unreadable("This policy is not one of this world.".to_owned());
    let home = change.home.as_ref().ok_or_else(not_here)?;
    let admin = Admin::of(client, &change.account).ok_or_else(not_here)?;
    let there = match admin.text(home).await {
        Ok(text) => Some(serde_json::from_str::<Value>(&text).unwrap_or_default()),
        // There is none yet: the change begins it.
        Err(Failure::Refused { status: 404, .. }) => None,
        Err(failure) => return Err(failure),
    };
    let after = change.made(there.as_ref()).ok_or_else(|| {
        Failure::Unreadable(
            "The policy is another one by now. Run it again for a new reason.".into(),
        )
    })?;
    let text = after.to_string();
    if Change::empties(&after) {
        return admin.remove(home, &text).await;
    }
    admin.put(home, &text).await
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

    #[test]
    fn operations_on_inline_policies_name_the_kind_of_owner() {
        assert_eq!(inline_policy_operation(&Owner::User("ana".into()), "Put"), "PutUserPolicy");
        assert_eq!(owner_parameter(&Owner::Role("r".into())), ("RoleName", "r"));
    }
}
