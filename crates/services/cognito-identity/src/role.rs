//! Selection of the role in the enhanced flow: default roles and role mappings.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html>

use cognitab_policy::ladder::{Compare, Rung, RungKind};
use serde_json::{Map, Value as Json};

use crate::error::Error;
use crate::login::Login;
use crate::pool::{
    AmbiguousRoleResolutionType, MappingRule, MappingRuleMatchType, Pool, RoleMapping,
    RoleMappingType,
};
use crate::shapes::ArnString;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Selects the role of an identity with these logins.
pub(crate) fn select(
    cx: &mut Cx<'_>,
    pool: &Pool,
    logins: &[Login],
    custom: Option<&ArnString>,
) -> Result<String, Stop> {
    let Some(login) = logins.first() else { return default_role(cx, pool, "unauthenticated") };
    match pool.role_mappings.get(login.role_mapping.as_str()) {
        None if custom.is_some() => Err(Error::InvalidParameter(
            "CustomRoleArn can only be used with a role mapping.".to_owned(),
        )
        .into()),
        None => default_role(cx, pool, "authenticated"),
        Some(mapping) => mapped_role(cx, pool, mapping, login, custom),
    }
}

fn default_role(cx: &mut Cx<'_>, pool: &Pool, kind: &str) -> Result<String, Stop> {
    match pool.roles.get(kind) {
        Some(role) => {
            cx.rung(Rung::passed(
                RungKind::RoleSelection,
                format!("the default role for {kind} identities"),
            ));
            Ok(role.to_string())
        }
        None => {
            let note = format!("the identity pool has no default role for {kind} identities");
            cx.rung(Rung::refused(RungKind::RoleSelection, note));
            Err(Error::InvalidConfiguration.into())
        }
    }
}

fn mapped_role(
    cx: &mut Cx<'_>,
    pool: &Pool,
    mapping: &RoleMapping,
    login: &Login,
    custom: Option<&ArnString>,
) -> Result<String, Stop> {
    let selected = match mapping.kind {
        RoleMappingType::Token => role_of_token(&login.claims, custom),
        RoleMappingType::Rules => role_of_rules(mapping, &login.claims, custom),
    };
    match selected {
        Ok(Some(role)) => {
            let note = match mapping.kind {
                RoleMappingType::Token => "the token selects the role",
                RoleMappingType::Rules => "the first matching rule selects the role",
            };
            cx.rung(Rung::passed(RungKind::RoleSelection, note));
            Ok(role)
        }
        Ok(None)
            if mapping.ambiguous_role_resolution
                == Some(AmbiguousRoleResolutionType::AuthenticatedRole) =>
        {
            default_role(cx, pool, "authenticated")
        }
        Ok(None) => {
            cx.rung(Rung::refused(
                RungKind::RoleSelection,
                match mapping.kind {
                    RoleMappingType::Token => "the token does not select a role",
                    RoleMappingType::Rules => "no rule matches the token",
                },
            ));
            Err(Error::AmbiguousRole.into())
        }
        Err(compare) => {
            let rung = Rung::refused(
                RungKind::RoleSelection,
                "CustomRoleArn is not one of the mapped roles",
            );
            cx.rung(rung.comparing(vec![compare]));
            Err(Error::AmbiguousRole.into())
        }
    }
}

fn role_of_token(
    claims: &Map<String, Json>,
    custom: Option<&ArnString>,
) -> Result<Option<String>, Compare> {
    let roles = texts(claims.get("cognito:roles"));
    match custom {
        Some(custom) if roles.iter().any(|role| *custom == **role) => Ok(Some(custom.to_string())),
        Some(custom) => Err(Compare { wanted: roles, ..Compare::one("cognito:roles", custom, "") }),
        None => Ok(texts(claims.get("cognito:preferred_role")).into_iter().next()),
    }
}

fn role_of_rules(
    mapping: &RoleMapping,
    claims: &Map<String, Json>,
    custom: Option<&ArnString>,
) -> Result<Option<String>, Compare> {
    let rules = mapping.rules_configuration.as_ref().map(|r| r.rules.as_slice());
    let mut rules = rules.unwrap_or_default().iter();
    let rule = rules
        .find(|rule| custom.is_none_or(|custom| rule.role_arn == *custom) && matches(rule, claims));
    match (rule, custom) {
        (None, Some(custom)) => Err(Compare::one("CustomRoleArn", custom, "")),
        (rule, _) => Ok(rule.map(|rule| rule.role_arn.to_string())),
    }
}

fn matches(rule: &MappingRule, claims: &Map<String, Json>) -> bool {
    let values = texts(claims.get(rule.claim.as_str()));
    let value = rule.value.as_str();
    match rule.match_type {
        MappingRuleMatchType::Equals => values.iter().any(|v| v == value),
        MappingRuleMatchType::Contains => values.iter().any(|v| v.contains(value)),
        MappingRuleMatchType::StartsWith => values.iter().any(|v| v.starts_with(value)),
        // An absent claim does not match.
        MappingRuleMatchType::NotEqual => !values.is_empty() && values.iter().all(|v| v != value),
    }
}

/// The values of a claim: the items of an array, or its one value.
fn texts(claim: Option<&Json>) -> Vec<String> {
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match claim {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(items)) => items.iter().map(text).collect(),
        Some(value) => vec![text(value)],
    }
}
