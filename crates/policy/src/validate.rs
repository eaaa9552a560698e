//! Which elements a document of each kind must have and may have, in IAM's words.

use crate::{
    document::{Document, Effect, Element, Principals, Statement, Version},
    malformed::Malformed,
    principal::PrincipalPattern,
};
use std::collections::BTreeSet;

/// What a document is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A user, group or role; also a managed policy, boundary or control policy.
    Identity,
    /// A role, to say who may assume it.
    Trust,
    /// A bucket, topic or other resource.
    Resource,
    /// A session that is being made.
    Session,
}

type Result<T> = std::result::Result<T, Malformed>;

fn fail<T>(message: impl Into<String>, path: impl Into<String>) -> Result<T> {
    Err(Malformed::new(message, path))
}

impl Document {
    /// Reads a document and asks for the elements that its kind must have.
    pub fn read(text: &str, kind: Kind) -> Result<Document> {
        let document = Document::parse(text).map_err(|error| match kind {
            Kind::Trust if error.broken_json => {
                Malformed { message: "This policy contains invalid Json".to_owned(), ..error }
            }
            _ => error,
        })?;
        document.validate(kind).map_err(|error| error.located(text))?;
        Ok(document)
    }

    /// Whether the document may be attached as this kind.
    pub fn validate(&self, kind: Kind) -> Result<()> {
        if kind == Kind::Identity && self.version != Version::V2012 {
            return fail("Policy document must be version 2012-10-17 or greater.", "/Version");
        }
        let mut sids = BTreeSet::new();
        for (path, statement) in self.paths().zip(&self.statements) {
            let sid = statement.sid.as_deref().unwrap_or_default();
            if !sid.is_empty() && !sids.insert(sid) {
                let message = "Statement IDs (SID) in a single policy must be unique.";
                return fail(message, path + "/Sid");
            }
            if kind != Kind::Resource && !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let message = "Statement IDs (SID) must be alpha-numeric. Check that your input \
                               satisfies the regular expression [0-9A-Za-z]*";
                return fail(message, path + "/Sid");
            }
            match kind {
                Kind::Identity | Kind::Session => statement.validate_identity(&path, kind)?,
                Kind::Trust => statement.validate_trust(&path)?,
                Kind::Resource => statement.validate_resource(&path)?,
            }
        }
        Ok(())
    }

    /// JSON pointers to the statements.
    pub(crate) fn paths(&self) -> impl Iterator<Item = String> {
        let list = self.source.get("Statement").is_some_and(serde_json::Value::is_array);
        (0..self.statements.len()).map(move |index| match list {
            true => format!("/Statement/{index}"),
            false => "/Statement".to_owned(),
        })
    }
}

impl Statement {
    fn validate_identity(&self, path: &str, kind: Kind) -> Result<()> {
        if let Some(principals) = &self.principal {
            let path = format!("{path}/{}", name(principals.not, "Principal"));
            return fail("Policy document should not specify a principal.", path);
        }
        self.validate_actions(path)?;
        let Some(resource) = self.resource.as_ref().filter(|one| !one.values.is_empty()) else {
            return fail("Policy statement must contain resources.", path);
        };
        let path = format!("{path}/{}", name(resource.not, "Resource"));
        resource.values.iter().try_for_each(|value| match resource_fault(value.source(), kind) {
            Some(message) => fail(message, &*path),
            None => Ok(()),
        })
    }

    fn validate_trust(&self, path: &str) -> Result<()> {
        let Some(principals) = &self.principal else {
            return fail("Missing required field Principal", path);
        };
        if principals.not {
            return fail("Has prohibited field NotPrincipal", format!("{path}/NotPrincipal"));
        }
        if let Some(Element { not, .. }) = self.resource {
            let field = name(not, "Resource");
            return fail(format!("Has prohibited field {field}"), format!("{path}/{field}"));
        }
        self.validate_principals(principals, path)?;
        self.validate_actions(path)?;
        let element = self.action.iter().find(|one| {
            let sts = |text: &str| text == "*" || text.to_ascii_lowercase().starts_with("sts:");
            !one.values.iter().all(|value| sts(value.source()))
        });
        if let Some(element) = element {
            let path = format!("{path}/{}", name(element.not, "Action"));
            return fail("AssumeRole policy may only specify STS AssumeRole actions.", path);
        }
        self.validate_audience(principals, path)
    }

    /// IAM does not save trust in identity pools without asking for one of them.
    fn validate_audience(&self, principals: &Principals, path: &str) -> Result<()> {
        let pools = PrincipalPattern::Federated("cognito-identity.amazonaws.com".to_owned());
        let trusted = self.effect == Effect::Allow && principals.values.contains(&pools);
        let key = "cognito-identity.amazonaws.com:aud";
        if trusted && !self.conditions.iter().any(|one| one.lower_key() == key) {
            return fail(format!("Missing required condition key {key}"), path);
        }
        Ok(())
    }

