//! What can be done to a draft, step by step.

use cognitab_policy::{Policy, PolicyKind};
use cognitab_trace::control::{Resource, Subject};
use serde_json::Value;

use super::draft::{Draft, Half};
use super::layout;
use super::words::role_of;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Another caller.
    Who(String),
    /// Another action.
    Action(String),
    /// Another resource.
    Resource(String),
    /// Another owner.
    Account(String),
    /// Another account of the identity pool.
    PoolAccount(String),
    /// One more condition key.
    AddKey,
    /// Name and value of a condition key.
    Key(usize, String, String),
    /// One condition key less.
    DropKey(usize),
    /// Another text of a document.
    Text(usize, String),
    /// A document laid out anew.
    Format(usize),
    /// A document as it was first.
    Reset(usize),
    /// A document as it is now is what it goes back to.
    Keep(usize),
    /// One more document.
    Add(PolicyKind),
    /// One document less.
    Remove(usize),
    /// The documents of a user or role that exists.
    Take(Box<Subject>),
    /// The policy and the owner of a resource that exists.
    TakeResource(Box<Resource>),
}

impl Draft {
    /// Takes the step.
    pub fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Who(text) => self.who = text,
            Edit::Action(text) => self.action = text,
            Edit::Resource(text) => self.resource = text,
            Edit::Account(text) => self.account = text,
            Edit::PoolAccount(text) => self.pool_account = text,
            Edit::AddKey => self.context.push(Default::default()),
            Edit::Key(at, key, value) => {
                if let Some(pair) = self.context.get_mut(at) {
                    *pair = (key, value);
                }
            }
            Edit::DropKey(at) => {
                if at < self.context.len() {
                    self.context.remove(at);
                }
            }
            Edit::Text(id, text) => self.set(id, text),
            Edit::Format(id) => self.format(id),
            Edit::Reset(id) => {
                if let Some(first) = self.doc(id).map(|d| d.first.clone()) {
                    self.set(id, first);
                }
            }
            Edit::Keep(id) => {
                if let Some(doc) = self.docs.iter_mut().find(|d| d.id == id) {
                    doc.first.clone_from(&doc.text);
                }
            }
            Edit::Add(kind) => self.add(kind),
            Edit::Remove(id) => self.remove(id),
            Edit::Take(subject) => self.take_subject(&subject),
            Edit::TakeResource(resource) => self.take_resource(&resource),
        }
    }

    /// Whether a step would make it another question.
    pub fn gains(&self, edit: &Edit) -> bool {
        let mut after = self.clone();
        after.edit(edit.clone());
        self.question() != after.question()
    }

    /// A text that is no JSON stays as it is.
    fn format(&mut self, id: usize) {
        let value = self.doc(id).and_then(|d| serde_json::from_str::<Value>(&d.text).ok());
        if let Some(value) = value {
            self.set(id, layout::text(&value));
        }
    }

    fn take_subject(&mut self, subject: &Subject) {
        match (self.half, &subject.trust) {
            (Half::Trust, Some(trust)) => {
                self.replace(PolicyKind::Trust, std::slice::from_ref(trust));
                self.account.clone_from(&subject.account);
            }
            (Half::Trust, None) => self.who.clone_from(&subject.arn),
            (Half::Access, _) => {
                if self.role() != role_of(&subject.arn) || subject.trust.is_none() {
                    self.come_as(subject.principal.clone());
                }
                self.replace(PolicyKind::Identity, &subject.identity);
                self.replace(PolicyKind::Boundary, subject.boundary.as_slice());
            }
        }
    }

    /// The role of which the caller is a session: which session it is stays as it was.
    fn role(&self) -> Option<&str> {
        self.who.contains(":assumed-role/").then(|| role_of(&self.who)).flatten()
    }

    fn take_resource(&mut self, resource: &Resource) {
        self.account.clone_from(&resource.account);
        self.replace(PolicyKind::Resource, resource.policy.as_slice());
    }

    fn replace(&mut self, kind: PolicyKind, policies: &[Policy]) {
        let old: Vec<usize> = self.docs.iter().filter(|d| d.kind == kind).map(|d| d.id).collect();
        old.into_iter().for_each(|id| self.remove(id));
        policies.iter().for_each(|policy| self.take(kind, 0, policy));
    }
}

/// The order in which documents stand.
pub const PLACES: [PolicyKind; 7] = [
    PolicyKind::Trust,
    PolicyKind::Identity,
    PolicyKind::Resource,
    PolicyKind::Boundary,
    PolicyKind::Session,
    PolicyKind::ServiceControl,
    PolicyKind::ResourceControl,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;
    use cognitab_policy::Question;

    fn draft() -> Draft {
        Draft::of(&Question::Access(Box::new(samples::access())))
    }

    #[test]
    fn format_keeps_the_meaning_and_leaves_what_it_cannot_read() {
        let mut draft = draft();
        let id = draft.docs[0].id;
        draft.edit(Edit::Text(id, "{\"Statement\":[],\"Version\":\"2012-10-17\"}".into()));
        draft.edit(Edit::Format(id));
        assert_eq!(draft.docs[0].text, "{\n  \"Statement\": [],\n  \"Version\": \"2012-10-17\"\n}");
        draft.edit(Edit::Text(id, "{".into()));
        draft.edit(Edit::Format(id));
        assert_eq!(draft.docs[0].text, "{");
        draft.edit(Edit::Reset(id));
        assert!(draft.docs[0].text.contains("ReadPublic"));
        draft.edit(Edit::Text(id, "[]".into()));
        draft.edit(Edit::Keep(id));
        draft.edit(Edit::Reset(id));
        assert_eq!(draft.docs[0].text, "[]");
    }

    #[test]
    fn what_exists_is_taken_over_whole() {
        let mut draft = draft();
        draft.edit(Edit::AddKey);
        draft.edit(Edit::Key(1, "aws:MultiFactorAuthPresent".into(), "true".into()));
        let case = samples::access();
        let subject = Subject {
            name: "dana".into(),
            arn: "arn:aws:iam::444455556666:user/dana".into(),
            id: String::new(),
            account: "444455556666".into(),
            principal: crate::state::caller::principal("arn:aws:iam::444455556666:user/dana")
                .unwrap(),
            identity: vec![],
            boundary: Some(case.identity[0].clone()),
            trust: None,
        };
        let take = Edit::Take(Box::new(subject));
        assert!(draft.gains(&take));
        draft.edit(take.clone());
        assert!(!draft.gains(&take));
        let Ok(Question::Access(taken)) = draft.question() else { panic!("no question") };
        assert_eq!(taken.principal.account(), Some("444455556666"));
        assert!(taken.identity.is_empty() && taken.boundary.is_some());
        assert_eq!(taken.context["aws:MultiFactorAuthPresent"], ["true"]);
        draft.edit(Edit::DropKey(9));
        draft.edit(Edit::DropKey(1));
        assert_eq!(draft.context.len(), 1);
    }
}
