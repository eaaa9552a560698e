//! `docs/coverage.md`: every operation of the simulated services, and whether the broker has it.
//!
//! The names come from AWS's own models as botocore ships them (`docs/operations.json`, read again
//! by `--refresh`); what is implemented comes from the broker's own lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::program::{cargo, output, program, root};
use crate::tools;

/// The services, with their full names, in the order of the page.
pub(crate) const SERVICES: [(&str, &str); 9] = [
    ("cognito-idp", "Amazon Cognito user pools"),
    ("cognito-identity", "Amazon Cognito identity pools"),
    ("cognito-sync", "Amazon Cognito Sync"),
    ("sts", "AWS Security Token Service"),
    ("iam", "AWS Identity and Access Management"),
    ("s3", "Amazon S3"),
    ("dynamodb", "Amazon DynamoDB"),
    ("sns", "Amazon SNS"),
    ("ec2", "Amazon EC2"),
];

type Operations = BTreeMap<String, Vec<String>>;

/// Writes the page; with `refresh`, the names first.
pub(crate) fn main(refresh: bool) -> Result<()> {
    if refresh {
        let names = serde_json::to_string(&read_models()?)?.replace("],", "],\n");
        fs::write(root().join("docs/operations.json"), names + "\n")?;
        println!("wrote docs/operations.json");
    }
    fs::write(root().join("docs/coverage.md"), generate()?)?;
    println!("wrote docs/coverage.md");
    Ok(())
}

/// How many operations of each service the broker has, as the page says.
pub(crate) fn implemented_counts() -> Result<BTreeMap<String, usize>> {
    let page = fs::read_to_string(root().join("docs/coverage.md"))?;
    let row = |line: &str| {
        let mut cells = line.split(" | ").skip(1);
        let service = cells.next()?.trim_matches('`').to_owned();
        Some((service, cells.next()?.parse().ok()?))
    };
    Ok(page.lines().filter_map(row).collect())
}

/// Fails when the page is not what would be written now.
pub(crate) fn check() -> Result<()> {
    let written = fs::read_to_string(root().join("docs/coverage.md")).unwrap_or_default();
    if written.replace("\r\n", "\n") != generate()? {
        bail!("docs/coverage.md is out of date: run `cargo xtask coverage`");
    }
    Ok(())
}

fn generate() -> Result<String> {
    let modeled = fs::read_to_string(root().join("docs/operations.json"))
        .context("cannot read docs/operations.json; `cargo xtask coverage --refresh` writes it")?;
    let mut example = cargo("run --quiet --package cognitab-broker --example operations");
    let implemented = output(&mut example)?;
    page(&serde_json::from_str(&modeled)?, &serde_json::from_str(&implemented)?)
}

/// The operations of each service in botocore's models.
fn read_models() -> Result<Operations> {
    let python = tools::python(&root().join("tests/endpoint/requirements.txt"))?;
    let services = SERVICES.map(|(name, _)| name).join(" ");
    let script = "import sys, json, botocore.session as b; s = b.get_session(); \
        print(json.dumps({n: sorted(s.get_service_model(n).operation_names) \
        for n in sys.argv[1].split()}))";
    Ok(serde_json::from_str(&output(program(python).args(["-c", script, &services]))?)?)
}

fn page(modeled: &Operations, implemented: &Operations) -> Result<String> {
    let mut summary = String::new();
    let mut sections = String::new();
    for (service, title) in SERVICES {
        let all = modeled
            .get(service)
            .with_context(|| format!("docs/operations.json has no service {service}"))?;
        let ours: BTreeSet<&String> = implemented.get(service).into_iter().flatten().collect();
        if let Some(unknown) = ours.iter().find(|name| !all.contains(name)) {
            bail!("{service} has no operation {unknown}");
        }
        let (present, missing): (Vec<&String>, Vec<&String>) =
            all.iter().partition(|name| ours.contains(name));
        writeln!(summary, "| {title} | `{service}` | {} | {} |", present.len(), all.len())?;
        write!(sections, "\n## {title}\n\n{}", operation_list("Implemented", &present))?;
        if !missing.is_empty() {
            write!(sections, "\n{}", operation_list("Not implemented", &missing))?;
        }
    }
    Ok(format!(
        "# Coverage\n\nThe operations in AWS's service models, and which of them Cognitab implements. \
         Written by `cargo xtask coverage`.\n\n| Service | | Implemented | In the model |\n\
         |---|---|---|---|\n{summary}{sections}"
    ))
}

fn operation_list(title: &str, list: &[&String]) -> String {
    let quoted: Vec<String> = list.iter().map(|name| format!("`{name}`")).collect();
    match quoted.is_empty() {
        true => format!("{title}: none.\n"),
        false => format!("{title} ({}): {}\n", quoted.len(), quoted.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations(of: &str, names: &[&str]) -> Operations {
        let mut all: Operations =
            SERVICES.map(|(service, _)| (service.to_owned(), Vec::new())).into();
        all.insert(of.to_owned(), names.iter().map(|&name| name.to_owned()).collect());
        all
    }

    #[test]
    fn both_lists_are_written() {
        let modeled = operations("sts", &["AssumeRole", "GetCallerIdentity"]);
        let page = page(&modeled, &operations("sts", &["AssumeRole"])).unwrap();
        assert!(page.contains("| `sts` | 1 | 2 |"));
        assert!(page.contains("Not implemented (1): `GetCallerIdentity`"));
    }

    #[test]
    fn an_operation_outside_the_model_is_refused() {
        let unknown = operations("sts", &["AssumeEverything"]);
        assert!(page(&operations("sts", &[]), &unknown).is_err());
    }
}
