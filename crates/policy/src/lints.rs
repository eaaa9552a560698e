//! Lints about actions, resources and principals that IAM accepts but that are probably mistakes.

use crate::{
    actions::{self, Action},
    condition_lints,
    document::{Effect, Element, Statement, Version},
    edit_distance::closest_name,
    principal::PrincipalPattern,
    validate::{Kind, name},
};
use serde_json::Value;

/// A JSON pointer and a message about the value there.
pub(crate) type Lint = (String, String);

/// All lints of a statement.
pub(crate) fn lint_statement(
    statement: &Statement,
    path: &str,
    source: &Value,
    version: Version,
    kind: Kind,
) -> Vec<Lint> {
    let mut lints = StatementLints { statement, path, source, found: Vec::new() };
    lints.actions();
    lints.resources();
    lints.breadth(kind);
    lints.principals(kind);
    if kind == Kind::Trust {
        lints.trust();
    }
    lints.found.extend(condition_lints::lint_conditions(statement, path, source));
    lints.found.extend(condition_lints::lint_variables(statement, path, source, version));
    lints.found
}

/// JSON pointer to a value of an element that holds a list or a single value.
pub(crate) fn value_path(source: &Value, element: String, index: usize) -> String {
    match source.pointer(&element).is_some_and(Value::is_array) {
        true => format!("{element}/{index}"),
        false => element,
    }
}

struct StatementLints<'a> {
    statement: &'a Statement,
    path: &'a str,
    source: &'a Value,
    found: Vec<Lint>,
}

