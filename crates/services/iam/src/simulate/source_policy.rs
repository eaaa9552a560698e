//! The policies of a simulation, and where their statements are in their texts.

use cognitab_policy::{
    Context, Document, Effect, Element, Kind, NamedPolicy, Policies, Principal, PrincipalPattern,
    Principals, Request, is_allowed,
};
use serde_json::Value as Json;

use crate::entity::EntityType;
use crate::error::Error;
use crate::shapes::PolicyDocumentType;
use crate::simulate::response::Position;

/// A policy of a simulation.
#[derive(Clone, Debug)]
pub(crate) struct SourcePolicy {
    /// `SourcePolicyId` of its statements.
    pub(crate) id: String,
    pub(crate) origin: PolicyOrigin,
    text: String,
    document: Document,
}

/// Where a policy of a simulation comes from.
#[derive(Clone, Debug)]
pub(crate) enum PolicyOrigin {
    /// It is an inline policy of this user or role.
    Inline { entity_type: EntityType, entity_name: String, policy_name: String },
    /// It is attached; its ARN.
    Managed(String),
    /// It is the permissions boundary of a user or role.
    PermissionsBoundary,
    /// It is in the request, or is the trust policy of the resource.
    Request,
}

impl SourcePolicy {
    /// A policy that IAM has saved; `None` if it cannot be parsed.
    pub(crate) fn saved(id: String, origin: PolicyOrigin, text: &str) -> Option<SourcePolicy> {
        let document = Document::parse(text).ok()?;
        Some(SourcePolicy { id, origin, text: text.to_owned(), document })
    }

    /// A policy of the request.
    pub(crate) fn of_request(
        id: String,
        text: PolicyDocumentType,
        kind: Kind,
    ) -> Result<SourcePolicy, Error> {
        let document =
            Document::read(&text, kind).map_err(|error| Error::InvalidInput(error.message))?;
        let text = text.into_inner();
        Ok(SourcePolicy { id, origin: PolicyOrigin::Request, text, document })
    }

    /// Identity-based policies of the request. Their ids are the member and a number from 1:
    /// `PolicyInputList.1`.
    pub(crate) fn list(
        member: &str,
        texts: Vec<PolicyDocumentType>,
    ) -> Result<Vec<SourcePolicy>, Error> {
        let policy = |(index, text)| {
            SourcePolicy::of_request(format!("{member}.{}", index + 1), text, Kind::Identity)
        };
        texts.into_iter().enumerate().map(policy).collect()
    }

    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    /// The policy as the evaluation takes it.
    pub(crate) fn named(&self) -> NamedPolicy<'_> {
        NamedPolicy::new(&self.id, &self.document)
    }

    /// Whether a statement of a resource-based policy matches this resource, whatever its
    /// principals, actions, conditions and effect.
    pub(crate) fn matches_resource(&self, resource: &str, context: &Context) -> bool {
        let mut document = self.document.clone();
        for statement in &mut document.statements {
            let everyone = vec![PrincipalPattern::Everyone];
            statement.effect = Effect::Allow;
            statement.principal = Some(Principals { not: false, values: everyone });
            statement.action = Some(Element { not: true, values: Vec::new() });
            statement.conditions.clear();
        }
        let policies = Policies {
            resource: Some(NamedPolicy::new(&self.id, &document)),
            ..Policies::default()
        };
        let (principal, action, resource_account) = (&Principal::Anonymous, "", "");
        is_allowed(&policies, &Request { principal, action, resource, resource_account, context })
    }

    /// Start and end of a statement. For IAM a statement starts after the bracket or the statement
    /// before it, and ends after its own closing bracket.
    pub(crate) fn positions(&self, statement: usize) -> (Position, Position) {
        let is_list = self.document.source().get("Statement").is_some_and(Json::is_array);
        let path =
            |index| if is_list { format!("/Statement/{index}") } else { "/Statement".to_owned() };
        let span = |path: &str| cognitab_policy::source_span(&self.text, path);
        let start = match statement.checked_sub(1) {
            Some(previous) => position(span(&path(previous)).1, 0),
            None => position(span("/Statement").0, 1),
        };
        (start, position(span(&path(statement)).1, 0))
    }
}

/// A position in AWS's shape, some columns to the right.
fn position(at: cognitab_policy::Position, columns: usize) -> Position {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Position { line: number(at.line), column: number(at.column + columns) }
}
