//! Answers to the questions of the core.

use cognitab_broker::{Answer, Invocation, Question};
use wasm_bindgen::JsValue;

use crate::signing;

/// Answers a question.
pub(crate) async fn answer(question: &Question) -> Result<Answer, JsValue> {
    match question {
        Question::RsaKey => signing::rsa_key().await.map(Answer::RsaKey),
        // This host runs no functions, so no ARN names one.
        Question::Invoke { .. } => Ok(Answer::Invocation(Invocation::NotFound)),
    }
}
