//! Policy documents at the moment they are saved.

use cognitab_policy::{Document, Kind, PrincipalPattern};

use crate::entity;
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::{ApiError, Stop};

/// Refuses a document that IAM would not save.
pub fn check(text: &str, kind: Kind) -> Result<Document, ApiError> {
    Document::read(text, kind).map_err(|m| Error::MalformedPolicyDocument(m.message).into())
}

/// Refuses a document that IAM would not save as a managed policy.
pub(crate) fn check_managed(text: &str) -> Result<(), Stop> {
    check(text, Kind::Identity)?;
    if size(text) > 6144 {
        return Err(Error::QuotaExceeded("PolicySize", 6144).into());
    }
    Ok(())
}

/// Refuses a trust policy that IAM would not save: every user and role it names must exist.
pub(crate) fn check_trust(cx: &Cx<'_>, text: &str) -> Result<(), Stop> {
    let document = check(text, Kind::Trust)?;
    if size(text) > 4096 {
        return Err(Error::QuotaExceeded("ACLSizePerRole", 4096).into());
    }
    let named = document.statements.iter().filter_map(|s| s.principal.as_ref());
    for pattern in named.flat_map(|p| &p.values) {
        if let PrincipalPattern::Aws(name) = pattern
            && !entity::principal_exists(&cx.world, name)
        {
            return Err(Error::MalformedPolicyDocument(format!(
                "Invalid principal in policy: \"AWS\":\"{name}\""
            ))
            .into());
        }
    }
    Ok(())
}

/// Size of a document as IAM counts it: characters without white space.
pub(crate) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
