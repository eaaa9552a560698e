//! The policy engine's own door, under `/_cognitab/policy/`.
//!
//! A question is what an event carries as `case`: `{"ask": "access", …}` with the members of
//! `cognitab_policy::Case`, or `{"ask": "trust", …}` with those of `TrustCase`.
//!
//! | Request | Body | Answer |
//! |---|---|---|
//! | `POST check` | `{"kind": "identity", "text": "…"}`; also `trust`, `resource`, `bucket`, `session` | `{"findings": […]}` |
//! | `POST judge` | a question | `{"decision": …, "message": "…", "fix": …}`: a `Decision` or `TrustDecision`, AWS's words (empty where it is allowed), the `Fix` or null |
//! | `POST who-could` | an access question without `ask` and `principal` | see `who_could` |
//! | `GET of?event=12` | | the question of that event, or of the one whose refusal it passes on |
//! | `GET subjects` | | see `subjects` |
//!
//! What cannot be answered is `{"error": "…"}` with status 400, or 404 where there is no such
//! thing.

use cognitab_policy::{Kind, Question};
use cognitab_wire::http::{Request, Response, param};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{reply, subjects, who_could};
use crate::event::Event;
use crate::world::World;
use crate::{authorize, journal, sts};

/// Why there is no answer: status and sentence.
pub(super) type Refused = (u16, String);

/// Answers a question about policies; none where there is no such question.
pub(super) fn answer(world: &World, now: i64, request: &Request, name: &str) -> Option<Response> {
    let answer = match (request.method.as_str(), name) {
        ("POST", "check") => read(request).map(check),
        ("POST", "judge") => read(request).and_then(judge),
        ("POST", "who-could") => read(request).and_then(|body| who_could::answer(world, now, body)),
        ("GET", "of") => of(world, request),
        ("GET", "subjects") => Ok(subjects::answer(world)),
        _ => return None,
    };
    Some(answer.map_or_else(
        |(status, error)| reply(status, &json!({"error": error})),
        |body| reply(200, &body),
    ))
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Refused> {
    serde_json::from_slice(&request.body).map_err(|error| (400, format!("the body: {error}")))
}

/// A document that is being written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    kind: Kind,
    text: String,
}

fn check(draft: Draft) -> Json {
    json!({"findings": cognitab_policy::findings(&draft.text, draft.kind)})
}

fn judge(question: Question) -> Result<Json, Refused> {
    match question {
        Question::Access(case) => {
            let read = case.read().map_err(|unread| (400, unread.to_string()))?;
            let decision = read.evaluate();
            let s3 = case.action.to_ascii_lowercase().starts_with("s3:");
            let message = authorize::words(&case, &decision, s3);
            Ok(json!({"decision": decision, "message": message, "fix": read.fix()}))
        }
        Question::Trust(case) => {
            let read = case.read().map_err(|unread| (400, unread.to_string()))?;
            let decision = read.evaluate();
            let message = match decision.allowed {
                true => String::new(),
                false => sts::trust_words(&case, &decision),
            };
            Ok(json!({"decision": decision, "message": message, "fix": read.fix()}))
        }
    }
}

fn of(world: &World, request: &Request) -> Result<Json, Refused> {
    let params = request.url().params();
    let number = param(&params, "event").and_then(|n| n.parse().ok());
    let number: u64 = number.ok_or_else(|| (400, "say which `event`, by its number".to_owned()))?;
    let event = |number| serde_json::from_str::<Event>(journal::text(world, number)?).ok();
    let found = event(number).ok_or_else(|| (404, format!("there is no event {number}")))?;
    let cause = || found.refusal.as_ref()?.cause.and_then(event)?.case;
    let case = found.case.clone().or_else(cause);
    let case = case.ok_or_else(|| (404, format!("no policy was asked in event {number}")))?;
    Ok(json!(case))
}
