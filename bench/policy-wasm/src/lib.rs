//! The policy engine as a module for Node, for `bench/policy.bench.mjs` alone.
//!
//! Takes a request and its policies as JSON and hands back the verdict. It decides nothing by
//! itself and is no part of the site.

use std::collections::BTreeMap;

use cognitab_policy::{Context, Document, Named, Policies, Principal, Request, evaluate};
use serde::Deserialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// A document and its name.
#[derive(Deserialize)]
struct Policy {
    name: String,
    policy: Value,
}

#[derive(Deserialize)]
struct Asked {
    principal: Principal,
    action: String,
    resource: String,
    account: String,
    context: BTreeMap<String, Vec<String>>,
    identity: Vec<Policy>,
    boundary: Vec<Policy>,
    resource_policy: Vec<Policy>,
    scp: Vec<Vec<Policy>>,
}

type Read = (String, Document);

/// A request whose policies are parsed.
#[wasm_bindgen]
pub struct Case {
    principal: Principal,
    action: String,
    resource: String,
    account: String,
    context: BTreeMap<String, Vec<String>>,
    identity: Vec<Read>,
    boundary: Vec<Read>,
    resource_policy: Vec<Read>,
    scp: Vec<Vec<Read>>,
}

fn read(policies: Vec<Policy>) -> Result<Vec<Read>, JsError> {
    policies
        .into_iter()
        .map(|one| {
            let document = Document::from_value(one.policy);
            Ok((one.name, document.map_err(|error| JsError::new(&error.to_string()))?))
        })
        .collect()
}

fn named(policies: &[Read]) -> Vec<Named<'_>> {
    policies.iter().map(|(name, document)| Named::new(name, document)).collect()
}

#[wasm_bindgen]
impl Case {
    /// Parses a case.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Case, JsError> {
        let asked: Asked = serde_json::from_str(text)?;
        Ok(Case {
            principal: asked.principal,
            action: asked.action,
            resource: asked.resource,
            account: asked.account,
            context: asked.context,
            identity: read(asked.identity)?,
            boundary: read(asked.boundary)?,
            resource_policy: read(asked.resource_policy)?,
            scp: asked.scp.into_iter().map(read).collect::<Result<_, _>>()?,
        })
    }

    /// Whether it is allowed; the reasons are worked out too, as in every request to the broker.
    pub fn allowed(&self) -> bool {
        let policies = Policies {
            identity: named(&self.identity),
            boundary: named(&self.boundary).first().copied(),
            resource: named(&self.resource_policy).first().copied(),
            scp: self.scp.iter().map(|level| named(level)).collect(),
            ..Policies::default()
        };
        let keys = self.context.iter().map(|(key, values)| (key.clone(), values.clone()));
        let context: Context = keys.collect();
        let request = Request {
            principal: &self.principal,
            action: &self.action,
            resource: &self.resource,
            resource_account: &self.account,
            context: &context.with_principal(&self.principal),
        };
        evaluate(&policies, &request).allowed
    }
}

/// Parses a case and answers it.
#[wasm_bindgen]
pub fn allowed(text: &str) -> Result<bool, JsError> {
    Ok(Case::new(text)?.allowed())
}
