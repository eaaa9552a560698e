//! What a statement's conditions and variables say that IAM takes and that is probably not meant.

use crate::{
    actions::{self, Action},
    condition::Condition,
    date,
    document::{Element, Statement, Version},
    operator::Test,
    parse::escaped,
    pattern::Glob,
    slip::meant,
    template::Template,
    validate::name,
    warnings::{Warning, did_you_mean, value_path},
};
use serde_json::Value;
use std::net::IpAddr;

/// The keys that a request for any action may hold, in AWS's spelling.
const GLOBAL: [&str; 50] = [
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

/// The warnings about the conditions of one statement.
pub(crate) fn conditions(statement: &Statement, path: &str, source: &Value) -> Vec<Warning> {
    let mut found = Vec::new();
    for one in &statement.conditions {
        let place = format!("{path}/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        match unknown(&one.key) {
            Some(note) => found.push((place.clone(), note)),
            None => found.extend(strangers(statement, one).map(|note| (place.clone(), note))),
        }
        if one.values.is_empty() {
            let holds = if one.operator.not { "always" } else { "never" };
            found.push((place.clone(), format!("without a value the condition {holds} holds")));
        }
        for (index, value) in one.values.iter().enumerate() {
            let note = odd(one, value.source());
            found.extend(note.map(|note| (value_path(source, place.clone(), index), note)));
        }
    }
    let pairs = statement.conditions.iter().enumerate().flat_map(|(index, one)| {
        statement.conditions.iter().skip(index + 1).map(move |other| (one, other))
    });
    for (_, other) in pairs.filter(|(one, other)| exclude(one, other)) {
        let note = format!("{} cannot be both: the statement matches nothing", other.key);
        let place = format!("{path}/Condition/{}/{}", escaped(&other.name), escaped(&other.key));
        found.push((place, note));
    }
    found
}

/// A key that no request has.
fn unknown(key: &str) -> Option<String> {
    let (vendor, name) = key.split_once(':')?;
    let global = GLOBAL.iter().any(|one| Glob::Text(one.as_bytes()).matches(key, true));
    if vendor.eq_ignore_ascii_case("aws") {
        let near = || did_you_mean(meant(key, GLOBAL.into_iter()));
        return (!global).then(|| format!("there is no key {key}{}", near()));
    }
    let service = actions::service(vendor)?;
    let near = || did_you_mean(meant(name, service.keys()));
    (!service.has(key)).then(|| format!("{} has no key {name}{}", service.name, near()))
}

/// The actions of the statement whose requests never hold a key of the service's own.
fn strangers(statement: &Statement, condition: &Condition) -> Option<String> {
    let (vendor, _) = condition.key.split_once(':')?;
    actions::service(vendor)?;
    let element = statement.action.as_ref().filter(|one| !one.not)?;
    let lacks = |pattern: &&Template| {
        let mut covered = actions::named(pattern.source()).peekable();
        covered.peek().is_some() && !covered.any(|one: Action| one.has(&condition.key))
    };
    let lacking: Vec<&str> = element.values.iter().filter(lacks).map(Template::source).collect();
    if lacking.is_empty() {
        return None;
    }
    let (key, names) = (&condition.key, lacking.join(" and "));
    Some(match holds_when_absent(condition) {
        true => format!("a request for {names} never has {key}, and without it this always holds"),
        false => format!("a request for {names} never has {key}, so this never holds for it"),
    })
}

fn holds_when_absent(condition: &Condition) -> bool {
    let null = condition.operator.test == Test::Null;
    let absent = condition.values.iter().any(|one| one.source().eq_ignore_ascii_case("true"));
    let any = condition.name.starts_with("ForAnyValue:");
    condition.name.starts_with("ForAllValues:")
        || condition.name.ends_with("IfExists")
        || (condition.operator.not && !any)
        || (null && absent)
}

/// A value that the operator can never find equal to anything, or not as it seems to be meant.
fn odd(condition: &Condition, value: &str) -> Option<String> {
    let variable = value.contains("${");
    let test = condition.operator.test;
    if variable && !condition.operator.takes_variables() {
        return Some(format!("{} takes no variables", condition.name));
    }
    let wild = value.contains(['*', '?']);
    let (well, what) = match test {
        _ if variable => return None,
        Test::Number(_) => (value.trim().parse::<f64>().is_ok(), "a number"),
        Test::Date(_) => (date::parse(value).is_some(), "a date"),
        Test::Bool | Test::Null => {
            (["true", "false"].contains(&value.to_ascii_lowercase().as_str()), "true or false")
        }
        Test::Address => (is_network(value), "an address or a network"),
        Test::Arn => (value == "*" || value.split(':').count() >= 6, "an ARN of six fields"),
        Test::Equal | Test::EqualIgnoringCase if wild => {
            let note = format!("{} takes * and ? as they are; StringLike does not", condition.name);
            return Some(note);
        }
        _ => return None,
    };
    (!well).then(|| format!("{value} is not {what}, so it never matches"))
}

fn is_network(text: &str) -> bool {
    let (address, length) = text.split_once('/').unwrap_or((text, "0"));
    match address.parse() {
        Ok(IpAddr::V4(_)) => length.parse::<u32>().is_ok_and(|length| length <= 32),
        Ok(IpAddr::V6(_)) => length.parse::<u32>().is_ok_and(|length| length <= 128),
        Err(_) => false,
    }
}

/// Whether two conditions on one key can never hold together.
fn exclude(one: &Condition, other: &Condition) -> bool {
    let absent = |a: &Condition, b: &Condition| {
        let null = a.operator.test == Test::Null;
        let wants = a.values.iter().all(|one| one.source().eq_ignore_ascii_case("true"));
        null && wants && b.operator.test != Test::Null && !holds_when_absent(b)
    };
    let equal = |one: &Condition| one.name == "StringEquals" || one.name == "StringNotEquals";
    let plain = |one: &Condition| !one.values.iter().any(|one| one.source().contains("${"));
    let has = |one: &Condition, value: &Template| one.values.contains(value);
    let clash = equal(one) && equal(other) && plain(one) && plain(other) && {
        let (yes, no) = if one.operator.not { (other, one) } else { (one, other) };
        !yes.operator.not && no.operator.not && yes.values.iter().all(|value| has(no, value))
    };
    one.lower_key() == other.lower_key() && (absent(one, other) || absent(other, one) || clash)
}

/// Variables that stand where they are not read, or that no request fills.
pub(crate) fn variables(
    statement: &Statement,
    path: &str,
    source: &Value,
    version: Version,
) -> Vec<Warning> {
    let mut found = Vec::new();
    if let Some(Element { not, values }) = &statement.resource {
        for (index, value) in values.iter().enumerate() {
            let early = value.source().split(':').take(5).any(|field| field.contains("${"));
            let note = match version {
                _ if !value.source().contains("${") => None,
                Version::V2008 => Some(OLD.to_owned()),
                Version::V2012 if early => Some(EARLY.to_owned()),
                Version::V2012 => no_such(value),
            };
            let element = format!("{path}/{}", name(*not, "Resource"));
            found.extend(note.map(|note| (value_path(source, element, index), note)));
        }
    }
    for one in &statement.conditions {
        let element = format!("{path}/Condition/{}/{}", escaped(&one.name), escaped(&one.key));
        for (index, value) in one.values.iter().enumerate() {
            let old = version == Version::V2008 && value.source().contains("${");
            let note = if old { Some(OLD.to_owned()) } else { no_such(value) };
            found.extend(note.map(|note| (value_path(source, element.clone(), index), note)));
        }
    }
    found
}

const OLD: &str = "variables need the version 2012-10-17; here this is plain text";
const EARLY: &str = "a variable before the fifth colon is plain text";

fn no_such(value: &Template) -> Option<String> {
    value.variables().find_map(unknown)
}
