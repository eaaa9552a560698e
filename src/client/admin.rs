//! Calls of an account's administrator: reads and writes role, user, managed and bucket policies.

use cognitab_wire::http::{self, Request, Response};
use cognitab_wire::protocol::Protocol;
use cognitab_wire::sigv4::Credentials;
use cognitab_wire::{Schema, Value as Tree, client};
use serde_json::Value;

use super::{Client, ClientError, api_error, markup};
use crate::state::change::{Owner, PolicyChange, PolicyLocation};
use crate::state::console::Caller;
use crate::state::oauth::REGION;
use crate::state::principal::account_name;
use crate::state::sender;

/// Id, access key id and secret access key of each account's administrator. AWS publishes these
/// keys as examples.
const ACCOUNTS: [(&str, &str, &str); 2] = [
    ("111122223333", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("444455556666", "AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"),
];

/// The callers that the console begins with: the administrators, and an anonymous caller.
pub fn callers() -> Vec<Caller> {
    let administrator = |(account, id, secret): (&str, &str, &str)| Caller {
        name: format!("Administrator of {}", account_name(account)),
        credentials: Some(credentials(id, secret)),
    };
    let anonymous = Caller { name: "Anonymous".to_owned(), credentials: None };
    ACCOUNTS.map(administrator).into_iter().chain([anonymous]).collect()
}

/// IAM as a client knows it.
const IAM: client::Service<'_> = client::Service {
    endpoint_prefix: "iam",
    protocol: Protocol::Query,
    target: "https://iam.amazonaws.com/doc/2010-05-08/",
    version: "2010-05-08",
    global: true,
};

/// The administrator of an account.
pub struct Administrator {
    client: Client,
    credentials: Credentials,
}

impl Administrator {
    /// The administrator of the account Studio.
    pub fn studio(client: &Client) -> Administrator {
        let [(_, id, secret), _] = ACCOUNTS;
        Administrator { client: at_console(client), credentials: credentials(id, secret) }
    }

    /// The administrator of the account with this id.
    pub fn for_account(client: &Client, account: &str) -> Option<Administrator> {
        let (_, id, secret) = ACCOUNTS.into_iter().find(|(number, ..)| *number == account)?;
        Some(Administrator { client: at_console(client), credentials: credentials(id, secret) })
    }

    async fn iam(&self, action: &str, params: &[(&str, &str)]) -> Result<String, ClientError> {
        let member = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).into());
        let input = Tree::Map(params.iter().map(member).collect());
        let operation = client::Operation { name: action, http: "", input: &Schema::DOCUMENT };
        let request = client::encode(&IAM, &operation, &input, REGION);
        let response =
            ensure_success(self.client.send_signed(request, "iam", &self.credentials).await?)?;
        Ok(response.text().into_owned())
    }

    async fn bucket_policy(
        &self,
        method: &str,
        bucket: &str,
        text: &str,
    ) -> Result<String, ClientError> {
        let request = Request {
            method: method.to_owned(),
            url: format!("https://{bucket}.s3.{REGION}.amazonaws.com/?policy"),
            headers: Vec::new(),
            body: text.as_bytes().to_vec(),
        };
        let response =
            ensure_success(self.client.send_signed(request, "s3", &self.credentials).await?)?;
        Ok(response.text().into_owned())
    }

    /// Reads a policy document.
    async fn get_policy(&self, location: &PolicyLocation) -> Result<String, ClientError> {
        match location {
            PolicyLocation::Inline { owner, policy } => {
                let (action, name) =
                    (inline_policy_operation(owner, "Get"), owner_parameter(owner));
                let params = [name, ("PolicyName", policy.as_str())];
                self.iam(&action, &params)
                    .await
                    .and_then(|answer| decoded_element(&answer, "PolicyDocument"))
            }
            PolicyLocation::Trust { role } => {
                let answer = self.iam("GetRole", &[("RoleName", role)]).await?;
                decoded_element(&answer, "AssumeRolePolicyDocument")
            }
            PolicyLocation::Managed { arn } => {
                let answer = self.iam("GetPolicy", &[("PolicyArn", arn)]).await?;
                let version = decoded_element(&answer, "DefaultVersionId")?;
                let params = [("PolicyArn", arn.as_str()), ("VersionId", version.as_str())];
                decoded_element(&self.iam("GetPolicyVersion", &params).await?, "Document")
            }
            PolicyLocation::Bucket { bucket } => self.bucket_policy("GET", bucket, "").await,
        }
    }

    /// Writes a policy document.
    async fn put_policy(&self, location: &PolicyLocation, text: &str) -> Result<(), ClientError> {
        let document = ("PolicyDocument", text);
        match location {
            PolicyLocation::Inline { owner, policy } => {
                let params = [owner_parameter(owner), ("PolicyName", policy.as_str()), document];
                self.iam(&inline_policy_operation(owner, "Put"), &params).await?
            }
            PolicyLocation::Trust { role } => {
                self.iam("UpdateAssumeRolePolicy", &[("RoleName", role), document]).await?
            }
            PolicyLocation::Managed { arn } => {
                let params = [("PolicyArn", arn.as_str()), document, ("SetAsDefault", "true")];
                self.iam("CreatePolicyVersion", &params).await?
            }
            PolicyLocation::Bucket { bucket } => self.bucket_policy("PUT", bucket, text).await?,
        };
        Ok(())
    }

    /// Deletes a policy without statements. Managed and trust policies are written instead, and AWS
    /// refuses that.
    async fn delete_policy(
        &self,
        location: &PolicyLocation,
        text: &str,
    ) -> Result<(), ClientError> {
        match location {
            PolicyLocation::Inline { owner, policy } => {
                let params = [owner_parameter(owner), ("PolicyName", policy.as_str())];
                self.iam(&inline_policy_operation(owner, "Delete"), &params).await.map(|_| ())
            }
            PolicyLocation::Bucket { bucket } => {
                self.bucket_policy("DELETE", bucket, "").await.map(|_| ())
            }
            PolicyLocation::Managed { .. } | PolicyLocation::Trust { .. } => {
                self.put_policy(location, text).await
            }
        }
    }

    /// Replaces a value in a role's trust policy.
    pub async fn replace_in_trust_policy(
        &self,
        role: &str,
        from: &str,
        to: &str,
    ) -> Result<(), ClientError> {
        let location = PolicyLocation::Trust { role: role.to_owned() };
        let text = self.get_policy(&location).await?.replace(from, to);
        self.put_policy(&location, &text).await
    }
}

