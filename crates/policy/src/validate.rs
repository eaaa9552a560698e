//! Checks which elements a document of each kind must and can have, with IAM's messages.

use crate::{
    actions,
    document::{Document, Effect, Element, Principals, Statement, Version},
    malformed::MalformedPolicy,
    principal::PrincipalPattern,
    syntax::{action_error, is_aws_principal, is_identity_provider, resource_error},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a document is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A user, group or role; also managed policies, permissions boundaries and control policies.
    Identity,
    /// A role, as its trust policy.
    Trust,
    /// A resource such as a topic or table.
    Resource,
    /// An S3 bucket.
    Bucket,
    /// A session, as a session policy.
    Session,
}

type Result<T> = std::result::Result<T, MalformedPolicy>;

impl Document {
    /// Parses and validates a document of this kind.
    pub fn read(text: &str, kind: Kind) -> Result<Document> {
        let document = Document::parse(text).map_err(|error| error.with_message_for(kind))?;
        document.validate(kind).map_err(|error| error.with_position(text))?;
        Ok(document)
    }

    /// Checks that the document is valid for this kind.
    pub fn validate(&self, kind: Kind) -> Result<()> {
        let paths: Vec<String> = self.paths().collect();
        let statements = paths.iter().map(String::as_str).zip(&self.statements);
        errors(self.version, statements, kind).into_iter().next().map_or(Ok(()), Err)
    }

    /// The JSON pointers to its statements.
    fn paths(&self) -> impl Iterator<Item = String> {
        let list = self.source.get("Statement").is_some_and(serde_json::Value::is_array);
        (0..self.statements.len()).map(move |index| match list {
            true => format!("/Statement/{index}"),
            false => "/Statement".to_owned(),
        })
    }
}

impl MalformedPolicy {
    /// The same with this kind's message for text that is not JSON.
    pub(crate) fn with_message_for(self, kind: Kind) -> MalformedPolicy {
        let message = match kind {
            _ if !self.invalid_json => return self,
            Kind::Trust => "This policy contains invalid Json",
            Kind::Bucket => "Policies must be valid JSON and the first byte must be '{'",
            _ => return self,
        };
        MalformedPolicy { message: message.to_owned(), ..self }
    }
}

/// All errors of a document of this kind; AWS reports the first.
pub(crate) fn errors<'a>(
    version: Version,
    statements: impl Iterator<Item = (&'a str, &'a Statement)>,
    kind: Kind,
) -> Vec<MalformedPolicy> {
    let mut validator = Validator { kind, path: String::new(), errors: Vec::new() };
    if kind == Kind::Identity && version != Version::V2012 {
        validator.error("Policy document must be version 2012-10-17 or greater.", "/Version");
    }
    let mut sids = BTreeSet::new();
    for (path, statement) in statements {
        validator.path = path.to_owned();
        validator.sid(statement.sid.as_deref().unwrap_or_default(), &mut sids);
        match kind {
            Kind::Identity | Kind::Session => validator.identity(statement),
            Kind::Trust => validator.trust(statement),
            Kind::Resource | Kind::Bucket => validator.resource(statement),
        }
    }
    validator.errors
}

/// The errors found so far, and the path of the current statement.
struct Validator {
    kind: Kind,
    path: String,
    errors: Vec<MalformedPolicy>,
}

impl Validator {
    /// Adds an error about an element of the statement, or of the document if `part` begins with
    /// `/`.
    fn error(&mut self, message: impl Into<String>, part: &str) {
        let path = match part {
            "" => self.path.clone(),
            part if part.starts_with('/') => part.to_owned(),
            part => format!("{}/{part}", self.path),
        };
        self.errors.push(MalformedPolicy::new(message, path));
    }

