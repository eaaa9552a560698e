//! A policy question while it is edited: every part is text.

use cognitab_policy::{Case, Policy, PolicyKind, Principal, Question, TrustCase};
use serde_json::Value;

use super::json_format;
use super::principal::parse_principal;

/// Which of the two questions it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuestionKind {
    /// May the caller assume the role?
    Trust,
    /// May the caller perform the action?
    Access,
}

/// A question that is being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Which question it is.
    pub kind: QuestionKind,
    /// ARN or name of the caller, as typed.
    pub principal_text: String,
    /// The action; for trust, one or more separated by commas.
    pub action: String,
    /// ARN of the resource; empty for trust.
    pub resource: String,
    /// Account of the resource, or of the role.
    pub account: String,
    /// Account of the identity pool that issued the token; only for trust.
    pub pool_account: String,
    /// Condition keys with one value each. A key with several values is repeated.
    pub context: Vec<(String, String)>,
    /// The policy documents.
    pub docs: Vec<Doc>,
    /// The caller whose ARN `principal_text` was set to.
    pub(super) principal: Principal,
    /// Whether the resource policy must allow the action even within one account.
    pub(super) must_allow: bool,
    /// Whether the session has session policies; without any document they allow nothing.
    pub(super) has_session_policies: bool,
    /// Id of the document that was added last.
    pub(super) last_doc_id: usize,
}

/// A policy document of a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    /// Identifies the document within its draft. Ids are not reused.
    pub id: usize,
    /// Type of the policy.
    pub kind: PolicyKind,
    /// For service and resource control policies: level in the organization, 0 for the root.
    pub level: usize,
    /// Name or ARN of the policy.
    pub name: String,
    /// The JSON as typed.
    pub text: String,
    /// The text that Reset restores.
    pub original: String,
    /// Whether the account cannot change the policy.
    pub fixed: bool,
}

/// A JSON syntax error in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Id of the document.
    pub id: usize,
    /// Name of the document.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// Why a draft is not a question yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// Documents with syntax errors.
    InvalidJson(Vec<JsonError>),
    /// A field is empty or invalid; the text names it and what it takes.
    Missing(&'static str),
}

impl Draft {
    /// The draft of an existing question.
    pub fn from_question(question: &Question) -> Draft {
        match question {
            Question::Trust(case) => Draft::from_trust(case),
            Question::Access(case) => Draft::from_access(case),
        }
    }

    fn from_trust(case: &TrustCase) -> Draft {
        let mut draft = Draft {
            principal_text: case.principal.arn(),
            principal: case.principal.clone(),
            action: case.actions.join(", "),
            account: case.role_account.clone(),
            pool_account: case.pool_account.clone().unwrap_or_default(),
            context: context_pairs(&case.context),
            docs: Vec::new(),
            ..Draft::template(QuestionKind::Trust)
        };
        draft.push_policy(PolicyKind::Trust, 0, &case.trust);
        draft
    }

    fn from_access(case: &Case) -> Draft {
        let mut draft = Draft {
            principal_text: case.principal.arn(),
            principal: case.principal.clone(),
            action: case.action.clone(),
            resource: case.resource.clone(),
            account: case.account.clone(),
            context: context_pairs(&case.context),
            docs: Vec::new(),
            must_allow: case.must_allow,
            has_session_policies: case.session.is_some(),
            ..Draft::template(QuestionKind::Access)
        };
        case.identity.iter().for_each(|p| draft.push_policy(PolicyKind::Identity, 0, p));
        case.boundary.iter().for_each(|p| draft.push_policy(PolicyKind::Boundary, 0, p));
        case.session.iter().flatten().for_each(|p| draft.push_policy(PolicyKind::Session, 0, p));
        case.resource_policy.iter().for_each(|p| draft.push_policy(PolicyKind::Resource, 0, p));
        let levels =
            [(PolicyKind::ServiceControl, &case.scp), (PolicyKind::ResourceControl, &case.rcp)];
        for (kind, levels) in levels {
            for (level, policies) in levels.iter().enumerate() {
                policies.iter().for_each(|p| draft.push_policy(kind, level, p));
            }
        }
        draft
    }

