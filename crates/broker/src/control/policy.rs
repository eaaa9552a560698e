//! The policy engine under `/_cognitab/policy/`.
//!
//! A question is what an event carries as `case`: `{"ask": "access", …}` with the members of
//! `cognitab_policy::Case`, or `{"ask": "trust", …}` with those of `TrustCase`.
//!
//! | Request | Body | Answer |
//! |---|---|---|
//! | `POST check` | `{"kind": "identity", "text": "…"}`; also `trust`, `resource`, `bucket`, `session` | `{"findings": […]}` |
//! | `POST judge` | a question | `{"decision": …, "message": "…", "fix": …}`: a `Decision` or `TrustDecision`, AWS's message (empty if allowed), the `Fix` or null |
//! | `POST who-could` | an access question without `ask` and `principal` | see `who_could` |
//! | `GET case?event=12` | | the question of that event, or of the inner event whose error it passes on |
//! | `GET subjects` | | see `subjects` |
//!
//! Errors are `{"error": "…"}` with status 400, or 404 if there is no such event.

use cognitab_policy::{Case, Kind, TrustCase};
use cognitab_wire::http::{Request, Response, param};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{reply, subjects, who_could};
use crate::registry;
use cognitab_kernel::{World, authorize, event_log};
use cognitab_trace::control::Judgment;

/// An error: status and message.
pub(super) type ControlError = (u16, String);

/// Answers a request; `None` if there is none of this name.
pub(super) fn answer(world: &World, now: i64, request: &Request, name: &str) -> Option<Response> {
    let body = || serde_json::from_slice(&request.body).map_err(invalid_body);
    let answer = match (request.method.as_str(), name) {
        ("POST", "check") => body().and_then(check),
        ("POST", "judge") => body().and_then(judge),
        ("POST", "who-could") => body().and_then(|body| who_could::answer(world, now, body)),
        ("GET", "case") => case(world, request),
        ("GET", "subjects") => Ok(subjects::answer(world)),
        _ => return None,
    };
    Some(match answer {
        Ok(text) => Response::new(200, text).with("content-type", "application/json"),
        Err((status, error)) => reply(status, &json!({"error": error})),
    })
}

fn invalid_body(error: serde_json::Error) -> ControlError {
    (400, format!("the body is invalid: {error}"))
}

/// Deserializes a body.
pub(super) fn read<T: for<'a> Deserialize<'a>>(body: Json) -> Result<T, ControlError> {
    serde_json::from_value(body).map_err(invalid_body)
}

/// Serializes an answer. Events are serialized the same way, so that no type needs two serializers.
pub(super) fn write(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

fn check(mut draft: Json) -> Result<String, ControlError> {
    let kind: Kind = read(draft.get_mut("kind").map(Json::take).unwrap_or_default())?;
    let text = draft.get("text").and_then(Json::as_str);
    let text = text.ok_or_else(|| (400, "the body is invalid: missing field `text`".to_owned()))?;
    let findings = write(&cognitab_policy::findings(text, kind));
    Ok(format!("{{\"findings\":{findings}}}"))
}

/// The longest resource in characters, as in AWS. Matching takes quadratic time at worst, and a
/// question may come from anyone's link.
const LONGEST: usize = 2048;

/// An access question from a body.
pub(super) fn access(body: Json) -> Result<Case, ControlError> {
    let case: Case = read(body)?;
    if case.resource.chars().count() > LONGEST {
        return Err((400, format!("a resource can have at most {LONGEST} characters")));
    }
    Ok(case)
}

fn judge(mut question: Json) -> Result<String, ControlError> {
    // The tag is read by hand: deserializing a tagged enum would add a second deserializer for each
    // of its types.
    let ask = question.as_object_mut().and_then(|members| members.remove("ask"));
    match ask.as_ref().and_then(Json::as_str) {
        Some("access") => {
            let case = access(question)?;
            let read = case.parse().map_err(|error| (400, error.to_string()))?;
            let decision = read.evaluate();
            let prefix = case.action.split(':').next().unwrap_or_default().to_ascii_lowercase();
            let quotes = registry::service(&prefix).is_some_and(|s| s.wording.quotes_resource);
            let message = authorize::message(&case, &decision, quotes);
            Ok(write(&Judgment { decision, message, fix: read.fix() }))
        }
        Some("trust") => {
            let case: TrustCase = read(question)?;
            let read = case.parse().map_err(|error| (400, error.to_string()))?;
            let decision = read.evaluate();
            let message = match decision.allowed {
                true => String::new(),
                false => cognitab_sts::trust_message(&case, &decision),
            };
            Ok(write(&Judgment { decision, message, fix: read.fix() }))
        }
        _ => Err((400, "the body is invalid: `ask` must be `access` or `trust`".to_owned())),
    }
}

fn case(world: &World, request: &Request) -> Result<String, ControlError> {
    let params = request.url().params();
    let number = param(&params, "event").and_then(|n| n.parse().ok());
    let number: u64 =
        number.ok_or_else(|| (400, "`event` must be the number of an event".to_owned()))?;
    let event = |number| serde_json::from_str::<Json>(event_log::text(world, number)?).ok();
    let found = event(number).ok_or_else(|| (404, format!("event {number} does not exist")))?;
    let case = |event: &Json| event.get("case").map(Json::to_string);
    let cause = || case(&event(found.pointer("/refusal/cause")?.as_u64()?)?);
    let case = case(&found).or_else(cause);
    case.ok_or_else(|| (404, format!("no policy was evaluated in event {number}")))
}
