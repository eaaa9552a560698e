//! An evaluation as data: the request and all its policies, to be stored, sent and evaluated again.

use crate::{
    context::Context,
    document::Document,
    evaluate::{Decision, NamedPolicy, Policies, Request, evaluate, is_allowed},
    fix::{Fix, fix, fix_trust},
    malformed::MalformedPolicy,
    principal::Principal,
    trust::{TrustDecision, TrustRequest, is_trusted, trust},
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;
use std::{collections::BTreeMap, fmt};

/// A policy as JSON, with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name or ARN.
    pub name: String,
    /// The document.
    pub document: Value,
    /// Whether the account cannot change it; no fix does.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
}

/// A request with the policies that apply to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The caller.
    pub principal: Principal,
    /// The action: `s3:GetObject`.
    pub action: String,
    /// The ARN of the resource, or `*`.
    pub resource: String,
    /// The account that owns the resource; empty for the caller's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// Condition keys; those of the principal can be left out.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "string_lists"
    )]
    pub context: BTreeMap<String, Vec<String>>,
    /// Identity-based policies of the calling user or role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<Policy>,
    /// Its permissions boundary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<Policy>,
    /// Session policies; `None` if the session was created without any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Vec<Policy>>,
    /// The resource-based policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_policy: Option<Policy>,
    /// Whether the resource-based policy must allow even within one account.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must_allow: bool,
    /// Service control policies by level, from the root down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scp: Vec<Vec<Policy>>,
    /// Resource control policies by level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rcp: Vec<Vec<Policy>>,
}

/// A request to assume a role, with the role's trust policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustCase {
    /// The caller.
    pub principal: Principal,
    /// The actions, all of which must be allowed.
    pub actions: Vec<String>,
    /// Condition keys: token claims, external ID, session tags.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "string_lists"
    )]
    pub context: BTreeMap<String, Vec<String>>,
    /// The account that owns the role.
    pub role_account: String,
    /// The account of the identity pool that issued the token, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool_account: Option<String>,
    /// The trust policy of the role.
    pub trust: Policy,
}

/// A question that policies answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Question {
    /// Is the caller allowed to do this?
    Access(Box<Case>),
    /// Is the caller allowed to assume this role?
    Trust(Box<TrustCase>),
}

/// A policy of a case that is malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPolicy {
    /// Its name.
    pub policy: String,
    /// The error in it.
    pub error: MalformedPolicy,
}

/// A parsed document with the policy's name.
#[derive(Clone, Debug, PartialEq)]
struct NamedDocument {
    name: String,
    document: Document,
    fixed: bool,
}

/// A case with parsed policies, which can be evaluated repeatedly.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedCase {
    principal: Principal,
    action: String,
    resource: String,
    account: String,
    context: Context,
    identity: Vec<NamedDocument>,
    boundary: Option<NamedDocument>,
    session: Option<Vec<NamedDocument>>,
    resource_policy: Option<NamedDocument>,
    must_allow: bool,
    scp: Vec<Vec<NamedDocument>>,
    rcp: Vec<Vec<NamedDocument>>,
}

/// A trust case with a parsed policy.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedTrustCase {
    principal: Principal,
    actions: Vec<String>,
    context: Context,
    role_account: String,
    pool_account: Option<String>,
    trust: NamedDocument,
}

type Result<T> = std::result::Result<T, InvalidPolicy>;

impl Case {
    /// Parses the policies.
    pub fn parse(&self) -> Result<ParsedCase> {
        let levels =
            |levels: &[Vec<Policy>]| levels.iter().map(|one| parse_all(one)).collect::<Result<_>>();
        Ok(ParsedCase {
            principal: self.principal.clone(),
            action: self.action.clone(),
            resource: self.resource.clone(),
            account: self.account.clone(),
            context: context_of(&self.principal, &self.context),
            identity: parse_all(&self.identity)?,
            boundary: self.boundary.as_ref().map(Policy::parse).transpose()?,
            session: self.session.as_deref().map(parse_all).transpose()?,
            resource_policy: self.resource_policy.as_ref().map(Policy::parse).transpose()?,
            must_allow: self.must_allow,
            scp: levels(&self.scp)?,
            rcp: levels(&self.rcp)?,
        })
    }
}

impl ParsedCase {
    /// Whether the request is allowed, without the reasoning.
    pub fn is_allowed(&self) -> bool {
        is_allowed(&self.policies(), &self.request())
    }

    /// The decision with its reasoning.
    pub fn evaluate(&self) -> Decision {
        evaluate(&self.policies(), &self.request())
    }

