//! Any question with its policies: nothing panics, deciding and explaining agree, and only denied
//! requests get a fix.

use cognitab_policy::{Case, Question, TrustCase};

/// Evaluates a question in every way.
pub(crate) fn run(data: &[u8]) {
    match serde_json::from_slice(data) {
        Ok(Question::Access(case)) => access(&case),
        Ok(Question::Trust(case)) => trust(&case),
        Err(_) => {}
    }
}

fn access(case: &Case) {
    let Ok(read) = case.parse() else { return };
    let decision = read.evaluate();
    assert_eq!(decision.allowed, read.is_allowed());
    decision.message(&case.principal.arn(), &case.action, &case.resource, true);
    assert!(!decision.allowed || read.fix().is_none());
}

fn trust(case: &TrustCase) {
    let Ok(read) = case.parse() else { return };
    let decision = read.evaluate();
    assert_eq!(decision.allowed, read.is_allowed());
    assert!(!decision.allowed || read.fix().is_none());
}
