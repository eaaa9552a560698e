//! Answers to the questions of the core.

use cognitab_broker::{Answer, Invocation, Question};

use crate::entropy::Keys;

/// Answers a question.
pub(crate) fn answer(question: &Question, keys: &Keys) -> Result<Answer, String> {
    match question {
        Question::RsaKey => keys.next().map(Answer::RsaKey),
        // This host runs no functions, so no ARN names one.
        Question::Invoke { .. } => Ok(Answer::Invocation(Invocation::NotFound)),
    }
}
