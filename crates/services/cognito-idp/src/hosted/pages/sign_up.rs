//! `/signup`: a new account.

use cognitab_wire::http::encode;

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::pages::layout::{self, app_page};
use crate::hosted::pages::login::username_label;
use crate::hosted::request::PageRequest;
use crate::hosted::sso_session::{self, SessionState};
use crate::model::pool::Pool;
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::user;
use crate::operations::registration::sign_up::{SignUp, SignUpRequest};
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_kernel::web::form::{Field, Form, Notice};
use cognitab_kernel::web::page;
use cognitab_kernel::{ApiError, Stop};
use maud::html;

/// `GET /signup`.
pub(crate) fn get(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    if request.pool.admin_create.allow_admin_create_user_only {
        return Ok(sign_up_disabled());
    }
    Ok(sign_up_form(cx, request, authorization, Notice::None))
}

fn sign_up_disabled() -> Reply {
    let text = "SignUp is not permitted for this user pool";
    page::message(403, "Sign up", text).refused(ApiError::new(403, "NotAuthorizedException", text))
}

/// The attributes that the form has fields for: those that are required, and those that the pool
/// verifies.
fn form_attributes(pool: &Pool) -> Vec<String> {
    let is_username = |name: &str| pool.username_attributes.iter().any(|c| c.as_str() == name);
    let mut names = schema::missing_required(pool, &Attributes::new());
    for contact in &pool.auto_verified_attributes {
        if !names.iter().any(|n| n == contact.as_str()) && pool.username_attributes.is_empty() {
            names.push(contact.as_str().to_owned());
        }
    }
    names.retain(|name| !is_username(name));
    names
}

fn sign_up_form(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
    notice: Notice<'_>,
) -> Reply {
    let (csrf, cookie) = request.csrf_token(cx);
    let names = form_attributes(&request.pool);
    let labels: Vec<String> = names.iter().map(|name| label(name)).collect();
    let mut fields = vec![Field {
        name: "username",
        label: username_label(&request.pool),
        kind: "text",
        value: request.field("username").unwrap_or_default(),
        autocomplete: "username",
    }];
    fields.extend(names.iter().zip(&labels).map(|(name, label)| Field {
        name,
        label,
        kind: if name == "email" { "email" } else { "text" },
        value: request.field(name).unwrap_or_default(),
        autocomplete: if name == "email" { "email" } else { "on" },
    }));
    fields.push(Field {
        name: "password",
        label: "Password",
        kind: "password",
        value: "",
        autocomplete: "new-password",
    });
    let form = Form {
        action: &layout::relative_url(request, "signup"),
        csrf: &csrf,
        hidden: &[],
        fields: &fields,
        button: "Sign up",
    };
    let body = html! {
        (form)
        p { "Already have an account? " (layout::link(request, "login", "Sign in")) }
    };
    app_page(authorization, "Sign up", notice, &body).cookie(cookie)
}

/// `given_name` → `Given name`.
fn label(name: &str) -> String {
    let name = name.trim_start_matches("custom:").replace('_', " ");
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// `POST /signup`.
pub(crate) fn post(
    cx: &mut Cx<'_>,
    request: &PageRequest<'_>,
    authorization: &AuthorizationRequest,
) -> Result<Reply, Stop> {
    let name = request.field("username").unwrap_or_default().to_owned();
    let attributes = form_attributes(&request.pool).into_iter().filter_map(|name| {
        let value = Some(request.field(&name)?.into());
        Some(AttributeType { name: name.into(), value })
    });
    let input = SignUpRequest {
        client_id: authorization.client.client_id.clone(),
        secret_hash: authorization.client.secret_hash(&name),
        username: name.clone().into(),
        password: request.field("password").unwrap_or_default().into(),
        user_attributes: Some(attributes.collect()),
        validation_data: None,
        client_metadata: None,
    };
    let account = request.pool.account.clone();
    match cx.call::<SignUp>(&account, Caller::Anonymous, input) {
        Ok(output) => {
            let user = user::by_sub(&cx.world, &request.pool.id, &output.user_sub);
            let cookie = user
                .map(|user| sso_session::create(cx, &request.pool, &user, SessionState::SignedUp));
            let confirm = format!("{}&username={}", request.url_of("confirm"), encode(&name));
            Ok(Reply::redirect(&confirm).cookie(cookie))
        }
        Err(stop) => {
            let error = stop.error()?;
            let notice = Notice::Error(&error.message);
            Ok(sign_up_form(cx, request, authorization, notice).refused(error))
        }
    }
}
