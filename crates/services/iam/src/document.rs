//! Policy documents, as IAM checks them before it saves them.

use cognitab_kernel::{ApiError, Cx};
use cognitab_policy::{Document, Kind, PrincipalPattern};

use crate::entity;
use crate::error::Error;

/// Parses a document; fails with `MalformedPolicyDocument` if IAM would not save it.
pub fn check(text: &str, kind: Kind) -> Result<Document, ApiError> {
    parse(text, kind).map_err(ApiError::from)
}

fn parse(text: &str, kind: Kind) -> Result<Document, Error> {
    Document::read(text, kind).map_err(|m| Error::MalformedPolicyDocument(m.message))
}

/// Fails if IAM would not save this document as an inline policy of a user or a role.
pub(crate) fn check_inline_policy(text: &str) -> Result<(), Error> {
    parse(text, Kind::Identity).map(drop)
}

/// Fails if IAM would not save this document as a managed policy.
pub(crate) fn check_managed_policy(text: &str) -> Result<(), Error> {
    parse(text, Kind::Identity)?;
    if size(text) > 6144 {
        return Err(Error::QuotaExceeded("PolicySize", 6144));
    }
    Ok(())
}

/// Fails if IAM would not save this document as a trust policy: every user and role that it names
/// must exist.
pub(crate) fn check_trust_policy(cx: &Cx<'_>, text: &str) -> Result<(), Error> {
    let document = parse(text, Kind::Trust)?;
    if size(text) > 4096 {
        return Err(Error::QuotaExceeded("ACLSizePerRole", 4096));
    }
    let principals =
        document.statements.iter().filter_map(|statement| statement.principal.as_ref());
    for pattern in principals.flat_map(|principals| &principals.values) {
        if let PrincipalPattern::Aws(name) = pattern
            && !entity::principal_exists(&cx.world, name)
        {
            let message = format!("Invalid principal in policy: \"AWS\":\"{name}\"");
            return Err(Error::MalformedPolicyDocument(message));
        }
    }
    Ok(())
}

/// Size of a document as IAM counts it: characters without white space.
pub(crate) fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