    /// The smallest change that allows a denied request.
    pub fn fix(&self) -> Option<Fix> {
        fix(&self.policies(), &self.request())
    }

    /// The request.
    pub fn request(&self) -> Request<'_> {
        Request {
            principal: &self.principal,
            action: &self.action,
            resource: &self.resource,
            resource_account: &self.account,
            context: &self.context,
        }
    }

    /// The policies that apply.
    pub fn policies(&self) -> Policies<'_> {
        Policies {
            identity: self.identity.iter().map(NamedDocument::named).collect(),
            boundary: self.boundary.as_ref().map(NamedDocument::named),
            session: self
                .session
                .as_ref()
                .map(|all| all.iter().map(NamedDocument::named).collect()),
            resource: self.resource_policy.as_ref().map(NamedDocument::named),
            resource_must_allow: self.must_allow,
            scp: self
                .scp
                .iter()
                .map(|level| level.iter().map(NamedDocument::named).collect())
                .collect(),
            rcp: self
                .rcp
                .iter()
                .map(|level| level.iter().map(NamedDocument::named).collect())
                .collect(),
        }
    }
}

impl TrustCase {
    /// Parses the policy.
    pub fn parse(&self) -> Result<ParsedTrustCase> {
        Ok(ParsedTrustCase {
            principal: self.principal.clone(),
            actions: self.actions.clone(),
            context: context_of(&self.principal, &self.context),
            role_account: self.role_account.clone(),
            pool_account: self.pool_account.clone(),
            trust: self.trust.parse()?,
        })
    }
}

impl ParsedTrustCase {
    /// Whether the request is allowed, without the reasoning.
    pub fn is_allowed(&self) -> bool {
        self.ask(|request| is_trusted(&self.trust.document, request))
    }

    /// The decision with its reasoning.
    pub fn evaluate(&self) -> TrustDecision {
        self.ask(|request| trust(&self.trust.document, request))
    }

    /// The smallest change to the trust policy that allows a denied caller.
    pub fn fix(&self) -> Option<Fix> {
        self.ask(|request| fix_trust(&self.trust.name, &self.trust.document, request))
    }

    fn ask<T>(&self, then: impl FnOnce(&TrustRequest<'_>) -> T) -> T {
        let actions: Vec<&str> = self.actions.iter().map(String::as_str).collect();
        then(&TrustRequest {
            principal: &self.principal,
            actions: &actions,
            context: &self.context,
            role_account: &self.role_account,
            pool_account: self.pool_account.as_deref(),
        })
    }
}

impl Policy {
    fn parse(&self) -> Result<NamedDocument> {
        let document = Document::from_value(self.document.clone())
            .map_err(|error| InvalidPolicy { policy: self.name.clone(), error })?;
        let fixed = self.fixed || NamedPolicy::new(&self.name, &document).fixed;
        Ok(NamedDocument { name: self.name.clone(), document, fixed })
    }
}

impl NamedDocument {
    fn named(&self) -> NamedPolicy<'_> {
        NamedPolicy { name: &self.name, document: &self.document, fixed: self.fixed }
    }
}

impl fmt::Display for InvalidPolicy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} at {}", self.policy, self.error, self.error.path)
    }
}

impl std::error::Error for InvalidPolicy {}

fn parse_all(policies: &[Policy]) -> Result<Vec<NamedDocument>> {
    policies.iter().map(Policy::parse).collect()
}

fn context_of(principal: &Principal, keys: &BTreeMap<String, Vec<String>>) -> Context {
    let mut context = Context::new().with_principal(principal);
    keys.iter().for_each(|(key, values)| context.set(key, values));
    context
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Reads a map of lists in which a bare string stands for a list of one. Goes through `Value`: an
/// untagged enum or a map deserialized directly would each add code to the browser's download.
fn string_lists<'de, D>(from: D) -> std::result::Result<BTreeMap<String, Vec<String>>, D::Error>
where
    D: Deserializer<'de>,
{
    let text = |value: Value| match value {
        Value::String(text) => Ok(text),
        _ => Err(D::Error::custom(
            "the value of a condition key must be a string or a list of strings",
        )),
    };
    let mut keys = BTreeMap::new();
    for (key, values) in serde_json::Map::deserialize(from)? {
        let values = match values {
            Value::Array(list) => list.into_iter().map(text).collect::<std::result::Result<_, _>>(),
            one => text(one).map(|one| vec![one]),
        };
        keys.insert(key, values?);
    }
    Ok(keys)
}
