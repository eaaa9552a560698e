//! The settings that CreateUserPoolClient and UpdateUserPoolClient take.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::client::{
    ExplicitAuthFlowsType, OAuthFlowType, PreventUserExistenceErrorTypes, TokenValidityUnitsType,
    UserPoolClientType,
};
use crate::model::pool::Pool;

/// The scopes that every user pool has.
const STANDARD_SCOPES: [&str; 5] =
    ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"];

/// The input of both operations.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct ClientSettings {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// Only of an update.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: Option<String>,
    /// Required for a new client.
    #[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
    pub(crate) client_name: Option<String>,
    /// Only of a new client.
    pub(crate) generate_secret: Option<bool>,
    /// Only of a new client, instead of a generated secret.
    #[shape(length = 24..=64, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_secret: Option<String>,
    #[shape(range = 0..=315_360_000)]
    pub(crate) refresh_token_validity: Option<i64>,
    #[shape(range = 1..=86_400)]
    pub(crate) access_token_validity: Option<i64>,
    #[shape(range = 1..=86_400)]
    pub(crate) id_token_validity: Option<i64>,
    pub(crate) token_validity_units: Option<TokenValidityUnitsType>,
    #[shape(item_length = 1..=2048)]
    pub(crate) read_attributes: Option<Vec<String>>,
    #[shape(item_length = 1..=2048)]
    pub(crate) write_attributes: Option<Vec<String>>,
    pub(crate) explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    #[shape(item_length = 1..=32)]
    pub(crate) supported_identity_providers: Option<Vec<String>>,
    #[shape(name = "CallbackURLs", length = 0..=100, item_length = 1..=1024)]
    pub(crate) callback_urls: Option<Vec<String>>,
    #[shape(name = "LogoutURLs", length = 0..=100, item_length = 1..=1024)]
    pub(crate) logout_urls: Option<Vec<String>>,
    #[shape(name = "DefaultRedirectURI", length = 1..=1024)]
    pub(crate) default_redirect_uri: Option<String>,
    #[shape(length = 0..=3)]
    pub(crate) allowed_o_auth_flows: Option<Vec<OAuthFlowType>>,
    #[shape(length = 0..=50, item_length = 1..=256)]
    pub(crate) allowed_o_auth_scopes: Option<Vec<String>>,
    pub(crate) allowed_o_auth_flows_user_pool_client: Option<bool>,
    pub(crate) prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    pub(crate) enable_token_revocation: Option<bool>,
    #[shape(range = 3..=15)]
    pub(crate) auth_session_validity: Option<i64>,
}

/// The output of both operations and of DescribeUserPoolClient.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UserPoolClientResponse {
    pub(crate) user_pool_client: UserPoolClientType,
}

impl ClientSettings {
    /// The client of these settings, with the defaults of those left out. The scopes are those of the
    /// pool's resource servers.
    pub(crate) fn into_client(
        self,
        pool: &Pool,
        scopes: &[String],
        id: String,
        secret: Option<String>,
        created: Timestamp,
        now: i64,
    ) -> Result<UserPoolClientType, Error> {
        self.check(pool, scopes, secret.is_some())?;
        let client = UserPoolClientType {
            user_pool_id: self.user_pool_id,
            client_name: self.client_name.unwrap_or_default(),
            client_id: id,
            client_secret: secret,
            last_modified_date: Timestamp(now),
            creation_date: created,
            refresh_token_validity: self.refresh_token_validity.filter(|n| *n > 0).unwrap_or(30),
            access_token_validity: self.access_token_validity,
            id_token_validity: self.id_token_validity,
            token_validity_units: self.token_validity_units,
            read_attributes: self.read_attributes,
            write_attributes: self.write_attributes,
            explicit_auth_flows: Some(self.explicit_auth_flows.unwrap_or_else(|| {
                vec![
                    ExplicitAuthFlowsType::AllowCustomAuth,
                    ExplicitAuthFlowsType::AllowUserSrpAuth,
                    ExplicitAuthFlowsType::AllowRefreshTokenAuth,
                ]
            })),
            supported_identity_providers: self.supported_identity_providers,
            callback_urls: self.callback_urls,
            logout_urls: self.logout_urls,
            default_redirect_uri: self.default_redirect_uri,
            allowed_o_auth_flows: self.allowed_o_auth_flows,
            allowed_o_auth_scopes: self.allowed_o_auth_scopes,
            allowed_o_auth_flows_user_pool_client: self
                .allowed_o_auth_flows_user_pool_client
                .unwrap_or_default(),
            prevent_user_existence_errors: self
                .prevent_user_existence_errors
                .unwrap_or(PreventUserExistenceErrorTypes::Legacy),
            enable_token_revocation: self.enable_token_revocation.unwrap_or(true),
            auth_session_validity: self.auth_session_validity.unwrap_or(3),
        };
        check_token_validity(&client)?;
        Ok(client)
    }

