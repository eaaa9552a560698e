//! The role's side of AssumeRole and its kin: does the trust policy let the caller in?

use std::collections::BTreeMap;

use cognitab_policy::{Principal, Question, TrustCase, TrustDecision};

use crate::error::Error;
use cognitab_iam::AssumableRole;
use cognitab_kernel::Cx;
use cognitab_kernel::{ApiError, Stop};
use cognitab_kernel::{authorize, encoded_message};

/// What a trust policy is evaluated for.
pub(crate) struct TrustQuestion<'a> {
    /// Who wants in.
    pub(crate) principal: &'a Principal,
    /// The actions that must all be allowed.
    pub(crate) actions: Vec<&'a str>,
    /// Condition keys.
    pub(crate) context: BTreeMap<String, Vec<String>>,
    /// Account of the identity pool that issued the token.
    pub(crate) pool_account: Option<&'a str>,
}

/// Asks the role's trust policy and notes the reasoning; a refusal names the action that nothing
/// allows.
pub(crate) fn check(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    question: TrustQuestion<'_>,
) -> Result<(), Stop> {
    let case = TrustCase {
        principal: question.principal.clone(),
        actions: question.actions.into_iter().map(str::to_owned).collect(),
        context: question.context,
        role_account: role.account.clone(),
        pool_account: question.pool_account.map(str::to_owned),
        trust: authorize::policy(role.name.as_str(), &role.trust),
    };
    let read = case.parse().map_err(|invalid| Error::Malformed(invalid.error.message))?;
    let decision = read.evaluate();
    let verdict = if decision.allowed {
        Ok(())
    } else {
        cx.call.why.fix = read.fix();
        cx.call.why.encoded = encoded_message::of_trust(cx, &role.arn, &case, &decision);
        Err(refusal(&case, &decision).into())
    };
    cx.call.why.ladder.extend(decision.ladder);
    cx.call.why.case = Some(Question::Trust(Box::new(case)));
    verdict
}

/// AWS's words for somebody whom a trust policy does not let in.
pub fn words(case: &TrustCase, decision: &TrustDecision) -> String {
    refusal(case, decision).message
}

/// A federated principal learns only the action that was denied.
fn refusal(case: &TrustCase, decision: &TrustDecision) -> ApiError {
    let error = match &case.principal {
        Principal::WebIdentity { .. } | Principal::Saml { .. } => {
            Error::FederatedDenied(case.actions.first().cloned().unwrap_or_default())
        }
        caller => Error::TrustDenied {
            caller: caller.arn(),
            action: decision.missing.clone().unwrap_or_default(),
            explicit: decision.explicit_deny,
        },
    };
    error.into()
}
