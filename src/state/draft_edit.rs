//! Edits of a draft.

use cognitab_policy::{Policy, PolicyKind};
use cognitab_trace::control::{Resource, Subject};
use serde_json::Value;

use super::draft::{Draft, QuestionKind};
use super::json_format;
use super::labels::role_name;

/// One edit. Documents are named by id, condition keys by index.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftEdit {
    /// Sets the text of the caller.
    SetPrincipal(String),
    /// Sets the action.
    SetAction(String),
    /// Sets the ARN of the resource.
    SetResource(String),
    /// Sets the account of the resource or role.
    SetAccount(String),
    /// Sets the account of the identity pool.
    SetPoolAccount(String),
    /// Adds an empty condition key.
    AddContextKey,
    /// Sets name and value of a condition key.
    SetContextKey(usize, String, String),
    /// Removes a condition key.
    RemoveContextKey(usize),
    /// Sets the text of a document.
    SetText(usize, String),
    /// Formats the JSON of a document.
    Format(usize),
    /// Restores the original text of a document.
    Reset(usize),
    /// Makes the current text of a document its original text.
    MarkSaved(usize),
    /// Adds a document from the template of its type.
    AddDocument(PolicyKind),
    /// Removes a document.
    RemoveDocument(usize),
    /// Replaces the documents with those of a user or role, and the caller if it differs.
    UseSubject(Box<Subject>),
    /// Replaces policy and account with those of a resource.
    UseResource(Box<Resource>),
}

impl Draft {
    /// Applies an edit.
    pub fn edit(&mut self, edit: DraftEdit) {
        match edit {
            DraftEdit::SetPrincipal(text) => self.principal_text = text,
            DraftEdit::SetAction(text) => self.action = text,
            DraftEdit::SetResource(text) => self.resource = text,
            DraftEdit::SetAccount(text) => self.account = text,
            DraftEdit::SetPoolAccount(text) => self.pool_account = text,
            DraftEdit::AddContextKey => self.context.push(Default::default()),
            DraftEdit::SetContextKey(at, key, value) => {
                if let Some(pair) = self.context.get_mut(at) {
                    *pair = (key, value);
                }
            }
            DraftEdit::RemoveContextKey(at) => {
                if at < self.context.len() {
                    self.context.remove(at);
                }
            }
            DraftEdit::SetText(id, text) => self.set_text(id, text),
            DraftEdit::Format(id) => self.format(id),
            DraftEdit::Reset(id) => {
                if let Some(first) = self.doc(id).map(|d| d.original.clone()) {
                    self.set_text(id, first);
                }
            }
            DraftEdit::MarkSaved(id) => {
                if let Some(doc) = self.docs.iter_mut().find(|d| d.id == id) {
                    doc.original.clone_from(&doc.text);
                }
            }
            DraftEdit::AddDocument(kind) => self.add(kind),
            DraftEdit::RemoveDocument(id) => self.remove(id),
            DraftEdit::UseSubject(subject) => self.use_subject(&subject),
            DraftEdit::UseResource(resource) => self.use_resource(&resource),
        }
    }

    /// Whether an edit would change the question.
    pub fn would_change(&self, edit: &DraftEdit) -> bool {
        let mut after = self.clone();
        after.edit(edit.clone());
        self.question() != after.question()
    }

    /// Invalid JSON stays as it is.
    fn format(&mut self, id: usize) {
        let value = self.doc(id).and_then(|d| serde_json::from_str::<Value>(&d.text).ok());
        if let Some(value) = value {
            self.set_text(id, json_format::pretty(&value));
        }
    }

    fn use_subject(&mut self, subject: &Subject) {
        match (self.kind, &subject.trust) {
            (QuestionKind::Trust, Some(trust)) => {
                self.replace(PolicyKind::Trust, std::slice::from_ref(trust));
                self.account.clone_from(&subject.account);
            }
            (QuestionKind::Trust, None) => self.principal_text.clone_from(&subject.arn),
            (QuestionKind::Access, _) => {
                if self.session_role() != role_name(&subject.arn) || subject.trust.is_none() {
                    self.set_principal(subject.principal.clone());
                }
                self.replace(PolicyKind::Identity, &subject.identity);
                self.replace(PolicyKind::Boundary, subject.boundary.as_slice());
            }
        }
    }

    /// Name of the role that the caller is a session of.
    fn session_role(&self) -> Option<&str> {
        self.principal_text
            .contains(":assumed-role/")
            .then(|| role_name(&self.principal_text))
            .flatten()
    }

    fn use_resource(&mut self, resource: &Resource) {
        self.account.clone_from(&resource.account);
        self.replace(PolicyKind::Resource, resource.policy.as_slice());
    }

    fn replace(&mut self, kind: PolicyKind, policies: &[Policy]) {
        let old: Vec<usize> = self.docs.iter().filter(|d| d.kind == kind).map(|d| d.id).collect();
        old.into_iter().for_each(|id| self.remove(id));
        policies.iter().for_each(|policy| self.push_policy(kind, 0, policy));
    }
}

/// The order in which documents are shown.
pub const DOCUMENT_ORDER: [PolicyKind; 7] = [
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
        Draft::from_question(&Question::Access(Box::new(samples::access())))
    }

    #[test]
    fn format_keeps_the_meaning_and_leaves_what_it_cannot_read() {
        let mut draft = draft();
        let id = draft.docs[0].id;
        draft.edit(DraftEdit::SetText(id, "{\"Statement\":[],\"Version\":\"2012-10-17\"}".into()));
        draft.edit(DraftEdit::Format(id));
        assert_eq!(draft.docs[0].text, "{\n  \"Statement\": [],\n  \"Version\": \"2012-10-17\"\n}");
        draft.edit(DraftEdit::SetText(id, "{".into()));
        draft.edit(DraftEdit::Format(id));
        assert_eq!(draft.docs[0].text, "{");
        draft.edit(DraftEdit::Reset(id));
        assert!(draft.docs[0].text.contains("ReadPublic"));
        draft.edit(DraftEdit::SetText(id, "[]".into()));
        draft.edit(DraftEdit::MarkSaved(id));
        draft.edit(DraftEdit::Reset(id));
        assert_eq!(draft.docs[0].text, "[]");
    }

    #[test]
    fn what_exists_is_taken_over_whole() {
        let mut draft = draft();
        draft.edit(DraftEdit::AddContextKey);
        draft.edit(DraftEdit::SetContextKey(1, "aws:MultiFactorAuthPresent".into(), "true".into()));
        let case = samples::access();
        let subject = Subject {
            name: "dana".into(),
            arn: "arn:aws:iam::444455556666:user/dana".into(),
            id: String::new(),
            account: "444455556666".into(),
            principal: crate::state::principal::parse_principal(
                "arn:aws:iam::444455556666:user/dana",
            )
            .unwrap(),
            identity: vec![],
            boundary: Some(case.identity[0].clone()),
            trust: None,
        };
        let take = DraftEdit::UseSubject(Box::new(subject));
        assert!(draft.would_change(&take));
        draft.edit(take.clone());
        assert!(!draft.would_change(&take));
        let Ok(Question::Access(taken)) = draft.question() else { panic!("no question") };
        assert_eq!(taken.principal.account(), Some("444455556666"));
        assert!(taken.identity.is_empty() && taken.boundary.is_some());
        assert_eq!(taken.context["aws:MultiFactorAuthPresent"], ["true"]);
        draft.edit(DraftEdit::RemoveContextKey(9));
        draft.edit(DraftEdit::RemoveContextKey(1));
        assert_eq!(draft.context.len(), 1);
    }
}