/// The IAM operation for an inline policy: verb `Put` gives `PutRolePolicy`.
fn inline_policy_operation(owner: &Owner, verb: &str) -> String {
    let kind = if owner.kind_and_name().0 == "role" { "Role" } else { "User" };
    format!("{verb}{kind}Policy")
}

/// Name and value of the parameter that names the owner.
fn owner_parameter(owner: &Owner) -> (&'static str, &str) {
    let (kind, name) = owner.kind_and_name();
    (if kind == "role" { "RoleName" } else { "UserName" }, name)
}

/// The client with which an administrator works.
fn at_console(client: &Client) -> Client {
    client.clone().with_user_agent(sender::CONSOLE)
}

fn credentials(id: &str, secret: &str) -> Credentials {
    Credentials {
        access_key_id: id.to_owned(),
        secret_access_key: secret.to_owned(),
        session_token: None,
    }
}

fn ensure_success(response: Response) -> Result<Response, ClientError> {
    if response.status >= 300 { Err(api_error(&response)) } else { Ok(response) }
}

/// The URL-decoded text of an element, as IAM returns policy documents.
fn decoded_element(answer: &str, name: &str) -> Result<String, ClientError> {
    markup::element_text(answer, name)
        .map(|text| http::decode(&text))
        .ok_or_else(|| ClientError::InvalidResponse(format!("the response has no {name}")))
}

/// The same id with its second to last character changed.
pub fn change_one_character(id: &str) -> String {
    let last = id.chars().count().saturating_sub(2);
    let other = |c: char| if c == '9' { '0' } else { '9' };
    id.chars().enumerate().map(|(at, c)| if at == last { other(c) } else { c }).collect()
}

/// Applies a change as the administrator of the account that owns the policy.
pub async fn apply_change(client: &Client, change: &PolicyChange) -> Result<(), ClientError> {
    let not_in_world =
        || ClientError::InvalidResponse("The policy is not in this world.".to_owned());
    let location = change.location.as_ref().ok_or_else(not_in_world)?;
    let admin = Administrator::for_account(client, &change.account).ok_or_else(not_in_world)?;
    let current = match admin.get_policy(location).await {
        Ok(text) => Some(serde_json::from_str::<Value>(&text).unwrap_or_default()),
        // The policy does not exist yet; the change creates it.
        Err(ClientError::Api { status: 404, .. }) => None,
        Err(error) => return Err(error),
    };
    let after = change.apply_to(current.as_ref()).ok_or_else(|| {
        ClientError::InvalidResponse(
            "The policy has changed since. Send the request again for a new reason.".into(),
        )
    })?;
    let text = after.to_string();
    if PolicyChange::leaves_no_statement(&after) {
        return admin.delete_policy(location, &text).await;
    }
    admin.put_policy(location, &text).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_changes() {
        assert_eq!(change_one_character("us-east-1:e701"), "us-east-1:e791");
        assert_eq!(change_one_character("us-east-1:e791"), "us-east-1:e701");
        assert_eq!(change_one_character("a"), "9");
    }

    #[test]
    fn operations_on_inline_policies_name_the_kind_of_owner() {
        assert_eq!(inline_policy_operation(&Owner::User("ana".into()), "Put"), "PutUserPolicy");
        assert_eq!(owner_parameter(&Owner::Role("r".into())), ("RoleName", "r"));
    }
}
