//! The scenario `photo-app` from a client's point of view.

use cognitab_wire::http::{Request, Response};
use cognitab_wire::sigv4::{self, Credentials};
use serde_json::{Value as Json, json};

use super::Host;

/// IDs of the scenario's resources.
#[derive(Clone)]
pub(crate) struct Ids {
    pub(crate) pool: String,
    pub(crate) client: String,
    pub(crate) identity_pool: String,
}

/// A host of the scenario, and the scenario's IDs.
pub(crate) fn photo_app() -> (Host, Ids) {
    let mut host = Host::open("photo-app");
    let body = host.send(super::get("https://cognitab.invalid/_cognitab/scenario")).body;
    let values: Json = serde_json::from_slice::<Json>(&body).unwrap()["values"].clone();
    let id = |name: &str| values[name].as_str().unwrap().to_owned();
    let ids = Ids { pool: id("userPool"), client: id("client"), identity_pool: id("identityPool") };
    (host, ids)
}

/// The user pool's name as a login provider.
pub(crate) fn provider(ids: &Ids) -> String {
    format!("cognito-idp.us-east-1.amazonaws.com/{}", ids.pool)
}

/// Signs Ana in and returns her tokens.
pub(crate) fn sign_in(host: &mut Host, ids: &Ids) -> Json {
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": ids.client,
        "AuthParameters": {"USERNAME": "ana", "PASSWORD": "Ana-Photos-1!"},
    });
    host.public("cognito-idp.InitiateAuth", input).unwrap()["AuthenticationResult"].clone()
}

/// The `Logins` of an identity pool that hold a token of the user pool.
pub(crate) fn logins(ids: &Ids, token: &str) -> Json {
    json!({provider(ids): token})
}

/// Gets an identity: a guest identity if there are no logins.
pub(crate) fn get_id(host: &mut Host, ids: &Ids, logins: &Json) -> Result<String, String> {
    let input = json!({"IdentityPoolId": ids.identity_pool, "Logins": logins});
    let id = host.public("cognito-identity.GetId", input)?;
    Ok(id["IdentityId"].as_str().unwrap().to_owned())
}

/// Gets the credentials of an identity in the enhanced flow.
pub(crate) fn credentials(host: &mut Host, id: &str, logins: &Json) -> Result<Credentials, String> {
    let input = json!({"IdentityId": id, "Logins": logins});
    let output = host.public("cognito-identity.GetCredentialsForIdentity", input)?;
    let part = |name: &str| output["Credentials"][name].as_str().unwrap().to_owned();
    Ok(Credentials {
        access_key_id: part("AccessKeyId"),
        secret_access_key: part("SecretKey"),
        session_token: Some(part("SessionToken")),
    })
}

/// Sends a signed request to the scenario's bucket.
pub(crate) fn s3(
    host: &mut Host,
    key: &Credentials,
    method: &str,
    path: &str,
    body: &str,
) -> Response {
    let mut request = Request {
        method: method.into(),
        url: format!("https://studio-photos.s3.us-east-1.amazonaws.com/{path}"),
        headers: Vec::new(),
        body: body.into(),
    };
    sigv4::sign(&mut request, key, "us-east-1", "s3", host.now);
    host.send(request)
}
