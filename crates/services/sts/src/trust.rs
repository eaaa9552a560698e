//! Evaluation of trust policies.

use std::collections::BTreeMap;

use cognitab_policy::{Principal, Question, TrustCase, TrustDecision};

use crate::error::Error;
use cognitab_iam::AssumableRole;
use cognitab_kernel::Cx;
use cognitab_kernel::{ApiError, Stop};
use cognitab_kernel::{authorize, encoded_message};

/// What a trust policy is evaluated for.
pub(crate) struct TrustRequest<'a> {
    /// The principal that assumes the role.
    pub(crate) principal: &'a Principal,
    /// The actions that must all be allowed.
    pub(crate) actions: Vec<&'a str>,
    /// Condition keys of the request.
    pub(crate) context: BTreeMap<String, Vec<String>>,
    /// Account of the identity pool that issued the token.
    pub(crate) pool_account: Option<&'a str>,
}

/// Evaluates the role's trust policy and adds the ladder to the event. The error names the action that
/// no statement allows.
pub(crate) fn check(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    request: TrustRequest<'_>,
) -> Result<(), Stop> {
    let case = TrustCase {
        principal: request.principal.clone(),
        actions: request.actions.into_iter().map(str::to_owned).collect(),
        context: request.context,
        role_account: role.account.clone(),
        pool_account: request.pool_account.map(str::to_owned),
        trust: authorize::policy(role.name.as_str(), &role.trust),
    };
    let read = case.parse().map_err(|invalid| Error::MalformedPolicy(invalid.error.message))?;
    let decision = read.evaluate();
    let result = if decision.allowed {
        Ok(())
    } else {
        cx.call.why.fix = read.fix();
        cx.call.why.encoded = encoded_message::of_trust(cx, &role.arn, &case, &decision);
        Err(error(&case, &decision).into())
    };
    cx.call.why.ladder.extend(decision.ladder);
    cx.call.why.case = Some(Question::Trust(Box::new(case)));
    result
}

/// AWS's message for a denied caller.
pub fn message(case: &TrustCase, decision: &TrustDecision) -> String {
    error(case, decision).message
}

/// The error for a denied caller. For a federated principal it names only the action.
fn error(case: &TrustCase, decision: &TrustDecision) -> ApiError {
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
