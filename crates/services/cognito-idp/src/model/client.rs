//! An app client: how an application uses a user pool, and its secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_kernel::{Cx, Row};
use cognitab_macros::Shape;
use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::shape::Timestamp;
use cognitab_wire::sigv4::constant_time_eq;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::Error;
use crate::model::pool::{self, Pool};
use crate::model::types::{
    AccessTokenValidityType, AuthSessionValidityType, CallbackURLsListType, ClientIdType,
    ClientNameType, ClientPermissionType, ClientSecretType, IdTokenValidityType,
    LogoutURLsListType, OAuthFlowsType, ProviderNameType, RedirectUrlType,
    RefreshTokenValidityType, ScopeListType, SecretHashType, UserPoolIdType, items,
};

/// The unit of a token's validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum TimeUnitsType {
    #[shape(name = "seconds")]
    Seconds,
    #[shape(name = "minutes")]
    Minutes,
    #[shape(name = "hours")]
    Hours,
    #[shape(name = "days")]
    Days,
}

/// The units of the tokens' validity.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct TokenValidityUnitsType {
    pub(crate) access_token: Option<TimeUnitsType>,
    pub(crate) id_token: Option<TimeUnitsType>,
    pub(crate) refresh_token: Option<TimeUnitsType>,
}

/// An authentication flow that can be enabled for a client. The values without `ALLOW_` are legacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum ExplicitAuthFlowsType {
    #[shape(name = "ADMIN_NO_SRP_AUTH")]
    AdminNoSrpAuth,
    #[shape(name = "CUSTOM_AUTH_FLOW_ONLY")]
    CustomAuthFlowOnly,
    #[shape(name = "USER_PASSWORD_AUTH")]
    UserPasswordAuth,
    #[shape(name = "ALLOW_ADMIN_USER_PASSWORD_AUTH")]
    AllowAdminUserPasswordAuth,
    #[shape(name = "ALLOW_CUSTOM_AUTH")]
    AllowCustomAuth,
    #[shape(name = "ALLOW_USER_PASSWORD_AUTH")]
    AllowUserPasswordAuth,
    #[shape(name = "ALLOW_USER_SRP_AUTH")]
    AllowUserSrpAuth,
    #[shape(name = "ALLOW_REFRESH_TOKEN_AUTH")]
    AllowRefreshTokenAuth,
    #[shape(name = "ALLOW_USER_AUTH")]
    AllowUserAuth,
}

/// An OAuth flow that can be enabled for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum OAuthFlowType {
    #[shape(name = "code")]
    Code,
    #[shape(name = "implicit")]
    Implicit,
    #[shape(name = "client_credentials")]
    ClientCredentials,
}

/// Whether errors reveal that a user does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum PreventUserExistenceErrorTypes {
    Legacy,
    Enabled,
}

/// An app client, stored as responses describe it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct UserPoolClientType {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) client_name: ClientNameType,
    pub(crate) client_id: ClientIdType,
    pub(crate) client_secret: Option<ClientSecretType>,
    pub(crate) last_modified_date: Timestamp,
    pub(crate) creation_date: Timestamp,
    pub(crate) refresh_token_validity: RefreshTokenValidityType,
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
    pub(crate) allowed_o_auth_flows_user_pool_client: bool,
    pub(crate) prevent_user_existence_errors: PreventUserExistenceErrorTypes,
    pub(crate) enable_token_revocation: bool,
    pub(crate) auth_session_validity: AuthSessionValidityType,
}

impl Row for UserPoolClientType {
    const TABLE: &'static str = "cognito-idp.client";
    fn key(&self) -> String {
        self.client_id.to_string()
    }
}

impl UserPoolClientType {
    /// Validity of an access token in seconds: by default an hour.
    pub(crate) fn access_token_seconds(&self) -> i64 {
        let units = self.token_validity_units.as_ref().and_then(|u| u.access_token);
        seconds(
            self.access_token_validity.map_or(1, Into::into),
            units.unwrap_or(TimeUnitsType::Hours),
        )
    }

    /// Validity of an ID token in seconds: by default an hour.
    pub(crate) fn id_token_seconds(&self) -> i64 {
        let units = self.token_validity_units.as_ref().and_then(|u| u.id_token);
        seconds(self.id_token_validity.map_or(1, Into::into), units.unwrap_or(TimeUnitsType::Hours))
    }