    fn check(&self, pool: &Pool, scopes: &[String], secret: bool) -> Result<(), Error> {
        let flows = self.explicit_auth_flows.as_deref().unwrap_or_default();
        let legacy = flows.iter().filter(|f| !f.as_str().starts_with("ALLOW_")).count();
        if legacy > 0 && legacy < flows.len() {
            return Err(Error::parameter(
                "Invalid ExplicitAuthFlows: legacy values cannot be used together with values that begin with ALLOW_.",
            ));
        }
        let unknown =
            |name: &&String| !pool.schema_attributes.iter().any(|a| a.name.as_ref() == Some(name));
        let named = self.read_attributes.iter().chain(&self.write_attributes).flatten();
        if named.clone().any(|name| unknown(&name)) {
            return Err(Error::parameter("Invalid attributes specified while creating a client"));
        }
        self.check_providers()?;
        self.check_oauth(scopes, secret)?;
        self.check_urls()
    }

    fn check_providers(&self) -> Result<(), Error> {
        let named = self.supported_identity_providers.iter().flatten();
        match named.into_iter().find(|name| *name != "COGNITO") {
            Some(name) => Err(Error::parameter(format!(
                "The provider {name} does not exist for User Pool {}.",
                self.user_pool_id
            ))),
            None => Ok(()),
        }
    }

    fn check_oauth(&self, scopes: &[String], secret: bool) -> Result<(), Error> {
        let flows = self.allowed_o_auth_flows.as_deref().unwrap_or_default();
        if flows.contains(&OAuthFlowType::ClientCredentials) {
            if flows.len() > 1 {
                return Err(Error::InvalidOAuthFlow(
                    "client_credentials flow can not be selected along with code flow or implicit flow",
                ));
            }
            if !secret {
                return Err(Error::InvalidOAuthFlow(
                    "client_credentials flow can not be selected if client does not have a client secret.",
                ));
            }
        }
        let requested = self.allowed_o_auth_scopes.iter().flatten();
        let known =
            |scope: &String| STANDARD_SCOPES.contains(&scope.as_str()) || scopes.contains(scope);
        match requested.into_iter().find(|scope| !known(scope)) {
            Some(scope) => Err(Error::ScopeDoesNotExist(scope.clone())),
            None => Ok(()),
        }
    }

    fn check_urls(&self) -> Result<(), Error> {
        let callbacks = self.callback_urls.as_deref().unwrap_or_default();
        for url in callbacks.iter().chain(self.logout_urls.iter().flatten()) {
            if !is_valid_redirect_url(url) {
                return Err(Error::parameter(format!(
                    "{url} is not valid. It must be an absolute URI with https, http for localhost, or a scheme of an app, and hold no fragment."
                )));
            }
        }
        let default = self.default_redirect_uri.as_ref();
        if default.is_some_and(|url| !callbacks.contains(url)) {
            return Err(Error::parameter(
                "defaultRedirectURI must be in the list of redirectURIs.",
            ));
        }
        let needs = self.allowed_o_auth_flows.iter().flatten();
        if needs.into_iter().any(|f| *f != OAuthFlowType::ClientCredentials)
            && self.allowed_o_auth_flows_user_pool_client == Some(true)
            && callbacks.is_empty()
        {
            return Err(Error::InvalidOAuthFlow(
                "RedirectUris are required for code and implicit flows.",
            ));
        }
        Ok(())
    }
}

/// Whether AWS accepts a callback or sign-out URL.
fn is_valid_redirect_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let host = rest.trim_start_matches("//").split(['/', '?']).next().unwrap_or_default();
    let name = if host.starts_with('[') {
        host.split_inclusive(']').next().unwrap_or_default()
    } else {
        host.split(':').next().unwrap_or_default()
    };
    let plain = !url.contains(['#', ' ']) && !scheme.is_empty();
    plain
        && match scheme {
            "http" => matches!(name, "localhost" | "127.0.0.1" | "[::1]"),
            "https" => !name.is_empty(),
            "javascript" | "data" | "file" => false,
            _ => rest.starts_with("//"),
        }
}

/// Refuses tokens that are valid for too short or too long.
fn check_token_validity(client: &UserPoolClientType) -> Result<(), Error> {
    let day = 86_400;
    for (name, seconds, least, most, words) in [
        (
            "refreshTokenValidity",
            client.refresh_token_seconds(),
            3600,
            3650 * day,
            "60 minutes and 10 years",
        ),
        ("accessTokenValidity", client.access_token_seconds(), 300, day, "5 minutes and 1 day"),
        ("idTokenValidity", client.id_token_seconds(), 300, day, "5 minutes and 1 day"),
    ] {
        if !(least..=most).contains(&seconds) {
            return Err(Error::parameter(format!(
                "Invalid range for token validity: {name} must be between {words}."
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_valid_redirect_url;

    #[test]
    fn callback_urls_that_are_accepted() {
        for (url, good) in [
            ("https://photos.example/callback", true),
            ("http://localhost:3000/cb", true),
            ("http://127.0.0.1/cb", true),
            ("http://[::1]:8080/", true),
            ("myapp://signed-in", true),
            ("http://photos.example/callback", false),
            ("https://photos.example/#x", false),
            ("http://localhost.evil.example/", false),
            ("javascript:alert(1)", false),
            ("photos.example", false),
        ] {
            assert_eq!(is_valid_redirect_url(url), good, "{url}");
        }
    }
}
