//! The photo app's calls to AWS, and the three runs that combine them.

use cognitab_trace::control::Scenario;
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::Credentials;
use serde_json::{Value, json};

use super::login;
use super::{Client, ClientError, admin, api_error};
use crate::state::oauth::{self, REGION, Tokens};
use crate::state::run::Run;
use crate::state::url_state::GrantType;

/// The role for authenticated identities.
pub const SIGNED_IN: &str = "photos-signed-in";

/// The image to upload: a bitmap of 8 by 8 pixels.
const PICTURE: &str = "P1\n8 8\n0 0 0 0 0 0 0 0\n0 0 1 0 0 0 0 0\n0 1 1 1 0 0 1 0\n1 1 1 1 1 1 1 1\n0 0 0 0 0 0 0 0\n1 0 1 0 1 0 1 0\n0 1 0 1 0 1 0 1\n1 0 1 0 1 0 1 0\n";

/// Cryptographically random bytes.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = gloo::utils::window().crypto() {
        // Fewer than 65,536 bytes cannot fail.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Makes a run. A refusal is a result in the event log, not an error.
pub async fn run(
    client: &Client,
    scenario: &Scenario,
    run: Run,
    grant: GrantType,
) -> Result<(), ClientError> {
    let outcome = match run {
        Run::Ana => sign_in_and_upload(client, scenario, grant).await,
        Run::Guest => upload(client, scenario, None).await,
        Run::TrustChanged => {
            let pool = scenario.get("identityPool");
            let admin = admin::Administrator::studio(client);
            match admin
                .replace_in_trust_policy(SIGNED_IN, pool, &admin::change_one_character(pool))
                .await
            {
                Ok(()) => sign_in_and_upload(client, scenario, grant).await,
                Err(error) => Err(error),
            }
        }
    };
    match outcome {
        Err(ClientError::Api { .. }) => Ok(()),
        other => other,
    }
}

async fn sign_in_and_upload(
    client: &Client,
    scenario: &Scenario,
    grant: GrantType,
) -> Result<(), ClientError> {
    let tokens = sign_in(client, scenario, grant).await?;
    upload(client, scenario, Some(&tokens)).await
}

/// Signs Ana in and returns her tokens.
pub async fn sign_in(
    client: &Client,
    scenario: &Scenario,
    grant: GrantType,
) -> Result<Tokens, ClientError> {
    let request = oauth::authorization_request(scenario, grant, &random_bytes::<64>());
    let callback_url = login::sign_in(client, &request.url, "ana", "Ana-Photos-1!").await?;
    login::tokens_from_callback(client, scenario, &request, &callback_url).await
}

/// Uploads the file, with credentials for the tokens or for a guest.
async fn upload(
    client: &Client,
    scenario: &Scenario,
    tokens: Option<&Tokens>,
) -> Result<(), ClientError> {
    let keys = get_credentials(client, scenario, tokens).await?;
    send_object_request(client, scenario, "PUT", &keys).await
}

/// Calls GetId and GetCredentialsForIdentity, with the ID token or as a guest.
pub async fn get_credentials(
    client: &Client,
    scenario: &Scenario,
    tokens: Option<&Tokens>,
) -> Result<Credentials, ClientError> {
    let provider = format!("cognito-idp.{REGION}.amazonaws.com/{}", scenario.get("userPool"));
    let mut input = json!({"IdentityPoolId": scenario.get("identityPool")});
    let mut wanted = json!({});
    if let (Some(tokens), Some(input), Some(wanted)) =
        (tokens, input.as_object_mut(), wanted.as_object_mut())
    {
        let logins = json!({provider: tokens.id});
        input.insert("Logins".to_owned(), logins.clone());
        wanted.insert("Logins".to_owned(), logins);
    }
    const SERVICE: &str = "AWSCognitoIdentityService";
    let known = client.call_json("cognito-identity", &format!("{SERVICE}.GetId"), &input).await?;
    let id = known.get("IdentityId").cloned().unwrap_or_default();
    if let Some(wanted) = wanted.as_object_mut() {
        wanted.insert("IdentityId".to_owned(), id);
    }
    let target = format!("{SERVICE}.GetCredentialsForIdentity");
    let answer = client.call_json("cognito-identity", &target, &wanted).await?;
    let text = |name: &str| {
        answer.pointer(&format!("/Credentials/{name}")).and_then(Value::as_str).map(str::to_owned)
    };
    Ok(Credentials {
        access_key_id: text("AccessKeyId").unwrap_or_default(),
        secret_access_key: text("SecretKey").unwrap_or_default(),
        session_token: text("SessionToken"),
    })
}

/// Calls PutObject, GetObject or DeleteObject, by HTTP method.
pub async fn send_object_request(
    client: &Client,
    scenario: &Scenario,
    method: &str,
    keys: &Credentials,
) -> Result<(), ClientError> {
    let bucket = scenario.get("bucket");
    let put = method == "PUT";
    let kind = ("content-type".to_owned(), "image/x-portable-bitmap".to_owned());
    let request = Request {
        method: method.to_owned(),
        url: format!("https://{bucket}.s3.{REGION}.amazonaws.com/uploads/lake.jpg"),
        headers: if put { vec![kind] } else { Vec::new() },
        body: if put { PICTURE.as_bytes().to_vec() } else { Vec::new() },
    };
    let response = client.send_signed(request, "s3", keys).await?;
    if response.status >= 300 { Err(api_error(&response)) } else { Ok(()) }
}
