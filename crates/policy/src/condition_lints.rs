//! Lints about conditions and policy variables that IAM accepts but that are probably mistakes.

use crate::{
    actions::{self, Action},
    condition::Condition,
    date,
    document::{Element, Statement, Version},
    edit_distance::closest_name,
    lints::{Lint, did_you_mean, value_path},
    operator::OperatorKind,
    parse::escaped,
    pattern::Glob,
    template::Template,
    validate::name,
};
use serde_json::Value;
use std::net::IpAddr;

/// The global condition keys, in AWS's spelling.
const GLOBAL_KEYS: [&str; 50] = [
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalTag/*",
    "aws:PrincipalType",
    "aws:Referer",
    "aws:RequestTag/*",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:ResourceTag/*",
    "aws:SecureTransport",
    "aws:SignInSessionArn",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:userid",
    "aws:username",
];

/// Lints about the conditions of a statement.
pub(crate) fn lint_conditions(statement: &Statement, path: &str, source: &Value) -> Vec<Lint> {
    let mut found = Vec::new();
    for one in &statement.conditions {
        let pointer = format!("{path}/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        match unknown_key(&one.key) {
            Some(note) => found.push((pointer.clone(), note)),
            None => {
                found.extend(inapplicable_key(statement, one).map(|note| (pointer.clone(), note)))
            }
        }
        if one.values.is_empty() {
            let holds = if one.operator.negated { "always" } else { "never" };
            found.push((pointer.clone(), format!("a condition without values is {holds} met")));
        }
        for (index, value) in one.values.iter().enumerate() {
            let note = invalid_value(one, value.source());
            found.extend(note.map(|note| (value_path(source, pointer.clone(), index), note)));
        }
    }
    let pairs = statement.conditions.iter().enumerate().flat_map(|(index, one)| {
        statement.conditions.iter().skip(index + 1).map(move |other| (one, other))
    });
    for (_, other) in pairs.filter(|(one, other)| contradict(one, other)) {
        let note = format!(
            "the conditions on {} contradict each other: the statement never matches",
            other.key
        );
        let pointer = format!("{path}/Condition/{}/{}", escaped(&other.name), escaped(&other.key));
        found.push((pointer, note));
    }
    found
}

/// A condition key that does not exist.
fn unknown_key(key: &str) -> Option<String> {
    let (vendor, name) = key.split_once(':')?;
    let global = GLOBAL_KEYS.iter().any(|one| Glob::Text(one.as_bytes()).matches(key, true));
    if vendor.eq_ignore_ascii_case("aws") {
        let near = || did_you_mean(closest_name(key, GLOBAL_KEYS.into_iter()));
        return (!global).then(|| format!("unknown condition key {key}{}", near()));
    }
    let service = actions::service(vendor)?;
    let near = || did_you_mean(closest_name(name, service.keys()));
    (!service.has_key(key))
        .then(|| format!("{} has no condition key {name}{}", service.name, near()))
}

/// A service-specific key that requests for some of the statement's actions never include.
fn inapplicable_key(statement: &Statement, condition: &Condition) -> Option<String> {
    let (vendor, _) = condition.key.split_once(':')?;
    actions::service(vendor)?;
    let element = statement.action.as_ref().filter(|one| !one.not)?;
    let lacks = |pattern: &&Template| {
        let mut covered = actions::matching(pattern.source()).peekable();
        covered.peek().is_some() && !covered.any(|one: Action| one.has_key(&condition.key))
    };
    let lacking: Vec<&str> = element.values.iter().filter(lacks).map(Template::source).collect();
    if lacking.is_empty() {
        return None;
    }
    let (key, names) = (&condition.key, lacking.join(" and "));
    Some(match holds_when_absent(condition) {
        true => format!(
            "requests for {names} never include {key}, and without it this condition is always met"
        ),
        false => {
            format!("requests for {names} never include {key}, so this condition is never met")
        }
    })
}

fn holds_when_absent(condition: &Condition) -> bool {
    let null = condition.operator.kind == OperatorKind::Null;
    let absent = condition.values.iter().any(|one| one.source().eq_ignore_ascii_case("true"));
    let any = condition.name.starts_with("ForAnyValue:");
    condition.name.starts_with("ForAllValues:")
        || condition.name.ends_with("IfExists")
        || (condition.operator.negated && !any)
        || (null && absent)
}

/// A value that the operator can never match, or not in the way it seems intended.
fn invalid_value(condition: &Condition, value: &str) -> Option<String> {
    let variable = value.contains("${");
    let kind = condition.operator.kind;
    if variable && !condition.operator.supports_variables() {
        return Some(format!("{} does not support policy variables", condition.name));
    }
    let wild = value.contains(['*', '?']);
    let (valid, what) = match kind {
        _ if variable => return None,
        OperatorKind::Number(_) => (value.trim().parse::<f64>().is_ok(), "a number"),
        OperatorKind::Date(_) => (date::parse(value).is_some(), "a date"),
        OperatorKind::Bool | OperatorKind::Null => {
            (["true", "false"].contains(&value.to_ascii_lowercase().as_str()), "true or false")
        }
        OperatorKind::Address => (is_network(value), "an IP address or CIDR block"),
        OperatorKind::Arn => {
            (value == "*" || value.split(':').count() >= 6, "an ARN with six fields")
        }
        OperatorKind::Equal | OperatorKind::EqualIgnoringCase if wild => {
            let note = format!(
                "{} matches * and ? literally: use StringLike for wildcards",
                condition.name
            );
            return Some(note);
        }
        _ => return None,
    };
    (!valid).then(|| format!("{value} is not {what}, so it never matches"))
}

fn is_network(text: &str) -> bool {
    let (address, length) = text.split_once('/').unwrap_or((text, "0"));
    match address.parse() {
        Ok(IpAddr::V4(_)) => length.parse::<u32>().is_ok_and(|length| length <= 32),
        Ok(IpAddr::V6(_)) => length.parse::<u32>().is_ok_and(|length| length <= 128),
        Err(_) => false,
    }
}

/// Whether two conditions on the same key can never both be met.
fn contradict(one: &Condition, other: &Condition) -> bool {
    let absent = |a: &Condition, b: &Condition| {
        let null = a.operator.kind == OperatorKind::Null;
        let wants = a.values.iter().all(|one| one.source().eq_ignore_ascii_case("true"));
        null && wants && b.operator.kind != OperatorKind::Null && !holds_when_absent(b)
    };
    let equal = |one: &Condition| one.name == "StringEquals" || one.name == "StringNotEquals";
    let plain = |one: &Condition| !one.values.iter().any(|one| one.source().contains("${"));
    let has = |one: &Condition, value: &Template| one.values.contains(value);
    let clash = equal(one) && equal(other) && plain(one) && plain(other) && {
        let (yes, no) = if one.operator.negated { (other, one) } else { (one, other) };
        !yes.operator.negated
            && no.operator.negated
            && yes.values.iter().all(|value| has(no, value))
    };
    one.lower_key() == other.lower_key() && (absent(one, other) || absent(other, one) || clash)
}

/// Lints about policy variables that are not replaced, or whose key does not exist.
pub(crate) fn lint_variables(
    statement: &Statement,
    path: &str,
    source: &Value,
    version: Version,
) -> Vec<Lint> {
    let mut found = Vec::new();
    if let Some(Element { not, values }) = &statement.resource {
        for (index, value) in values.iter().enumerate() {
            let early = value.source().split(':').take(5).any(|field| field.contains("${"));
            let note = match version {
                _ if !value.source().contains("${") => None,
                Version::V2008 => Some(VARIABLES_NEED_2012.to_owned()),
                Version::V2012 if early => Some(VARIABLE_TOO_EARLY.to_owned()),
                Version::V2012 => unknown_variable(value),
            };
            let element = format!("{path}/{}", name(*not, "Resource"));
            found.extend(note.map(|note| (value_path(source, element, index), note)));
        }
    }
    for one in &statement.conditions {
        let element = format!("{path}/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        for (index, value) in one.values.iter().enumerate() {
            let old = version == Version::V2008 && value.source().contains("${");
            let note =
                if old { Some(VARIABLES_NEED_2012.to_owned()) } else { unknown_variable(value) };
            found.extend(note.map(|note| (value_path(source, element.clone(), index), note)));
        }
    }
    found
}

const VARIABLES_NEED_2012: &str =
    "policy variables require version 2012-10-17: here they are literal text";
const VARIABLE_TOO_EARLY: &str = "a policy variable before the fifth colon is literal text";

fn unknown_variable(value: &Template) -> Option<String> {
    value.variables().find_map(unknown_key)
}
