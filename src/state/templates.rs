//! Templates for new questions and documents.

use cognitab_policy::{PolicyKind, Principal};

use super::draft::{Doc, Draft, QuestionKind};

/// An identity-based policy.
const IDENTITY_TEMPLATE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::studio-photos/public/*"
    }
  ]
}"#;

/// A resource-based policy: it has a principal.
const RESOURCE_TEMPLATE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::studio-photos/public/*"
    }
  ]
}"#;

/// A role trust policy.
const TRUST_TEMPLATE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity"
    }
  ]
}"#;

impl Draft {
    /// An empty question with one document.
    pub fn template(kind: QuestionKind) -> Draft {
        let mut draft = Draft {
            kind,
            principal_text: String::new(),
            action: String::new(),
            resource: String::new(),
            account: String::new(),
            pool_account: String::new(),
            context: Vec::new(),
            docs: Vec::new(),
            principal: Principal::Anonymous,
            must_allow: false,
            has_session_policies: false,
            last_doc_id: 0,
        };
        if kind == QuestionKind::Trust {
            draft.principal_text = "cognito-identity.amazonaws.com".to_owned();
            draft.action = "sts:AssumeRoleWithWebIdentity".to_owned();
            draft.account = "111122223333".to_owned();
            draft.pool_account = "111122223333".to_owned();
        }
        draft.add(match kind {
            QuestionKind::Trust => PolicyKind::Trust,
            QuestionKind::Access => PolicyKind::Identity,
        });
        draft
    }

    /// Adds a document from the template of its type.
    pub fn add(&mut self, kind: PolicyKind) {
        let text = match kind {
            PolicyKind::Trust => TRUST_TEMPLATE,
            PolicyKind::Resource => RESOURCE_TEMPLATE,
            _ => IDENTITY_TEMPLATE,
        };
        let count = self.docs.iter().filter(|d| d.kind == kind).count();
        let level = if has_levels(kind) { count } else { 0 };
        let name = match (kind, count) {
            (PolicyKind::Trust, _) => "role".to_owned(),
            (kind, 0) => kind.name().to_owned(),
            (kind, more) => format!("{} {}", kind.name(), more + 1),
        };
        self.last_doc_id += 1;
        let (id, text) = (self.last_doc_id, text.to_owned());
        self.docs.push(Doc { id, kind, level, name, original: text.clone(), text, fixed: false });
        self.has_session_policies |= kind == PolicyKind::Session;
    }
}

/// Whether policies of this type are attached at levels of an organization.
fn has_levels(kind: PolicyKind) -> bool {
    matches!(kind, PolicyKind::ServiceControl | PolicyKind::ResourceControl)
}
