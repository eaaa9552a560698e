//! Lambda triggers: the functions that a user pool invokes while users sign up and sign in.
//!
//! The host invokes a function: the broker asks it, and the request runs again with the answer.

use cognitab_kernel::input::Invocation;
use cognitab_kernel::{Cx, Stop};
use cognitab_policy::ladder::{Rung, RungKind};
use serde_json::{Map, Value as Json, json};

use crate::auth::app::App;
use crate::error::Error;
use crate::model::pool::Pool;
use crate::model::schema::{AttributeType, Attributes};
use crate::model::types::{ArnType, ClientMetadataType};
use crate::model::user::{self, User};

/// A trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    PreSignUp,
    PreAuthentication,
    PostAuthentication,
}

impl Trigger {
    /// The name in AWS's errors.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Trigger::PreSignUp => "PreSignUp",
            Trigger::PreAuthentication => "PreAuthentication",
            Trigger::PostAuthentication => "PostAuthentication",
        }
    }

    fn function(self, pool: &Pool) -> Option<&ArnType> {
        let config = pool.lambda_config.as_ref()?;
        match self {
            Trigger::PreSignUp => config.pre_sign_up.as_ref(),
            Trigger::PreAuthentication => config.pre_authentication.as_ref(),
            Trigger::PostAuthentication => config.post_authentication.as_ref(),
        }
    }
}

/// What a new user and their sign-up pass to the PreSignUp function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignUpEvent<'a> {
    /// The user name under which the user will be stored.
    pub(crate) username: &'a str,
    pub(crate) attributes: &'a Attributes,
    pub(crate) validation_data: Option<&'a [AttributeType]>,
    pub(crate) metadata: Option<&'a ClientMetadataType>,
}

/// What the PreSignUp function decides about a new user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SignUpDecision {
    pub(crate) confirm: bool,
    pub(crate) verify_email: bool,
    pub(crate) verify_phone: bool,
}

/// Invokes the PreSignUp function for a user who signs up.
pub(crate) fn pre_sign_up(
    cx: &mut Cx<'_>,
    app: App<'_>,
    event: SignUpEvent<'_>,
) -> Result<SignUpDecision, Stop> {
    invoke_pre_sign_up(cx, app.pool, "PreSignUp_SignUp", &app.client.client_id, event)
}

/// Invokes the PreSignUp function for a user whom an administrator creates. Its decision is only
/// whether the user is created: AWS ignores the rest.
pub(crate) fn pre_admin_create_user(
    cx: &mut Cx<'_>,
    pool: &Pool,
    event: SignUpEvent<'_>,
) -> Result<(), Stop> {
    let client = "CLIENT_ID_NOT_APPLICABLE";
    invoke_pre_sign_up(cx, pool, "PreSignUp_AdminCreateUser", client, event).map(drop)
}

fn invoke_pre_sign_up(
    cx: &mut Cx<'_>,
    pool: &Pool,
    source: &str,
    client: &str,
    event: SignUpEvent<'_>,
) -> Result<SignUpDecision, Stop> {
    let trigger = Trigger::PreSignUp;
    let data = event.validation_data.map(|data| {
        let pair = |a: &AttributeType| (a.name.to_string(), json!(a.value.as_deref()));
        data.iter().map(pair).collect::<Map<_, _>>()
    });
    let mut request = json!({"userAttributes": event.attributes, "validationData": data});
    add_metadata(&mut request, event.metadata);
    let response =
        json!({"autoConfirmUser": false, "autoVerifyEmail": false, "autoVerifyPhone": false});
    let event = Event { source, client, username: event.username, request, response };
    let Some(response) = invoke(cx, pool, trigger, event)? else {
        return Ok(SignUpDecision::default());
    };
    let flag = |name: &str| match response.get(name) {
        None | Some(Json::Null) => Ok(false),
        Some(Json::Bool(flag)) => Ok(*flag),
        Some(_) => Err(unrecognizable(cx, trigger)),
    };
    let flags = ["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"].map(flag);
    let [confirm, verify_email, verify_phone] = flags;
    Ok(SignUpDecision {
        confirm: confirm?,
        verify_email: verify_email?,
        verify_phone: verify_phone?,
    })
}

