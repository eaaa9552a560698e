//! The size budgets: what a visitor downloads, compressed as a static host would do it at best.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, bail};

use super::cost;
use crate::program::files_below;

/// A kind of file and how much of it a visitor may download.
struct Budget {
    name: &'static str,
    /// Bytes, compressed.
    limit: usize,
    /// Whether the limit is for all files together or for each.
    applies_to: AppliesTo,
    matches: fn(&str) -> bool,
}

#[derive(PartialEq)]
enum AppliesTo {
    Sum,
    Each,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        name: "page wasm",
        limit: 500_000,
        applies_to: AppliesTo::Sum,
        matches: |name| name.ends_with(".wasm") && name != WORKER,
    },
    Budget {
        name: "broker wasm",
        limit: 1_000_000,
        applies_to: AppliesTo::Sum,
        matches: |name| name == WORKER,
    },
    Budget {
        name: "stylesheets",
        limit: 30_000,
        applies_to: AppliesTo::Sum,
        matches: |name| name.ends_with(".css"),
    },
    Budget {
        name: "scripts",
        limit: 30_000,
        applies_to: AppliesTo::Sum,
        matches: |name| name.ends_with(".js"),
    },
    Budget {
        name: "largest HTML",
        limit: 25_000,
        applies_to: AppliesTo::Each,
        matches: |name| name.ends_with(".html"),
    },
];

const WORKER: &str = "worker_bg.wasm";

/// The budgets by name, in bytes, as JSON for the scripts that compare with them.
pub(crate) fn budgets() -> String {
    let pairs = BUDGETS.iter().map(|budget| (budget.name.to_owned(), budget.limit.into()));
    serde_json::Value::Object(pairs.collect()).to_string()
}

/// Prints the sizes, and what operations and pages cost; fails above a budget. `with_names` holds
/// the two wasm files as they were before the optimizer: the worker's and the page's.
pub(crate) fn check(site: &Path, with_names: [&Path; 2]) -> Result<()> {
    let mut exceeded = Vec::new();
    let mut broker = 0;
    println!("{:<17} {:>10} {:>8}   compressed, bytes", "", "size", "budget");
    for budget in &BUDGETS {
        let files = sizes(site, budget.matches)?;
        if files.is_empty() {
            bail!("no file of the site matches the budget \"{}\"", budget.name);
        }
        let lines = match budget.applies_to {
            AppliesTo::Sum => {
                vec![(budget.name.to_owned(), files.iter().map(|(_, size)| size).sum())]
            }
            AppliesTo::Each => files,
        };
        for (name, size) in lines {
            let limit = budget.limit;
            let verdict = if size > limit { "   too large" } else { "" };
            println!("{name:<17} {size:>10} {limit:>8}{verdict}");
            if budget.name == "broker wasm" {
                broker = size;
            }
            if size > limit {
                exceeded.push(name);
            }
        }
    }
    let [worker, page] = with_names;
    cost::print_operations(worker, broker)?;
    cost::print_pages(page)?;
    if !exceeded.is_empty() {
        bail!("over the size budget: {}", exceeded.join(", "));
    }
    Ok(())
}

/// The files of one kind, each with its compressed size.
fn sizes(site: &Path, matches: fn(&str) -> bool) -> Result<Vec<(String, usize)>> {
    let mut found = Vec::new();
    for file in files_below(site) {
        let name = file.strip_prefix(site)?.to_string_lossy().replace('\\', "/");
        if matches(&name) {
            found.push((name, compressed(&fs::read(&file)?)?));
        }
    }
    Ok(found)
}

/// The size at brotli's best.
fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    brotli::CompressorReader::new(bytes, 64 * 1024, 11, 24).read_to_end(&mut packed)?;
    Ok(packed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_counts_once() {
        for name in ["page_bg.wasm", WORKER, "a.css", "start.js", "lab/index.html"] {
            assert_eq!(BUDGETS.iter().filter(|budget| (budget.matches)(name)).count(), 1, "{name}");
        }
    }

    #[test]
    fn repetition_compresses() {
        assert!(compressed(&[7; 10_000]).unwrap() < 100);
    }
}