impl StatementLints<'_> {
    fn push(&mut self, part: &str, note: impl Into<String>) {
        let path =
            if part.is_empty() { self.path.to_owned() } else { format!("{}/{part}", self.path) };
        self.found.push((path, note.into()));
    }

    fn push_for_value(
        &mut self,
        element: &Element,
        part: &'static str,
        index: usize,
        note: String,
    ) {
        let element = format!("{}/{}", self.path, name(element.not, part));
        self.found.push((value_path(self.source, element, index), note));
    }

    /// Actions that do not exist or that apply to none of the statement's resources.
    fn actions(&mut self) {
        let Some(element) = &self.statement.action else { return };
        for (index, value) in element.values.iter().enumerate() {
            let text = value.source();
            let (vendor, action) = text.split_once(':').unwrap_or((text, "*"));
            let Some(service) = actions::service(vendor) else { continue };
            if actions::matching(text).next().is_none() {
                let near = closest_name(action, service.actions().map(|one| one.name));
                let note = format!("{} has no action {action}{}", service.name, did_you_mean(near));
                self.push_for_value(element, "Action", index, note);
            } else if !element.not && !self.statement.applies_to_any_resource(text) {
                let note = applicable_resources(text, actions::matching(text));
                self.push_for_value(element, "Action", index, note);
            }
        }
    }

    /// Resources to which none of the statement's actions apply, although they apply to others.
    fn resources(&mut self) {
        let Some(element) = self.statement.resource.as_ref().filter(|one| !one.not) else { return };
        let known = |text: &str| actions::matching(text).next().is_some() && text != "*";
        let all_known =
            self.statement.action.as_ref().is_some_and(|one| {
                !one.not && one.values.iter().all(|value| known(value.source()))
            });
        let acts = |text: &str| self.statement.actions().any(|one| one.applies_to(text));
        let idle: Vec<usize> = (0..element.values.len())
            .filter(|index| element.values.get(*index).is_some_and(|one| !acts(one.source())))
            .collect();
        if all_known && idle.len() < element.values.len() {
            for index in idle {
                let note = "no action in this statement applies to this resource".to_owned();
                self.push_for_value(element, "Resource", index, note);
            }
        }
    }

    /// Elements that match nothing or almost everything.
    fn breadth(&mut self, kind: Kind) {
        let allow = self.statement.effect == Effect::Allow;
        let everything = |element: &Element| element.values.iter().any(|one| one.source() == "*");
        let elements = [("Action", &self.statement.action), ("Resource", &self.statement.resource)];
        for (part, element) in elements {
            let Some(element) = element.as_ref().filter(|one| one.not) else { continue };
            if everything(element) {
                self.push(name(true, part), "excludes everything: the statement never matches");
            } else if allow {
                let rest = part.to_lowercase();
                self.push(name(true, part), format!("allows every {rest} that is not listed"));
            }
        }
        let wide = elements
            .iter()
            .all(|(_, element)| element.as_ref().is_some_and(|one| !one.not && everything(one)));
        let bare = self.statement.conditions.is_empty();
        if allow && wide && bare && kind == Kind::Identity {
            self.push("", "allows all actions on all resources");
        } else if allow && bare && self.passes_any_role() {
            self.push(
                "Resource",
                "allows iam:PassRole for all roles, even roles with more permissions",
            );
        }
    }

    fn passes_any_role(&self) -> bool {
        let whole = |one: &Element| !one.not && one.values.iter().any(|one| one.source() == "*");
        let named = self.statement.action.as_ref().is_some_and(|one| {
            !one.not
                && one.values.iter().any(|one| one.source().eq_ignore_ascii_case("iam:PassRole"))
        });
        named && self.statement.resource.as_ref().is_some_and(whole)
    }

    /// Principals that match everyone or no one.
    fn principals(&mut self, kind: Kind) {
        let Some(principals) = &self.statement.principal else { return };
        let everyone = principals.values.contains(&PrincipalPattern::Everyone);
        let bare = self.statement.conditions.is_empty();
        match (principals.not, self.statement.effect) {
            (true, _) if everyone => {
                self.push("NotPrincipal", "excludes every principal: the statement never matches");
            }
            (false, Effect::Allow) if everyone && bare && kind == Kind::Trust => {
                self.push("Principal", "every AWS principal can assume this role");
            }
            (false, Effect::Allow) if everyone && bare => {
                self.push("Principal", "allows public access: requests need no signature");
            }
            _ => {}
        }
    }

    /// Trust in a provider without a check of the token's audience, or with the wrong action.
    fn trust(&mut self) {
        let statement = self.statement;
        let Some(principals) = statement.principal.as_ref().filter(|one| !one.not) else { return };
        if statement.effect != Effect::Allow {
            return;
        }
        if statement.trusts_pools() && !statement.asks_for("cognito-identity.amazonaws.com:amr") {
            let key = "cognito-identity.amazonaws.com:amr";
            self.push(
                "",
                format!(
                    "unauthenticated identities can also assume the role: no condition checks {key}"
                ),
            );
        }
        for principal in &principals.values {
            let (way, host) = assume_role_action(principal);
            let pool = host == Some("cognito-identity.amazonaws.com");
            let asks = |host: &str| {
                let key = |one: &str| one.rsplit_once(':').is_some_and(|(of, _)| of == host);
                statement.conditions.iter().any(|one| key(one.lower_key()))
            };
            if let Some(host) = host.filter(|host| !pool && !asks(&host.to_ascii_lowercase())) {
                let note = format!("every token from {host} is accepted: no condition checks");
                self.push("", format!("{note} its audience or subject"));
            }
            if way.is_some_and(|way| !statement.matches_action(way)) {
                let way = way.unwrap_or_default();
                let who = principal.text();
                self.push(
                    "Action",
                    format!(
                        "{who} assumes the role with {way}, which this statement does not allow"
                    ),
                );
            }
        }
    }
}

/// The action with which a principal assumes a role, and the prefix of its condition keys.
fn assume_role_action(principal: &PrincipalPattern) -> (Option<&'static str>, Option<&str>) {
    match principal {
        PrincipalPattern::Federated(text) => match text.split_once(":saml-provider/") {
            Some(_) => (Some("sts:AssumeRoleWithSAML"), Some("saml")),
            None => {
                let host =
                    text.split_once(":oidc-provider/").map_or(text.as_str(), |(_, host)| host);
                (Some("sts:AssumeRoleWithWebIdentity"), Some(host))
            }
        },
        PrincipalPattern::Aws(_) | PrincipalPattern::Service(_) => (Some("sts:AssumeRole"), None),
        _ => (None, None),
    }
}

pub(crate) fn did_you_mean(near: Option<&str>) -> String {
    near.map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}

fn applicable_resources(text: &str, mut covered: impl Iterator<Item = Action>) -> String {
    let mut types: Vec<String> = covered
        .next()
        .into_iter()
        .flat_map(Action::resource_types)
        .map(|one| format!("arn:aws:{}", one.replace('+', "*")))
        .collect();
    // Common resource types have short patterns.
    types.sort_by_key(String::len);
    types.truncate(2);
    match types.is_empty() {
        true => {
            format!("{text} does not support resource-level permissions: use * as its resource")
        }
        false => {
            format!(
                "{text} applies to {}, and no resource in this statement matches",
                types.join(" or ")
            )
        }
    }
}
