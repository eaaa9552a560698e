//! Questions and documents to begin with.

use cognitab_policy::{PolicyKind, Principal};

use super::draft::{Doc, Draft, QuestionKind};

/// A new document of a type, to write into.
const BLANK: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::studio-photos/public/*"
    }
  ]
}"#;

/// A new policy of a resource or role names somebody too.
const BLANK_NAMING: &str = r#"{
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

/// A new trust policy.
const BLANK_TRUST: &str = r#"{
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
    /// A question with nothing filled in but one document to write into.
    pub fn blank(half: QuestionKind) -> Draft {
        let mut draft = Draft {
            half,
            who: String::new(),
            action: String::new(),
            resource: String::new(),
            account: String::new(),
            pool_account: String::new(),
            context: Vec::new(),
            docs: Vec::new(),
            principal: Principal::Anonymous,
            must_allow: false,
            limited: false,
            made: 0,
        };
        if half == QuestionKind::Trust {
            draft.who = "cognito-identity.amazonaws.com".to_owned();
            draft.action = "sts:AssumeRoleWithWebIdentity".to_owned();
            draft.account = "111122223333".to_owned();
            draft.pool_account = "111122223333".to_owned();
        }
        draft.add(match half {
            QuestionKind::Trust => PolicyKind::Trust,
            QuestionKind::Access => PolicyKind::Identity,
        });
        draft
    }

    /// Adds a new document of a type.
    pub fn add(&mut self, kind: PolicyKind) {
        let text = match kind {
            PolicyKind::Trust => BLANK_TRUST,
            PolicyKind::Resource => BLANK_NAMING,
            _ => BLANK,
        };
        let same = self.docs.iter().filter(|d| d.kind == kind).count();
        let level = if is_levelled(kind) { same } else { 0 };
        let name = match (kind, same) {
            (PolicyKind::Trust, _) => "role".to_owned(),
            (kind, 0) => kind.words().to_owned(),
            (kind, more) => format!("{} {}", kind.words(), more + 1),
        };
        self.made += 1;
        let (id, text) = (self.made, text.to_owned());
        self.docs.push(Doc { id, kind, level, name, first: text.clone(), text, fixed: false });
        self.limited |= kind == PolicyKind::Session;
    }
}

/// Whether policies of this type stand on levels.
fn is_levelled(kind: PolicyKind) -> bool {
    matches!(kind, PolicyKind::ServiceControl | PolicyKind::ResourceControl)
}
