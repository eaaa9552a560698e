//! The smallest single change that allows a denied request, tried before it is suggested.

use crate::{
    candidates::{allow_statement, append_action, replacement_candidates},
    document::Document,
    evaluate::{NamedPolicy, Policies, PolicyKind, Reason, Request, decide, is_allowed},
    matching::MatchInput,
    narrow_deny::narrow_denies,
    trust::{TrustRequest, is_trusted, nearest_statement, trust},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A change to a policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// Name of the policy; empty for a new one.
    pub policy: String,
    /// Its type.
    pub policy_kind: PolicyKind,
    /// The change.
    pub edit: Edit,
    /// A description of the change, a sentence fragment without a full stop.
    pub words: String,
}

/// An edit to a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Edit {
    /// Adds a statement at the end.
    AddStatement {
        /// The statement.
        statement: Value,
    },
    /// Replaces a value.
    ReplaceValue {
        /// Index of the statement, from 0.
        statement: usize,
        /// JSON pointer inside the statement.
        path: String,
        /// The old value.
        from: Value,
        /// The new value.
        to: Value,
    },
    /// Removes a statement.
    RemoveStatement {
        /// Its index, from 0.
        statement: usize,
    },
}

impl Edit {
    /// The edited document; none if the edit does not fit it.
    pub fn apply(&self, document: &Value) -> Option<Value> {
        let mut changed = document.clone();
        let list = changed.get_mut("Statement")?;
        if !list.is_array() {
            *list = Value::Array(vec![list.take()]);
        }
        let list = list.as_array_mut()?;
        match self {
            Edit::AddStatement { statement } => list.push(statement.clone()),
            Edit::RemoveStatement { statement } => {
                if *statement >= list.len() {
                    return None;
                }
                list.remove(*statement);
            }
            Edit::ReplaceValue { statement, path, from, to } => {
                let place = list.get_mut(*statement)?.pointer_mut(path)?;
                if place != from {
                    return None;
                }
                *place = to.clone();
            }
        }
        Some(changed)
    }

    /// The edited document. Unlike JSON, it can be without statements: removing the last one leaves
    /// no valid document.
    fn apply_to(&self, document: &Document) -> Option<Document> {
        match (self, document.statements.len()) {
            (Edit::RemoveStatement { statement: 0 }, 1) => {
                Some(Document { statements: Vec::new(), ..document.clone() })
            }
            _ => Document::from_value(self.apply(document.source())?).ok(),
        }
    }
}

/// The smallest change that allows a denied request; none if no single change does.
pub fn fix(policies: &Policies<'_>, request: &Request<'_>) -> Option<Fix> {
    let input = MatchInput { request, has_boundary: policies.boundary.is_some() };
    let (denied, kind) = match decide(policies, request) {
        Reason::Allowed => return None,
        Reason::ExplicitDeny { policy_kind, .. } => (true, policy_kind),
        Reason::ImplicitDeny { policy_kind } => (false, policy_kind),
    };
    let slots = slots(policies, kind);
    let changes = if denied { narrow_denies } else { replacement_candidates };
    let mut edits: Vec<(usize, PolicySlot, Edit)> = Vec::new();
    for slot in &slots {
        let Some(named) = slot.editable(policies) else { continue };
        let found = changes(named.document, input).into_iter();
        edits.extend(found.map(|(cost, edit)| (cost, *slot, edit)));
    }
    edits.sort_by_key(|(cost, ..)| *cost);
    let changed =
        edits.into_iter().find_map(|(_, slot, edit)| slot.try_edit(policies, request, edit));
    changed.or_else(|| {
        let statement = allow_statement(request, kind).filter(|_| !denied)?;
        let edit = Edit::AddStatement { statement };
        slots.iter().find_map(|slot| slot.try_edit(policies, request, edit.clone()))
    })
}

/// The smallest change to a trust policy that allows a denied caller.
pub fn fix_trust(name: &str, document: &Document, request: &TrustRequest<'_>) -> Option<Fix> {
    let decision = trust(document, request);
    let action = decision.missing?;
    let asking = request.asking(&action);
    let input = MatchInput { request: &asking, has_boundary: false };
    let mut edits = match decision.explicit_deny {
        true => narrow_denies(document, input),
        false => replacement_candidates(document, input),
    };
    edits.sort_by_key(|(cost, _)| *cost);
    if let Some(near) = nearest_statement(document, request, input).filter(|near| !near.acts) {
        let statement = document.statements.get(near.index)?;
        let edit = append_action(document, statement, near.index, &action);
        edits.extend(edit.map(|edit| (0, edit)));
    }
    edits.into_iter().find_map(|(_, edit)| {
        let flips = is_trusted(&edit.apply_to(document)?, request);
        flips.then(|| Fix::new(name, PolicyKind::Trust, Some(document), edit))
    })
}

