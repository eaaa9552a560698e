//! The policy engine as a module for Node, for `bench/policy.bench.mjs` and `tests/differential`.
//!
//! Takes a case as JSON and hands back the verdict. It decides nothing by itself and is no part of
//! the site.

use cognitab_policy::ParsedCase;
use serde_json::json;
use wasm_bindgen::prelude::*;

/// A request whose policies are parsed.
#[wasm_bindgen]
pub struct Case(ParsedCase);

#[wasm_bindgen]
impl Case {
    /// Parses a case.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Case, JsError> {
        let case: cognitab_policy::Case = serde_json::from_str(text)?;
        Ok(Case(case.parse()?))
    }

    /// Whether it is allowed, and nothing else.
    pub fn allowed(&self) -> bool {
        self.0.is_allowed()
    }

    /// Whether it is allowed; the reasons are worked out too, as in every request to the broker.
    pub fn explained(&self) -> bool {
        self.0.evaluate().allowed
    }
}

/// Parses a case and answers it.
#[wasm_bindgen]
pub fn allowed(text: &str) -> Result<bool, JsError> {
    Ok(Case::new(text)?.allowed())
}

/// Parses a case and answers it as JSON: `allowed` and the `reason`.
#[wasm_bindgen]
pub fn decide(text: &str) -> Result<String, JsError> {
    let decision = Case::new(text)?.0.evaluate();
    Ok(json!({"allowed": decision.allowed, "reason": decision.reason}).to_string())
}

/// Parses a trust case and answers it as JSON: `allowed`, and `needs_identity` beside it.
#[wasm_bindgen]
pub fn trusted(text: &str) -> Result<String, JsError> {
    let case: cognitab_policy::TrustCase = serde_json::from_str(text)?;
    let decision = case.parse()?.evaluate();
    let needs = decision.needs_identity;
    Ok(json!({"allowed": decision.allowed, "needs_identity": needs}).to_string())
}
