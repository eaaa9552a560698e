//! The settings that CreateUserPoolClient and UpdateUserPoolClient take.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::model::client::{
    ExplicitAuthFlowsType, OAuthFlowType, PreventUserExistenceErrorTypes, TokenValidityUnitsType,
    UserPoolClientType,
};
use crate::model::pool::Pool;
use crate::model::types::{
    AccessTokenValidityType, AuthSessionValidityType, CallbackURLsListType, ClientIdType,
    ClientNameType, ClientPermissionType, ClientSecretType, IdTokenValidityType,
    LogoutURLsListType, OAuthFlowsType, ProviderNameType, RedirectUrlType,
    RefreshTokenValidityType, ScopeListType, UserPoolIdType, items, text,
};

/// The scopes that every user pool has.
const STANDARD_SCOPES: [&str; 5] =
    ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"];

/// The input of both operations.
#[derive(Clone, Debug, Default, Shape)]
pub(crate) struct ClientSettings {
    pub(crate) user_pool_id: UserPoolIdType,
    /// Only of an update.
    pub(crate) client_id: Option<ClientIdType>,
    /// Required for a new client.
    pub(crate) client_name: Option<ClientNameType>,
    /// Only of a new client.
    pub(crate) generate_secret: Option<bool>,
    /// Only of a new client, instead of a generated secret.
    pub(crate) client_secret: Option<ClientSecretType>,
    pub(crate) refresh_token_validity: Option<RefreshTokenValidityType>,
    pub(crate) access_token_validity: Option<AccessTokenValidityType>,
    pub(crate) id_token_validity: Option<IdTokenValidityType>,
    pub(crate) token_validity_units: Option<TokenValidityUnitsType>,
    pub(crate) read_attributes: Option<Vec<ClientPermissionType>>,
    pub(crate) write_attributes: Option<Vec<ClientPermissionType>>,
    pub(crate) explicit_auth_flows: Option<Vec<ExplicitAuthFlowsType>>,
    pub(crate) supported_identity_providers: Option<Vec<ProviderNameType>>,
    #[shape(name = "CallbackURLs")]
    pub(crate) callback_urls: Option<CallbackURLsListType>,
    #[shape(name = "LogoutURLs")]
    pub(crate) logout_urls: Option<LogoutURLsListType>,
    #[shape(name = "DefaultRedirectURI")]
    pub(crate) default_redirect_uri: Option<RedirectUrlType>,
    pub(crate) allowed_o_auth_flows: Option<OAuthFlowsType>,
    pub(crate) allowed_o_auth_scopes: Option<ScopeListType>,
    pub(crate) allowed_o_auth_flows_user_pool_client: Option<bool>,
    pub(crate) prevent_user_existence_errors: Option<PreventUserExistenceErrorTypes>,
    pub(crate) enable_token_revocation: Option<bool>,
    pub(crate) auth_session_validity: Option<AuthSessionValidityType>,
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
        id: ClientIdType,
        secret: Option<ClientSecretType>,
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
            refresh_token_validity: self
                .refresh_token_validity
                .filter(|n| **n > 0)
                .unwrap_or(30.into()),
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
            auth_session_validity: self.auth_session_validity.unwrap_or(3.into()),
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
        let unknown = |name: &ClientPermissionType| {
            !pool.schema_attributes.iter().any(|a| text(&a.name) == Some(name))
        };
        let named = self.read_attributes.iter().chain(&self.write_attributes).flatten();
        if named.into_iter().any(unknown) {
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
        let flows = items(&self.allowed_o_auth_flows);
        if flows.contains(&OAuthFlowType::ClientCredentials) {
            if flows.len() > 1 {
                return Err(Error::InvalidOAuthFlow(
                    "client_credentials flow can not be selected along with code flow or implicit flow".into(),
                ));
            }
            if !secret {
                return Err(Error::InvalidOAuthFlow(
                    "client_credentials flow can not be selected if client does not have a client secret.".into(),
                ));
            }
        }
        let requested = items(&self.allowed_o_auth_scopes);
        let oidc = requested.iter().find(|scope| STANDARD_SCOPES.contains(&scope.as_str()));
        if let Some(scope) = oidc.filter(|_| flows.contains(&OAuthFlowType::ClientCredentials)) {
            return Err(Error::InvalidOAuthFlow(
                format!("{scope} is not supported with client_credentials flow").into(),
            ));
        }
        let known =
            |scope: &String| STANDARD_SCOPES.contains(&scope.as_str()) || scopes.contains(scope);
        match requested.iter().find(|scope| !known(scope)) {
            Some(scope) => Err(Error::ScopeDoesNotExist(scope.clone())),
            None => Ok(()),
        }
    }

    fn check_urls(&self) -> Result<(), Error> {
        let callbacks = items(&self.callback_urls);
        for url in callbacks.iter().chain(items(&self.logout_urls)) {
            if !is_valid_redirect_url(url) {
                return Err(Error::parameter(format!(
                    "{url} is not valid. It must be an absolute URI with https, http (only for localhost), or a custom scheme, and must not contain a fragment."
                )));
            }
        }
        let default = self.default_redirect_uri.as_ref();
        if default.is_some_and(|url| !callbacks.contains(url)) {
            return Err(Error::parameter(
                "defaultRedirectURI must be in the list of redirectURIs.",
            ));
        }
        let flows = items(&self.allowed_o_auth_flows);
        if flows.iter().any(|f| *f != OAuthFlowType::ClientCredentials)
            && self.allowed_o_auth_flows_user_pool_client == Some(true)
            && callbacks.is_empty()
        {
            return Err(Error::InvalidOAuthFlow(
                "RedirectUris are required for code and implicit flows.".into(),
            ));
        }
        Ok(())
    }
}

/// Whether AWS accepts a callback or sign-out URL.
fn is_valid_redirect_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (name, port) = match authority.find(']') {
        Some(end) => authority.split_at_checked(end + 1).unwrap_or((authority, "")),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = |port: &str| port.strip_prefix(':').is_some_and(|n| n.parse::<u16>().is_ok());
    let valid = !url.contains(['#', '\\'])
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && name.starts_with('[') == name.ends_with(']')
        && (port.is_empty() || is_port(port));
    valid
        && match scheme {
            "http" => matches!(name, "localhost" | "127.0.0.1" | "[::1]"),
            "https" => !name.is_empty(),
            "javascript" | "data" | "file" => false,
            _ => true,
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
    fn redirect_urls_are_absolute_uris() {
        for valid in [
            "https://photos.example/callback?x=1",
            "https://[::1]:8443/",
            "http://localhost:3000/cb",
            "http://127.0.0.1/",
            "myapp://signed-in",
        ] {
            assert!(is_valid_redirect_url(valid), "{valid}");
        }
        for invalid in [
            "photos.example",
            "https:photos.example",
            "https://",
            "https://[::1/",
            "https://a.example:99999/",
            "http://localhost:80:80/",
            "http://photos.example/",
            "1app://x",
            r"https://a.example\@b/",
            "https://a.example/#x",
            "javascript://x",
            "javascript:alert(1)",
            "http://localhost.evil.example/",
        ] {
            assert!(!is_valid_redirect_url(invalid), "{invalid}");
        }
    }
}
