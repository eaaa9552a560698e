//! SignUp: registers a user and sends a code to verify their contact.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::app::App;
use crate::auth::delivery::{self, CodeDeliveryDetailsType};
use crate::auth::password::Password;
use crate::auth::triggers::{self, SignUpDecision, SignUpEvent};
use crate::error::Error;
use crate::model::client;
use crate::model::pool::{AliasAttributeType, Contact, Pool};
use crate::model::schema::{self, AttributeType, Attributes};
use crate::model::types::{
    ClientIdType, ClientMetadataType, PasswordType, SecretHashType, UsernameType, text,
};
use crate::model::user::{self, User, UserStatusType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct SignUpRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) secret_hash: Option<SecretHashType>,
    pub(crate) username: UsernameType,
    pub(crate) password: PasswordType,
    pub(crate) user_attributes: Option<Vec<AttributeType>>,
    /// Only for the PreSignUp function.
    pub(crate) validation_data: Option<Vec<AttributeType>>,
    /// Only for the PreSignUp function.
    pub(crate) client_metadata: Option<ClientMetadataType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct SignUpResponse {
    pub(crate) user_confirmed: bool,
    pub(crate) code_delivery_details: Option<CodeDeliveryDetailsType>,
    pub(crate) user_sub: String,
}

#[operation(public)]
pub(crate) fn sign_up(cx: &mut Cx<'_>, input: SignUpRequest) -> Result<SignUpResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    client.check_secret_hash(cx, &input.username, text(&input.secret_hash))?;
    if pool.admin_create.allow_admin_create_user_only {
        return Err(Error::SignUpNotPermitted.into());
    }
    if let Some(reason) = pool.password_policy.violation(&input.password) {
        return Err(Error::InvalidPassword { reason, admin: false }.into());
    }
    let mut attributes =
        schema::validate(&pool, input.user_attributes.as_deref().unwrap_or_default())?;
    schema::ensure_writable(&pool, &client, &attributes)?;
    let sub = cx.random.uuid();
    let name = &input.username;
    let username =
        user::assign_username(&cx.world, &pool, name, &sub, &mut attributes, Error::UserExists)?;
    ensure_complete(&pool, &attributes)?;
    let event = SignUpEvent {
        username: &username,
        attributes: &attributes,
        validation_data: input.validation_data.as_deref(),
        metadata: input.client_metadata.as_ref(),
    };
    let decision = triggers::pre_sign_up(cx, App { pool: &pool, client: &client }, event)?;
    let status = UserStatusType::Unconfirmed;
    let mut user = User::new(&pool, username, sub.clone(), status, attributes, cx.now);
    for contact in Contact::ALL {
        if user.attribute(contact.as_str()).is_some() {
            user.set_verified(contact, false);
        }
    }
    user.password = Some(Password::new(&mut cx.random, &user, &input.password));
    apply(cx, &pool, &mut user, decision)?;
    let contact = delivery::verification_contact(&pool, &user).filter(|_| !decision.confirm);
    let code_delivery_details = contact.map(|contact| {
        delivery::send_code(cx, &pool, &client.client_id, &mut user, contact, CODE_LIFE)
    });
    user::put(&mut cx.world, &user);
    Ok(SignUpResponse { user_confirmed: decision.confirm, code_delivery_details, user_sub: sub })
}

/// Applies what the PreSignUp function has decided. A contact that it verifies becomes an alias of this
/// user alone, and must have a value.
fn apply(
    cx: &mut Cx<'_>,
    pool: &Pool,
    user: &mut User,
    decision: SignUpDecision,
) -> Result<(), Error> {
    let verified =
        [(Contact::Email, decision.verify_email), (Contact::Phone, decision.verify_phone)];
    for (contact, _) in verified.into_iter().filter(|(_, verify)| *verify) {
        if user.address(contact).is_none() {
            return Err(Error::InvalidLambdaResponse);
        }
        user.set_verified(contact, true);
        user::claim_alias(&mut cx.world, pool, user, contact, true)?;
    }
    if decision.confirm {
        user.status = UserStatusType::Confirmed;
    }
    Ok(())
}

/// Validity of the code in milliseconds.
pub(crate) const CODE_LIFE: i64 = 24 * 3_600_000;

/// Refuses a sign-up that lacks a required attribute, or has an alias that needs a confirmed user.
fn ensure_complete(pool: &Pool, attributes: &Attributes) -> Result<(), Error> {
    let missing = schema::missing_required(pool, attributes);
    if !missing.is_empty() {
        let line = |name: &String| format!("{name}: The attribute is required");
        return Err(Error::SchemaViolations(missing.iter().map(line).collect()));
    }
    let alias = pool.alias_attributes.contains(&AliasAttributeType::PreferredUsername);
    if alias && attributes.contains_key("preferred_username") {
        return Err(Error::parameter("Preferred username can be set only after confirmation."));
    }
    Ok(())
}
