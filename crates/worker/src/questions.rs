//! Answers to what the core asks of its host.

use cognitab_broker::{Answer, Invocation, Question};
use wasm_bindgen::JsValue;

use crate::signing;

/// Answers a question.
pub(crate) async fn answer(question: &Question) -> Result<Answer, JsValue> {
    match question {
        Question::RsaKey => signing::rsa_key().await.map(Answer::RsaKey),
        // The page runs no functions: every ARN is one that does not exist.
        Question::Invoke { .. } => Ok(Answer::Invocation(Invocation::NotFound)),
    }
}
