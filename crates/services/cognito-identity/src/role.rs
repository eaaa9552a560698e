//! Which role an identity gets in the enhanced flow (identity-pools: role-based access control).

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::{Map, Value as Json};

use crate::error::Error;
use crate::login::Login;
use crate::pool::{
    AmbiguousRoleResolution, MappingRule, MappingType, MatchType, Pool, RoleMapping,
};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Chooses the role; notes the choice.
pub(crate) fn choose(
    cx: &mut Cx<'_>,
    pool: &Pool,
    logins: &[Login],
    custom: Option<&str>,
) -> Result<String, Stop> {
    let Some(login) = logins.first() else { return default(cx, pool, "unauthenticated") };
    match pool.role_mappings.get(&login.mapping) {
        None if custom.is_some() => {
            Err(Error::Parameter("CustomRoleArn can only be used with a role mapping.".to_owned())
                .into())
        }
        None => default(cx, pool, "authenticated"),
        Some(mapping) => mapped(cx, pool, mapping, login, custom),
    }
}

fn default(cx: &mut Cx<'_>, pool: &Pool, kind: &str) -> Result<String, Stop> {
    match pool.roles.get(kind) {
        Some(role) => {
            cx.rung(Rung::passed(RungKind::RoleSelection, format!("the pool's {kind} role")));
            Ok(role.clone())
        }
        None => {
            let note = format!("the pool has no {kind} role");
            cx.rung(Rung::refused(RungKind::RoleSelection, note));
            Err(Error::Configuration.into())
        }
    }
}

fn mapped(
    cx: &mut Cx<'_>,
    pool: &Pool,
    mapping: &RoleMapping,
    login: &Login,
    custom: Option<&str>,
) -> Result<String, Stop> {
    let found = match mapping.kind {
        MappingType::Token => by_token(&login.claims, custom),
        MappingType::Rules => by_rules(mapping, &login.claims, custom),
    };
    match found {
        Ok(Some(role)) => {
            let note = match mapping.kind {
                MappingType::Token => "the token names it",
                MappingType::Rules => "the first rule that matches names it",
            };
            cx.rung(Rung::passed(RungKind::RoleSelection, note));
            Ok(role)
        }
        Ok(None)
            if mapping.ambiguous_role_resolution
                == Some(AmbiguousRoleResolution::AuthenticatedRole) =>
        {
            default(cx, pool, "authenticated")
        }
        Ok(None) => {
            cx.rung(Rung::refused(RungKind::RoleSelection, "no single role is clear"));
            Err(Error::RoleAmbiguous.into())
        }
        Err(compare) => {
            let rung = Rung::refused(RungKind::RoleSelection, "the role asked for is not offered");
            cx.rung(rung.comparing(vec![compare]));
            Err(Error::RoleAmbiguous.into())
        }
    }
}

fn by_token(claims: &Map<String, Json>, custom: Option<&str>) -> Result<Option<String>, Compare> {
    let roles = texts(claims.get("cognito:roles"));
    match custom {
        Some(wanted) if roles.iter().any(|r| r == wanted) => Ok(Some(wanted.to_owned())),
        Some(wanted) => Err(Compare { wanted: roles, ..Compare::one("cognito:roles", wanted, "") }),
        None => Ok(texts(claims.get("cognito:preferred_role")).into_iter().next()),
    }
}

fn by_rules(
    mapping: &RoleMapping,
    claims: &Map<String, Json>,
    custom: Option<&str>,
) -> Result<Option<String>, Compare> {
    let rules = mapping.rules_configuration.as_ref().map(|r| r.rules.as_slice());
    let mut rules = rules.unwrap_or_default().iter();
    let found = rules
        .find(|rule| custom.is_none_or(|wanted| rule.role_arn == wanted) && matches(rule, claims));
    match (found, custom) {
        (None, Some(wanted)) => Err(Compare::one("CustomRoleArn", wanted, "")),
        (found, _) => Ok(found.map(|rule| rule.role_arn.clone())),
    }
}

fn matches(rule: &MappingRule, claims: &Map<String, Json>) -> bool {
    let values = texts(claims.get(&rule.claim));
    let value = rule.value.as_str();
    match rule.match_type {
        MatchType::Equals => values.iter().any(|v| v == value),
        MatchType::Contains => values.iter().any(|v| v.contains(value)),
        MatchType::StartsWith => values.iter().any(|v| v.starts_with(value)),
        // A claim that is not there is not compared at all.
        MatchType::NotEqual => !values.is_empty() && values.iter().all(|v| v != value),
    }
}

/// A claim as texts: an array's items, or the one value.
fn texts(claim: Option<&Json>) -> Vec<String> {
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match claim {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(items)) => items.iter().map(text).collect(),
        Some(value) => vec![text(value)],
    }
}