    /// Adds a policy as a document.
    pub fn push_policy(&mut self, kind: PolicyKind, level: usize, policy: &Policy) {
        let text = json_format::pretty(&policy.document);
        let (original, name) = (text.clone(), policy.name.clone());
        self.last_doc_id += 1;
        let id = self.last_doc_id;
        self.docs.push(Doc { id, kind, level, name, text, original, fixed: policy.fixed });
        self.has_session_policies |= kind == PolicyKind::Session;
    }

    /// Id of the next document to be added.
    pub fn next_id(&self) -> usize {
        self.last_doc_id + 1
    }

    /// Whether the question can have one more policy of this type.
    pub fn can_add(&self, kind: PolicyKind) -> bool {
        let single =
            matches!(kind, PolicyKind::Trust | PolicyKind::Boundary | PolicyKind::Resource);
        !single || self.docs.iter().all(|d| d.kind != kind)
    }

    /// Removes a document.
    pub fn remove(&mut self, id: usize) {
        self.docs.retain(|d| d.id != id);
        self.has_session_policies = self.docs.iter().any(|d| d.kind == PolicyKind::Session);
    }

    /// The document with this id.
    pub fn doc(&self, id: usize) -> Option<&Doc> {
        self.docs.iter().find(|d| d.id == id)
    }

    /// The document with this type and name.
    pub fn find_doc(&self, kind: PolicyKind, name: &str) -> Option<&Doc> {
        self.docs.iter().find(|d| d.kind == kind && d.name == name)
    }

    /// Sets the text of a document.
    pub fn set_text(&mut self, id: usize, text: String) {
        if let Some(doc) = self.docs.iter_mut().find(|d| d.id == id) {
            doc.text = text;
        }
    }

    /// Sets the caller.
    pub fn set_principal(&mut self, principal: Principal) {
        (self.principal_text, self.principal) = (principal.arn(), principal);
    }

    /// The caller; `None` if the text does not name one.
    pub fn principal(&self) -> Option<Principal> {
        let who = self.principal_text.trim();
        if who == self.principal.arn() {
            Some(self.principal.clone())
        } else {
            parse_principal(who)
        }
    }

    /// Whether caller and resource are in different accounts.
    pub fn is_cross_account(&self) -> bool {
        let caller = self.principal().and_then(|p| p.account().map(str::to_owned));
        self.kind == QuestionKind::Access
            && !self.account.is_empty()
            && caller.is_some_and(|caller| caller != self.account)
    }

    /// The question, or why the draft is incomplete.
    pub fn question(&self) -> Result<Question, DraftError> {
        let mut invalid = Vec::new();
        let mut parsed: Vec<(&Doc, Policy)> = Vec::new();
        for doc in &self.docs {
            match serde_json::from_str::<Value>(&doc.text) {
                Ok(document) => {
                    let (name, fixed) = (doc.name.clone(), doc.fixed);
                    parsed.push((doc, Policy { name, document, fixed }));
                }
                Err(error) => invalid.push(JsonError {
                    id: doc.id,
                    name: doc.name.clone(),
                    line: error.line(),
                    column: error.column().max(1),
                }),
            }
        }
        if !invalid.is_empty() {
            return Err(DraftError::InvalidJson(invalid));
        }
        let principal = self.principal().ok_or(DraftError::Missing(
            "Principal: the ARN of a user, role or role session, an identity provider, a service principal, or * for an anonymous caller.",
        ))?;
        if self.action.trim().is_empty() {
            return Err(DraftError::Missing("Action: for example s3:GetObject."));
        }
        match self.kind {
            QuestionKind::Trust => self.trust_question(principal, parsed),
            QuestionKind::Access => {
                Ok(Question::Access(Box::new(self.access_case(principal, parsed))))
            }
        }
    }

    fn trust_question(
        &self,
        principal: Principal,
        parsed: Vec<(&Doc, Policy)>,
    ) -> Result<Question, DraftError> {
        let trust = parsed.into_iter().map(|(_, policy)| policy).next();
        let actions = self.action.split(',').map(|a| a.trim().to_owned());
        Ok(Question::Trust(Box::new(TrustCase {
            principal,
            actions: actions.filter(|a| !a.is_empty()).collect(),
            context: self.context_map(),
            role_account: self.account.trim().to_owned(),
            pool_account: Some(self.pool_account.trim().to_owned()).filter(|a| !a.is_empty()),
            trust: trust.ok_or(DraftError::Missing(
                "Trust policy: without one, no principal can assume the role.",
            ))?,
        })))
    }

