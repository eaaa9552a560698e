//! The request context, from which condition keys and policy variables take their values.

use crate::principal::Principal;
use std::collections::BTreeMap;

/// The condition keys of a request. Names are case-insensitive; a key can have several values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    keys: BTreeMap<String, (String, Vec<String>)>,
}

impl Context {
    /// A context without keys.
    pub fn new() -> Context {
        Context::default()
    }

    /// The same context with one key of one value.
    pub fn with(self, key: impl Into<String>, value: impl Into<String>) -> Context {
        self.with_many(key, [value])
    }

    /// The same context with one key of any number of values; without a value the key is absent.
    pub fn with_many<V: Into<String>>(
        mut self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Context {
        self.set(key, values);
        self
    }

    /// Sets a key, replacing its values.
    pub fn set<V: Into<String>>(
        &mut self,
        key: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) {
        let key = key.into();
        let values = values.into_iter().map(Into::into).collect();
        self.keys.insert(key.to_ascii_lowercase(), (key, values));
    }

    /// The same context with the keys of the principal: `aws:PrincipalArn`, `aws:PrincipalAccount`
    /// and `aws:PrincipalType`.
    pub fn with_principal(self, principal: &Principal) -> Context {
        let (arn, kind) = match principal {
            Principal::Root { .. } => (principal.arn().to_owned(), "Account"),
            Principal::User { arn, .. } => (arn.clone(), "User"),
            Principal::Session { role_arn, .. } => (role_arn.clone(), "AssumedRole"),
            Principal::FederatedUser { arn, .. } => (arn.clone(), "FederatedUser"),
            Principal::Anonymous => return self.with("aws:PrincipalType", "Anonymous"),
            Principal::Service { .. } => return self.with("aws:PrincipalIsAWSService", "true"),
            Principal::WebIdentity { .. } | Principal::Saml { .. } => return self,
        };
        self.with("aws:PrincipalArn", arn)
            .with_many("aws:PrincipalAccount", principal.account())
            .with("aws:PrincipalType", kind)
    }

    /// The values of a key, ignoring case; empty if it is absent.
    pub fn values(&self, key: &str) -> &[String] {
        self.get(&key.to_ascii_lowercase())
    }

    /// All keys as written, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.keys.values().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    pub(crate) fn get(&self, lower_case: &str) -> &[String] {
        self.keys.get(lower_case).map_or(&[], |(_, values)| values)
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, Vec<V>)> for Context {
    fn from_iter<I: IntoIterator<Item = (K, Vec<V>)>>(keys: I) -> Context {
        keys.into_iter()
            .fold(Context::new(), |context, (key, values)| context.with_many(key, values))
    }
}
