//! Answers to what the core asks of its host.

use cognitab_broker::{Answer, Invocation, Question};

use crate::entropy::Keys;

/// Answers a question.
pub(crate) fn answer(question: &Question, keys: &Keys) -> Result<Answer, String> {
    match question {
        Question::RsaKey => keys.next().map(Answer::RsaKey),
        // The endpoint runs no functions: every ARN is one that does not exist.
        Question::Invoke { .. } => Ok(Answer::Invocation(Invocation::NotFound)),
    }
}