/// Invokes the PreAuthentication function before a password is checked. Whether the user exists is
/// for the caller to report, unless the app client hides it from its users.
pub(crate) fn pre_authentication(
    cx: &mut Cx<'_>,
    app: App<'_>,
    username: &str,
    metadata: Option<&ClientMetadataType>,
) -> Result<(), Stop> {
    let hides_existence = app.client.prevents_user_existence_errors();
    let user = user::find(&cx.world, app.pool, username);
    if user.is_none() && !hides_existence {
        return Ok(());
    }
    let mut request = json!({
        "userAttributes": user.as_ref().map(attributes).unwrap_or_default(),
        "validationData": metadata.map(|metadata| &**metadata),
    });
    if hides_existence {
        insert(&mut request, "userNotFound", json!(user.is_none()));
    }
    let event = Event {
        source: "PreAuthentication_Authentication",
        client: &app.client.client_id,
        username: user.as_ref().map_or(username, |user| &user.username),
        request,
        response: json!({}),
    };
    invoke(cx, app.pool, Trigger::PreAuthentication, event).map(drop)
}

/// Invokes the PostAuthentication function once a user has authenticated, before tokens are issued.
/// The user has authenticated even if the function refuses.
pub(crate) fn post_authentication(
    cx: &mut Cx<'_>,
    app: App<'_>,
    user: &User,
    metadata: Option<&ClientMetadataType>,
) -> Result<(), Stop> {
    let mut request = json!({"userAttributes": attributes(user), "newDeviceUsed": false});
    add_metadata(&mut request, metadata);
    let event = Event {
        source: "PostAuthentication_Authentication",
        client: &app.client.client_id,
        username: &user.username,
        request,
        response: json!({}),
    };
    cx.persist_on_error();
    invoke(cx, app.pool, Trigger::PostAuthentication, event).map(drop)
}

/// The attributes of an existing user, and their status.
fn attributes(user: &User) -> Map<String, Json> {
    let status = ("cognito:user_status".to_owned(), json!(user.status.as_str()));
    let attributes = user.attributes.iter().map(|(name, value)| (name.clone(), json!(value)));
    attributes.chain([status]).collect()
}

fn add_metadata(request: &mut Json, metadata: Option<&ClientMetadataType>) {
    if let Some(metadata) = metadata {
        insert(request, "clientMetadata", json!(**metadata));
    }
}

fn insert(object: &mut Json, name: &str, value: Json) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// What differs between the events of a trigger.
struct Event<'a> {
    source: &'a str,
    /// The ID of the app client.
    client: &'a str,
    username: &'a str,
    request: Json,
    /// The response that the function is to complete.
    response: Json,
}

/// Invokes the function of a trigger and returns its response; `None` if the pool has no function for
/// it.
fn invoke(
    cx: &mut Cx<'_>,
    pool: &Pool,
    trigger: Trigger,
    event: Event<'_>,
) -> Result<Option<Map<String, Json>>, Stop> {
    let Some(function) = trigger.function(pool) else { return Ok(None) };
    let event = json!({
        "version": "1",
        "triggerSource": event.source,
        "region": pool.region,
        "userPoolId": *pool.id,
        "userName": event.username,
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": event.client},
        "request": event.request,
        "response": event.response,
    });
    let name = trigger.name();
    let refused = |note: String| Rung::refused(RungKind::State, note);
    match cx.invoke(function, event.to_string())? {
        Invocation::Returned(output) => {
            let output: Option<Json> = serde_json::from_str(&output).ok();
            let response = output.as_ref().and_then(|o| o.get("response")?.as_object().cloned());
            let Some(response) = response else { return Err(unrecognizable(cx, trigger).into()) };
            let note = format!("the {name} trigger succeeded");
            cx.rung(Rung::passed(RungKind::State, note));
            Ok(Some(response))
        }
        Invocation::Threw(message) => {
            let rung =
                refused(format!("the Lambda function of the {name} trigger returned an error"));
            Err(cx.refuse_with(rung, Error::UserLambdaValidation { trigger, message }).into())
        }
        Invocation::NotFound => {
            let rung = refused(format!("the Lambda function of the {name} trigger does not exist"));
            Err(cx.refuse_with(rung, Error::UnexpectedLambda(trigger)).into())
        }
    }
}

/// The error for an output that is not the event with a completed response.
fn unrecognizable(cx: &mut Cx<'_>, trigger: Trigger) -> Error {
    let note =
        format!("the Lambda function of the {} trigger did not return the event", trigger.name());
    cx.refuse_with(Rung::refused(RungKind::State, note), Error::InvalidLambdaResponse)
}
