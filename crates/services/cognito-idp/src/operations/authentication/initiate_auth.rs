//! InitiateAuth: starts an authentication, or refreshes tokens.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_policy::ladder::{Compare, Rung, RungKind};
use std::collections::BTreeMap;

use crate::auth::app::App;
use crate::auth::authenticate;
use crate::auth::parameters::{required, secret_hash};
use crate::auth::refresh;
use crate::auth::response::AuthResponse;
use crate::auth::srp_challenge;
use crate::error::Error;
use crate::model::client;
use crate::model::client::{ExplicitAuthFlowsType, UserPoolClientType};
use crate::model::types::{AuthParametersType, ClientIdType, ClientMetadataType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct InitiateAuthRequest {
    pub(crate) auth_flow: AuthFlowType,
    #[shape(optional)]
    pub(crate) auth_parameters: AuthParametersType,
    pub(crate) client_metadata: Option<ClientMetadataType>,
    pub(crate) client_id: ClientIdType,
}

#[operation(public)]
pub(crate) fn initiate_auth(
    cx: &mut Cx<'_>,
    input: InitiateAuthRequest,
) -> Result<AuthResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    let app = App { pool: &pool, client: &client };
    let parameters = &input.auth_parameters;
    let metadata = input.client_metadata.as_ref();
    match input.auth_flow {
        AuthFlowType::UserPasswordAuth => by_password(cx, app, parameters, metadata),
        AuthFlowType::UserSrpAuth => {
            ensure_flow_enabled(
                cx,
                &client,
                ExplicitAuthFlowsType::AllowUserSrpAuth,
                "USER_SRP_AUTH",
            )?;
            let name = required(parameters, "USERNAME")?;
            let public = required(parameters, "SRP_A")?;
            client.check_secret_hash(cx, name, secret_hash(parameters))?;
            srp_challenge::challenge(cx, app, name, public, metadata)
        }
        AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => {
            ensure_flow_enabled(
                cx,
                &client,
                ExplicitAuthFlowsType::AllowRefreshTokenAuth,
                "REFRESH_TOKEN_AUTH",
            )?;
            let token = required(parameters, "REFRESH_TOKEN")?;
            let hash = secret_hash(parameters);
            let tokens = refresh::with_secret_hash(cx, app, token, hash)?;
            Ok(AuthResponse::tokens(tokens))
        }
        AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth => {
            Err(Error::parameter("Initiate Auth method not supported.").into())
        }
        flow => Err(Error::FlowNotEnabled(flow.as_str()).into()),
    }
}

/// An authentication flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum AuthFlowType {
    UserSrpAuth,
    RefreshTokenAuth,
    RefreshToken,
    CustomAuth,
    AdminNoSrpAuth,
    UserPasswordAuth,
    AdminUserPasswordAuth,
    UserAuth,
}

fn by_password(
    cx: &mut Cx<'_>,
    app: App<'_>,
    parameters: &BTreeMap<String, String>,
    metadata: Option<&ClientMetadataType>,
) -> Result<AuthResponse, Stop> {
    let flow = ExplicitAuthFlowsType::AllowUserPasswordAuth;
    ensure_flow_enabled(cx, app.client, flow, "USER_PASSWORD_AUTH")?;
    let name = required(parameters, "USERNAME")?;
    let password = required(parameters, "PASSWORD")?;
    app.client.check_secret_hash(cx, name, secret_hash(parameters))?;
    let user = authenticate::by_password(cx, app, name, password, metadata)?;
    // AWS passes the metadata of this operation to no other function.
    AuthResponse::authenticated(cx, app, &user, None)
}

/// Refuses a flow that is not enabled for the app client, under its present or its legacy name.
fn ensure_flow_enabled(
    cx: &mut Cx<'_>,
    client: &UserPoolClientType,
    flow: ExplicitAuthFlowsType,
    name: &'static str,
) -> Result<(), Error> {
    let legacy = match flow {
        ExplicitAuthFlowsType::AllowUserPasswordAuth => {
            client.allows_auth_flow(ExplicitAuthFlowsType::UserPasswordAuth)
        }
        // Clients with legacy values can always refresh tokens.
        ExplicitAuthFlowsType::AllowRefreshTokenAuth => {
            let flows = client.explicit_auth_flows.as_deref().unwrap_or_default();
            !flows.iter().any(|f| f.as_str().starts_with("ALLOW_"))
        }
        _ => false,
    };
    if client.allows_auth_flow(flow) || legacy {
        return Ok(());
    }
    let flows = client.explicit_auth_flows.iter().flatten();
    let compare = Compare {
        subject: "ExplicitAuthFlows".to_owned(),
        operator: String::new(),
        asked: vec![flow.as_str().to_owned()],
        wanted: flows.map(|f| f.as_str().to_owned()).collect(),
        met: false,
    };
    let note = "the authentication flow is not enabled for the app client";
    let rung = Rung::refused(RungKind::State, note).comparing(vec![compare]);
    Err(cx.refuse_with(rung, Error::FlowNotEnabled(name)))
}