    fn access_case(&self, principal: Principal, parsed: Vec<(&Doc, Policy)>) -> Case {
        let all = |kind| parsed.iter().filter(move |(d, _)| d.kind == kind).map(|(_, p)| p.clone());
        let levels = |kind| {
            let mut levels: Vec<Vec<Policy>> = Vec::new();
            for (doc, policy) in parsed.iter().filter(|(d, _)| d.kind == kind) {
                levels.resize(levels.len().max(doc.level + 1), Vec::new());
                if let Some(level) = levels.get_mut(doc.level) {
                    level.push(policy.clone());
                }
            }
            levels.retain(|level| !level.is_empty());
            levels
        };
        let resource = self.resource.trim();
        Case {
            principal,
            action: self.action.trim().to_owned(),
            resource: if resource.is_empty() { "*" } else { resource }.to_owned(),
            account: self.account.trim().to_owned(),
            context: self.context_map(),
            identity: all(PolicyKind::Identity).collect(),
            boundary: all(PolicyKind::Boundary).next(),
            session: self.has_session_policies.then(|| all(PolicyKind::Session).collect()),
            resource_policy: all(PolicyKind::Resource).next(),
            must_allow: self.must_allow,
            scp: levels(PolicyKind::ServiceControl),
            rcp: levels(PolicyKind::ResourceControl),
        }
    }

    fn context_map(&self) -> std::collections::BTreeMap<String, Vec<String>> {
        let mut keys = std::collections::BTreeMap::<String, Vec<String>>::new();
        for (key, value) in self.context.iter().filter(|(key, _)| !key.trim().is_empty()) {
            keys.entry(key.trim().to_owned()).or_default().push(value.clone());
        }
        keys
    }
}

fn context_pairs(
    context: &std::collections::BTreeMap<String, Vec<String>>,
) -> Vec<(String, String)> {
    let each = |(key, values): (&String, &Vec<String>)| {
        values.iter().map(|value| (key.clone(), value.clone())).collect::<Vec<_>>()
    };
    context.iter().flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples;

    #[test]
    fn a_question_survives_being_edited() {
        let mut case = samples::access();
        case.scp = vec![case.identity.clone(), case.identity.clone()];
        case.session = Some(case.identity.clone());
        case.context.insert("aws:TagKeys".into(), vec!["a".into(), "b".into()]);
        let question = Question::Access(Box::new(case));
        assert_eq!(Draft::from_question(&question).question(), Ok(question));
        let trust = samples::trust()[4].case.clone().unwrap();
        assert_eq!(Draft::from_question(&trust).question(), Ok(trust));
    }

    #[test]
    fn broken_text_is_told_by_line() {
        let mut draft = Draft::template(QuestionKind::Access);
        draft.principal_text = "arn:aws:iam::111122223333:user/dana".into();
        draft.action = "s3:GetObject".into();
        assert!(draft.question().is_ok());
        draft.set_text(draft.docs[0].id, "{\n  \"Version\" 1\n}".into());
        let Err(DraftError::InvalidJson(invalid)) = draft.question() else { panic!("it is asked") };
        assert_eq!((invalid[0].line, invalid[0].name.as_str()), (2, "identity-based policy"));
    }

    #[test]
    fn documents_come_and_go() {
        let mut draft = Draft::from_question(&Question::Access(Box::new(samples::access())));
        assert!(!draft.is_cross_account());
        draft.account = "444455556666".into();
        assert!(draft.is_cross_account());
        draft.add(PolicyKind::Boundary);
        assert!(!draft.can_add(PolicyKind::Boundary) && draft.can_add(PolicyKind::Identity));
        draft.add(PolicyKind::Session);
        let session = draft.docs.last().unwrap().id;
        draft.remove(session);
        let Ok(Question::Access(case)) = draft.question() else { panic!("no question") };
        assert!(case.session.is_none() && case.boundary.is_some());
    }
}
