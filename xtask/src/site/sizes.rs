//! The size budget: what a visitor downloads, compressed as a static host would do it at best.

use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, bail};

use crate::program::files_below;

/// A kind of file, how much of it a visitor may download, and whether all of them count together.
struct Budget {
    name: &'static str,
    limit: usize,
    sum: bool,
    has: fn(&str) -> bool,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        name: "page wasm",
        limit: 350_000,
        sum: true,
        has: |name| name.ends_with(".wasm") && name != WORKER,
    },
    Budget { name: "broker wasm", limit: 660_000, sum: true, has: |name| name == WORKER },
    Budget { name: "stylesheets", limit: 25_000, sum: true, has: |name| name.ends_with(".css") },
    Budget { name: "scripts", limit: 30_000, sum: true, has: |name| name.ends_with(".js") },
    Budget { name: "largest HTML", limit: 25_000, sum: false, has: |name| name.ends_with(".html") },
];

const WORKER: &str = "worker_bg.wasm";

/// The budgets by name, in bytes, as JSON for the scripts that compare with them.
pub(crate) fn budgets() -> String {
    let pairs = BUDGETS.iter().map(|budget| (budget.name.to_owned(), budget.limit.into()));
    serde_json::Value::Object(pairs.collect()).to_string()
}

/// Prints the sizes and fails above the budget.
pub(crate) fn check(site: &Path) -> Result<()> {
    let mut over = Vec::new();
    println!("{:<14} {:>9} {:>9}   compressed, bytes", "", "size", "budget");
    for Budget { name, limit, sum, has } in &BUDGETS {
        let mut sizes = Vec::new();
        for file in files_below(site) {
            let inner = file.strip_prefix(site)?.to_string_lossy().into_owned();
            if has(&inner) {
                sizes.push(compressed(&fs::read(&file)?)?);
            }
        }
        if sizes.is_empty() {
            bail!("the site has no {name}");
        }
        let size = if *sum { sizes.iter().sum() } else { sizes.into_iter().max().unwrap_or(0) };
        println!(
            "{name:<14} {size:>9} {limit:>9}{}",
            if size > *limit { "   too large" } else { "" }
        );
        if size > *limit {
            over.push(*name);
        }
    }
    if !over.is_empty() {
        bail!("above the size budget: {}", over.join(", "));
    }
    Ok(())
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
            assert_eq!(BUDGETS.iter().filter(|budget| (budget.has)(name)).count(), 1, "{name}");
        }
    }

    #[test]
    fn repetition_compresses() {
        assert!(compressed(&[7; 10_000]).unwrap() < 100);
    }
}