impl Fix {
    fn new(policy: &str, policy_kind: PolicyKind, document: Option<&Document>, edit: Edit) -> Fix {
        let place = match policy {
            "" => format!("a new {}", policy_kind.name()),
            name => name.to_owned(),
        };
        let words = match &edit {
            Edit::AddStatement { statement } => {
                let text = |name| statement.get(name).and_then(Value::as_str);
                let action = text("Action").unwrap_or("*");
                let on = text("Resource").map(|name| format!(" on {name}")).unwrap_or_default();
                format!("add a statement to {place}: allow {action}{on}")
            }
            Edit::RemoveStatement { statement } => {
                let title = document.and_then(|one| one.statements.get(*statement));
                let title = title.map(|one| one.title(*statement)).unwrap_or_default();
                format!("remove {title} from {place}")
            }
            Edit::ReplaceValue { path, from, to, .. } => {
                let name = path.split('/').rfind(|step| step.parse::<usize>().is_err());
                let name = name.unwrap_or_default().replace("~1", "/").replace("~0", "~");
                format!("change {name} in {place} from {from} to {to}")
            }
        };
        Fix { policy: policy.to_owned(), policy_kind, edit, words }
    }
}

/// Where a document stands among the policies of a request.
#[derive(Clone, Copy)]
struct PolicySlot {
    kind: PolicyKind,
    level: usize,
    index: usize,
}

/// The slots of a policy type; for identity-based and resource-based policies also one for a new
/// policy.
fn slots(policies: &Policies<'_>, kind: PolicyKind) -> Vec<PolicySlot> {
    let lengths = match kind {
        PolicyKind::ServiceControl => policies.scp.iter().map(Vec::len).collect(),
        PolicyKind::ResourceControl => policies.rcp.iter().map(Vec::len).collect(),
        PolicyKind::Identity => vec![policies.identity.len() + 1],
        PolicyKind::Session => vec![policies.session.as_ref().map_or(0, Vec::len)],
        PolicyKind::Boundary | PolicyKind::Resource | PolicyKind::Trust => vec![1],
    };
    let each = |(level, length)| (0..length).map(move |index| PolicySlot { kind, level, index });
    lengths.into_iter().enumerate().flat_map(each).collect()
}

impl PolicySlot {
    fn get_mut<'p, 'a>(self, policies: &'p mut Policies<'a>) -> Option<&'p mut NamedPolicy<'a>> {
        match self.kind {
            PolicyKind::ServiceControl => policies.scp.get_mut(self.level)?.get_mut(self.index),
            PolicyKind::ResourceControl => policies.rcp.get_mut(self.level)?.get_mut(self.index),
            PolicyKind::Boundary => policies.boundary.as_mut(),
            PolicyKind::Session => policies.session.as_mut()?.get_mut(self.index),
            PolicyKind::Resource | PolicyKind::Trust => policies.resource.as_mut(),
            PolicyKind::Identity => policies.identity.get_mut(self.index),
        }
    }

    fn get<'a>(self, policies: &Policies<'a>) -> Option<NamedPolicy<'a>> {
        match self.kind {
            PolicyKind::ServiceControl => policies.scp.get(self.level)?.get(self.index),
            PolicyKind::ResourceControl => policies.rcp.get(self.level)?.get(self.index),
            PolicyKind::Boundary => policies.boundary.as_ref(),
            PolicyKind::Session => policies.session.as_ref()?.get(self.index),
            PolicyKind::Resource | PolicyKind::Trust => policies.resource.as_ref(),
            PolicyKind::Identity => policies.identity.get(self.index),
        }
        .copied()
    }

    /// The policy in this slot, if the account can change it.
    fn editable<'a>(self, policies: &Policies<'a>) -> Option<NamedPolicy<'a>> {
        self.get(policies).filter(|one| !one.fixed)
    }

    /// The fix, if the edit makes the request allowed.
    fn try_edit(self, policies: &Policies<'_>, request: &Request<'_>, edit: Edit) -> Option<Fix> {
        let named = self.get(policies);
        let (name, changed) = match named {
            Some(named) if named.fixed => return None,
            Some(named) => (named.name, edit.apply_to(named.document)?),
            None => ("", self.new_document(policies, &edit)?),
        };
        let mut policies = policies.clone();
        let new = NamedPolicy::new(name, &changed);
        match self.get_mut(&mut policies) {
            Some(slot) => *slot = new,
            None if self.kind == PolicyKind::Identity => policies.identity.push(new),
            None => policies.resource = Some(new),
        }
        let document = named.map(|one| one.document);
        is_allowed(&policies, request).then(|| Fix::new(name, self.kind, document, edit))
    }

    /// A new document for an empty slot that can hold one.
    fn new_document(self, policies: &Policies<'_>, edit: &Edit) -> Option<Document> {
        let Edit::AddStatement { statement } = edit else { return None };
        let free = match self.kind {
            PolicyKind::Identity => self.index == policies.identity.len(),
            PolicyKind::Resource => policies.resource.is_none(),
            _ => false,
        };
        let document = json!({"Version": "2012-10-17", "Statement": [statement]});
        free.then(|| Document::from_value(document).ok()).flatten()
    }
}