    fn sid<'a>(&mut self, sid: &'a str, sids: &mut BTreeSet<&'a str>) {
        if !sid.is_empty() && !sids.insert(sid) {
            self.error("Statement IDs (SID) in a single policy must be unique.", "Sid");
        }
        let resource = matches!(self.kind, Kind::Resource | Kind::Bucket);
        if !resource && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let message = "Statement IDs (SID) must be alpha-numeric. Check that your input \
                           satisfies the regular expression [0-9A-Za-z]*";
            self.error(message, "Sid");
        }
    }

    fn identity(&mut self, statement: &Statement) {
        if let Some(principals) = &statement.principal {
            let message = "Policy document should not specify a principal.";
            self.error(message, name(principals.not, "Principal"));
        }
        self.actions(statement);
        let Some(resource) = statement.resource.as_ref().filter(|one| !one.values.is_empty())
        else {
            return self.error("Policy statement must contain resources.", "");
        };
        for value in &resource.values {
            if let Some(message) = resource_error(value.source(), self.kind) {
                self.error(message, name(resource.not, "Resource"));
            }
        }
    }

    fn trust(&mut self, statement: &Statement) {
        match &statement.principal {
            None => self.error("Missing required field Principal", ""),
            Some(one) if one.not => self.error("Has prohibited field NotPrincipal", "NotPrincipal"),
            Some(principals) => self.principals(principals),
        }
        if let Some(Element { not, .. }) = statement.resource {
            let field = name(not, "Resource");
            self.error(format!("Has prohibited field {field}"), field);
        }
        self.actions(statement);
        let sts = |text: &str| text == "*" || text.to_ascii_lowercase().starts_with("sts:");
        if let Some(action) = &statement.action
            && !action.values.iter().all(|value| sts(value.source()))
        {
            let message = "AssumeRole policy may only specify STS AssumeRole actions.";
            self.error(message, name(action.not, "Action"));
        }
        // IAM rejects trust in identity pools without a check of the pool's ID.
        let key = "cognito-identity.amazonaws.com:aud";
        if statement.trusts_pools() && !statement.asks_for(key) {
            self.error(format!("Missing required condition key {key}"), "");
        }
    }

    fn resource(&mut self, statement: &Statement) {
        match &statement.principal {
            None => self.error("Missing required field Principal", ""),
            Some(one) if one.not && statement.effect == Effect::Allow => {
                self.error("Allow with NotPrincipal is not allowed", "NotPrincipal");
            }
            Some(principals) => self.principals(principals),
        }
        for (element, field) in [(&statement.action, "Action"), (&statement.resource, "Resource")] {
            if element.as_ref().is_none_or(|one| one.values.is_empty()) {
                self.error(format!("Missing required field {field}"), "");
            }
        }
        if self.kind == Kind::Bucket {
            self.bucket(statement);
        }
    }

    /// Checks of S3, which knows the resource types and condition keys of its actions.
    fn bucket(&mut self, statement: &Statement) {
        let Some(action) = statement.action.as_ref() else { return };
        let field = name(action.not, "Action");
        let unknown = |text: &str| {
            let own = text.get(..3).is_some_and(|vendor| vendor.eq_ignore_ascii_case("s3:"));
            text != "*" && !(own && actions::matching(text).next().is_some())
        };
        if action.values.iter().any(|value| unknown(value.source())) {
            return self.error("Policy has invalid action", field);
        }
        if action.not {
            return;
        }
        if action.values.iter().any(|value| !statement.applies_to_any_resource(value.source())) {
            return self.error("Action does not apply to any resource(s) in statement", field);
        }
        let keys = statement.conditions.iter().filter(|one| one.lower_key().starts_with("s3:"));
        let lost = |key: &str| !statement.actions().any(|one| one.has_key(key));
        if keys.into_iter().any(|one| lost(one.lower_key())) {
            let message = "Conditions do not apply to combination of actions and resources in \
                           statement";
            self.error(message, "Condition");
        }
    }

    fn principals(&mut self, principals: &Principals) {
        let field = name(principals.not, "Principal");
        if principals.values.is_empty() {
            return self.error("Invalid principal in policy.", field);
        }
        for one in &principals.values {
            let (kind, valid) = match one {
                PrincipalPattern::Everyone => continue,
                PrincipalPattern::Aws(text) => ("AWS", is_aws_principal(text)),
                PrincipalPattern::Federated(text) => ("Federated", is_identity_provider(text)),
                PrincipalPattern::Service(text) => ("SERVICE", text.contains('.')),
                PrincipalPattern::CanonicalUser(text) => ("CanonicalUser", !text.is_empty()),
            };
            let text = one.text();
            if !valid || text.contains('*') {
                self.error(format!("Invalid principal in policy: \"{kind}\":\"{text}\""), field);
            }
        }
    }

    fn actions(&mut self, statement: &Statement) {
        let Some(action) = statement.action.as_ref().filter(|one| !one.values.is_empty()) else {
            return self.error("Policy statement must contain actions.", "");
        };
        for value in &action.values {
            if let Some(message) = action_error(value.source()) {
                self.error(message, name(action.not, "Action"));
            }
        }
    }
}

impl Statement {
    /// Whether it allows tokens of identity pools.
    pub(crate) fn trusts_pools(&self) -> bool {
        let pools = PrincipalPattern::Federated("cognito-identity.amazonaws.com".to_owned());
        let named = self.principal.as_ref().is_some_and(|one| one.values.contains(&pools));
        self.effect == Effect::Allow && named
    }

    /// Whether a condition checks this key, given in lower case.
    pub(crate) fn asks_for(&self, key: &str) -> bool {
        self.conditions.iter().any(|one| one.lower_key() == key)
    }
}

/// The name of an element in the document.
pub(crate) fn name(not: bool, element: &'static str) -> &'static str {
    match (not, element) {
        (true, "Principal") => "NotPrincipal",
        (true, "Action") => "NotAction",
        (true, "Resource") => "NotResource",
        (_, element) => element,
    }
}
