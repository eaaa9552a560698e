//! `/signup`: a new account.

use cognitab_wire::http::encode;

use crate::hosted::oauth::authorization_request::Target;
use crate::hosted::pages::html::{self, Field, Form, Notice};
use crate::hosted::pages::login::name_label;
use crate::hosted::request::Ask;
use crate::hosted::sso_session;
use crate::model::pool::Pool;
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::user;
use crate::operations::registration::sign_up::{SignUp, SignUpRequest};
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::service::Reply;
use cognitab_kernel::{ApiError, Stop};

/// Shows the form.
pub(crate) fn get(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    if ask.pool.admin_create.allow_admin_create_user_only {
        return Ok(closed());
    }
    Ok(form(cx, ask, target, &Notice::None))
}

fn closed() -> Reply {
    let text = "SignUp is not permitted for this user pool";
    html::say(403, "Sign up", text).refused(ApiError::new(403, "NotAuthorizedException", text))
}

/// What the form asks for beside name and password: what is required or will be verified.
fn asked(pool: &Pool) -> Vec<String> {
    let as_name = |name: &str| pool.username_attributes.iter().any(|c| c.as_str() == name);
    let mut names = schema::missing_required(pool, &Attributes::new());
    for contact in &pool.auto_verified_attributes {
        if !names.iter().any(|n| n == contact.as_str()) && pool.username_attributes.is_empty() {
            names.push(contact.as_str().to_owned());
        }
    }
    names.retain(|name| !as_name(name));
    names
}

fn form(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target, notice: &Notice<'_>) -> Reply {
    let (csrf, cookie) = sso_session::csrf(cx, ask);
    let names = asked(&ask.pool);
    let labels: Vec<String> = names.iter().map(|name| label(name)).collect();
    let mut fields = vec![Field {
        name: "username",
        label: name_label(&ask.pool),
        kind: "text",
        value: ask.field("username").unwrap_or_default(),
        autocomplete: "username",
    }];
    fields.extend(names.iter().zip(&labels).map(|(name, label)| Field {
        name,
        label,
        kind: if name == "email" { "email" } else { "text" },
        value: ask.field(name).unwrap_or_default(),
        autocomplete: if name == "email" { "email" } else { "on" },
    }));
    fields.push(Field {
        name: "password",
        label: "Password",
        kind: "password",
        value: "",
        autocomplete: "new-password",
    });
    let form =
        Form { action: "signup", csrf: &csrf, hidden: &[], fields: &fields, button: "Sign up" };
    let mut body = form.html(ask);
    let link = html::link(ask, "login");
    body.push_str(&format!("<p>Have an account? <a href=\"{link}\">Sign in</a></p>\n"));
    html::show(target, "Sign up", notice, &body).cookie(cookie)
}

/// `given_name` → `Given name`.
fn label(name: &str) -> String {
    let name = name.trim_start_matches("custom:").replace('_', " ");
    let mut chars = name.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// Takes the account to the pool.
pub(crate) fn post(cx: &mut Cx<'_>, ask: &Ask<'_>, target: &Target) -> Result<Reply, Stop> {
    let name = ask.field("username").unwrap_or_default().to_owned();
    let given = asked(&ask.pool).into_iter().filter_map(|name| {
        let value = Some(ask.field(&name)?.into());
        Some(AttributeType { name: name.into(), value })
    });
    let input = SignUpRequest {
        client_id: target.client.client_id.clone(),
        secret_hash: target.client.secret_hash(&name),
        username: name.clone().into(),
        password: ask.field("password").unwrap_or_default().into(),
        user_attributes: Some(given.collect()),
        validation_data: None,
        client_metadata: None,
    };
    let account = ask.pool.account.clone();
    match cx.call::<SignUp>(&account, Caller::Anonymous, input) {
        Ok(answer) => {
            let user = user::by_sub(&cx.world, &ask.pool.id, &answer.user_sub);
            let cookie = user.map(|user| sso_session::begin(cx, &ask.pool, &user, false));
            let confirm = format!("{}&username={}", ask.sibling("confirm"), encode(&name));
            Ok(Reply::redirect(&confirm).cookie(cookie))
        }
        Err(stop) => {
            let error = stop.error()?;
            Ok(form(cx, ask, target, &Notice::Bad(&error.message)).refused(error))
        }
    }
}
