//! Policy documents at the moment they are saved.

use cognitab_policy::{Document, Kind, PrincipalPattern};

use super::entity;
use super::error::Error;
use crate::cx::Cx;
use crate::fault::Fault;

/// Refuses a document that IAM would not save.
pub(crate) fn check(text: &str, kind: Kind) -> Result<Document, Fault> {
    Document::read(text, kind).map_err(|m| Error::Malformed(m.message).into())
}

/// Refuses a document that IAM would not save as a managed policy.
pub(super) fn check_managed(text: &str) -> Result<(), Fault> {
    check(text, Kind::Identity)?;
    if size(text) > 6144 {
        return Err(Error::Quota("PolicySize", 6144).into());
    }
    Ok(())
}

/// Refuses a trust policy that IAM would not save: every user and role it names must exist.
pub(super) fn check_trust(cx: &Cx<'_>, text: &str) -> Result<(), Fault> {
    let document = check(text, Kind::Trust)?;
    if size(text) > 4096 {
        return Err(Error::Quota("ACLSizePerRole", 4096).into());
    }
    let named = document.statements.iter().filter_map(|s| s.principal.as_ref());
    for pattern in named.flat_map(|p| &p.values) {
        if let PrincipalPattern::Aws(name) = pattern
            && !entity::is_principal(&cx.world, name)
        {
            return Err(Error::Malformed(format!(
                "Invalid principal in policy: \"AWS\":\"{name}\""
            ))
            .into());
        }
    }
    Ok(())
}

/// Size of a document as IAM counts it: characters without white space.
pub(super) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