    /// Validity of a refresh token in seconds.
    pub(crate) fn refresh_token_seconds(&self) -> i64 {
        let units = self.token_validity_units.as_ref().and_then(|u| u.refresh_token);
        seconds(*self.refresh_token_validity, units.unwrap_or(TimeUnitsType::Days))
    }

    /// Whether errors hide that a user does not exist.
    pub(crate) fn prevents_user_existence_errors(&self) -> bool {
        self.prevent_user_existence_errors == PreventUserExistenceErrorTypes::Enabled
    }

    /// Whether this OAuth flow is enabled.
    pub(crate) fn allows_oauth_flow(&self, flow: OAuthFlowType) -> bool {
        self.allowed_o_auth_flows_user_pool_client
            && self.allowed_o_auth_flows.as_ref().is_some_and(|f| f.contains(&flow))
    }

    /// The scopes that it can request.
    pub(crate) fn scopes(&self) -> Vec<String> {
        items(&self.allowed_o_auth_scopes).iter().map(ToString::to_string).collect()
    }

    /// Whether this authentication flow is enabled.
    pub(crate) fn allows_auth_flow(&self, flow: ExplicitAuthFlowsType) -> bool {
        self.explicit_auth_flows.as_ref().is_some_and(|flows| flows.contains(&flow))
    }

    /// The secret hash over a user name; `None` for a client without a secret.
    pub(crate) fn secret_hash(&self, username: &str) -> Option<SecretHashType> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.client_secret.as_ref()?.as_bytes()).ok()?;
        mac.update(username.as_bytes());
        mac.update(self.client_id.as_bytes());
        Some(STANDARD.encode(mac.finalize().into_bytes()).into())
    }

    /// Verifies the secret hash of a request.
    pub(crate) fn check_secret_hash(
        &self,
        cx: &mut Cx<'_>,
        username: &str,
        hash: Option<&str>,
    ) -> Result<(), Error> {
        let (error, note) = match (self.secret_hash(username), hash) {
            (None, None) => return Ok(()),
            (Some(expected), Some(hash)) if constant_time_eq(&expected, hash) => {
                cx.rung(Rung::passed(RungKind::Authentication, "the secret hash is correct"));
                return Ok(());
            }
            (None, Some(_)) => (
                Error::SecretHashUnexpected(self.client_id.clone()),
                "the app client has no secret, but the request has a secret hash",
            ),
            (Some(_), None) => (
                Error::SecretHashMissing(self.client_id.clone()),
                "the app client has a secret, but the request has no secret hash",
            ),
            (Some(_), Some(_)) => (
                Error::SecretHashMismatch(self.client_id.clone()),
                "the secret hash does not match this app client and username",
            ),
        };
        Err(cx.refuse_with(Rung::refused(RungKind::Authentication, note), error))
    }
}

fn seconds(n: i64, unit: TimeUnitsType) -> i64 {
    n.saturating_mul(match unit {
        TimeUnitsType::Seconds => 1,
        TimeUnitsType::Minutes => 60,
        TimeUnitsType::Hours => 3600,
        TimeUnitsType::Days => 86_400,
    })
}

/// The client that an unsigned request names, with its pool, whose account and region become those of
/// the request.
pub(crate) fn find(
    cx: &mut Cx<'_>,
    client_id: &ClientIdType,
) -> Result<(Pool, UserPoolClientType), Error> {
    let client = cx.world.get::<UserPoolClientType>(client_id);
    let both = client.and_then(|c| Some((cx.world.get::<Pool>(&c.user_pool_id)?, c)));
    let Some((pool, client)) = both else {
        let rung = Rung::refused(RungKind::State, "the app client does not exist");
        return Err(cx.refuse_with(rung, Error::ClientNotFound(client_id.clone())));
    };
    pool::scope_to(cx, &pool);
    Ok((pool, client))
}

/// The client that a signed request names.
pub(crate) fn find_in_pool(
    cx: &Cx<'_>,
    pool_id: &UserPoolIdType,
    client_id: &ClientIdType,
) -> Result<UserPoolClientType, Error> {
    let pool = pool::find(cx, pool_id)?;
    let client: Option<UserPoolClientType> = cx.world.get(client_id);
    let client = client.filter(|client| client.user_pool_id == pool.id);
    client.ok_or_else(|| Error::ClientNotFound(client_id.clone()))
}