    fn validate_resource(&self, path: &str) -> Result<()> {
        let Some(principals) = &self.principal else {
            return fail("Missing required field Principal", path);
        };
        if principals.not && self.effect == Effect::Allow {
            return fail("Allow with NotPrincipal is not allowed", format!("{path}/NotPrincipal"));
        }
        self.validate_principals(principals, path)?;
        if self.action.as_ref().is_none_or(|one| one.values.is_empty()) {
            return fail("Missing required field Action", path);
        }
        if self.resource.as_ref().is_none_or(|one| one.values.is_empty()) {
            return fail("Missing required field Resource", path);
        }
        Ok(())
    }

    fn validate_principals(&self, principals: &Principals, path: &str) -> Result<()> {
        let path = format!("{path}/{}", name(principals.not, "Principal"));
        if principals.values.is_empty() {
            return fail("Invalid principal in policy.", path);
        }
        principals.values.iter().try_for_each(|one| {
            let (kind, well) = match one {
                PrincipalPattern::Everyone => return Ok(()),
                PrincipalPattern::Aws(text) => ("AWS", is_aws(text)),
                PrincipalPattern::Federated(text) => ("Federated", is_provider(text)),
                PrincipalPattern::Service(text) => ("SERVICE", text.contains('.')),
                PrincipalPattern::CanonicalUser(text) => ("CanonicalUser", !text.is_empty()),
            };
            let wild = one.text().contains('*');
            match well && !wild {
                true => Ok(()),
                false => {
                    let text = one.text();
                    fail(format!("Invalid principal in policy: \"{kind}\":\"{text}\""), &*path)
                }
            }
        })
    }

    fn validate_actions(&self, path: &str) -> Result<()> {
        let Some(action) = self.action.as_ref().filter(|one| !one.values.is_empty()) else {
            return fail("Policy statement must contain actions.", path);
        };
        let path = format!("{path}/{}", name(action.not, "Action"));
        action.values.iter().try_for_each(|value| match action_fault(value.source()) {
            Some(message) => fail(message, &*path),
            None => Ok(()),
        })
    }
}

fn name(not: bool, element: &str) -> String {
    if not { format!("Not{element}") } else { element.to_owned() }
}

fn action_fault(action: &str) -> Option<String> {
    let mut parts = action.split(':');
    let vendor = parts.next().unwrap_or_default();
    match (parts.next(), parts.next()) {
        _ if action == "*" => None,
        (None, _) => {
            let message = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, \
                           etc.";
            Some(message.to_owned())
        }
        (Some(_), Some(_)) => Some("Actions/Condition can contain only one colon.".to_owned()),
        (Some(_), None) => {
            let well = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            let good = vendor == "*" || vendor.bytes().all(well);
            (!good).then(|| format!("Vendor {vendor} is not valid"))
        }
    }
}

fn resource_fault(resource: &str, kind: Kind) -> Option<String> {
    if resource == "*" {
        return None;
    }
    let fields: Vec<&str> = resource.splitn(6, ':').collect();
    let field = |index: usize| fields.get(index).copied();
    if field(0) != Some("arn") {
        return Some(format!("Resource {resource} must be in ARN format or \"*\"."));
    }
    let partition = field(1).unwrap_or_default();
    if !partition.starts_with("aws") && partition != "*" {
        let part = |index| field(index).unwrap_or("*");
        let (service, region, account, rest) = (part(2), part(3), part(4), part(5));
        return Some(format!(
            "Partition \"{partition}\" is not valid for resource \
             \"arn:{partition}:{service}:{region}:{account}:{rest}\"."
        ));
    }
    match field(2) {
        None => return Some(VENDOR.to_owned()),
        Some(service) if service.is_empty() || service.contains(['*', '?']) => {
            return Some(VENDOR.to_owned());
        }
        Some("iam") if !field(3).unwrap_or_default().is_empty() => {
            return Some(format!("IAM resource {resource} cannot contain region information."));
        }
        // Access points have a region and an account; buckets and objects have neither.
        Some("s3") if field(4) == Some("") && field(3) != Some("") => {
            return Some(format!("Resource {resource} can not contain region information."));
        }
        Some(_) => {}
    }
    (kind == Kind::Session && fields.len() < 6)
        .then(|| "The policy failed legacy parsing".to_owned())
}

const VENDOR: &str = "Resource vendor must be fully qualified and cannot contain regexes.";

/// An account id, an ARN of IAM or STS, or a unique id.
fn is_aws(text: &str) -> bool {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let account = |text: &str| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    match fields.as_slice() {
        [one] => {
            let id = one.len() >= 16 && one.starts_with('A');
            account(one) || (id && one.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        }
        ["arn", partition, "iam" | "sts", "", id, resource] => {
            let starts = ["user/", "role/", "assumed-role/", "federated-user/"];
            let named = *resource == "root"
                || starts
                    .iter()
                    .any(|start| resource.strip_prefix(start).is_some_and(|name| !name.is_empty()));
            partition.starts_with("aws") && account(id) && named
        }
        _ => false,
    }
}

fn is_provider(text: &str) -> bool {
    let builtin = [
        "cognito-identity.amazonaws.com",
        "accounts.google.com",
        "www.amazon.com",
        "graph.facebook.com",
    ];
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    match fields.as_slice() {
        ["arn", _, "iam", "", _, resource] => {
            resource.starts_with("oidc-provider/") || resource.starts_with("saml-provider/")
        }
        _ => builtin.contains(&text),
    }
}
