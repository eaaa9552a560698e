//! `cargo xtask bench`: compares the broker with its peers in one run, as ratios in one table.
//!
//! Each `bench/*.bench.mjs` measures one kind of work and prints, as its only lines that begin with
//! `{`, rows `{"work", "ours", "beside", "theirs", "ratio", "atLeast"}`: two measured texts with
//! their units, the name of the peer, how many times better ours is, and the aim.
//!
//! Another checkout of Cognitab can be one of the peers: what a change costs or saves is then read
//! off the same table.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::program::{files_below, output, program, root, run};
use crate::site::{self, Mode, sizes};
use crate::{endpoint, tools};

const COLUMNS: [(&str, &str); 6] = [
    ("work", "work"),
    ("ours", "ours"),
    ("beside", "beside"),
    ("theirs", "theirs"),
    ("ratio", "ratio"),
    ("atLeast", "at least"),
];

/// Builds the site and the endpoint, here and in the checkout `beside`, installs their peers, runs
/// every script, prints the table.
pub(crate) fn main(beside: Option<&Path>) -> Result<()> {
    let folder = root().join("bench");
    let mut scripts = files_below(&folder);
    scripts.retain(|path| path.to_string_lossy().ends_with(".bench.mjs"));
    scripts.retain(|path| !path.components().any(|part| part.as_os_str() == "node_modules"));
    if scripts.is_empty() {
        bail!("there are no *.bench.mjs files in bench");
    }
    site::build(Mode::Release)?;
    let endpoint = endpoint::build()?;
    let beside = beside.map(build_checkout).transpose()?;
    tools::npm_packages(&folder)?;
    let python = tools::python(&folder.join("requirements.txt"))?;
    let browser = tools::browser()?;
    let mut rows = Vec::new();
    for script in scripts {
        println!("measuring {}", script.file_stem().unwrap_or_default().display());
        let mut node = program(tools::node()?);
        node.arg(&script).env("COGNITAB_ENDPOINT", &endpoint).env("CHROMIUM", &browser);
        node.env("PYTHON", &python).env("WASM_BINDGEN", tools::wasm_bindgen()?);
        node.env("BUDGETS", sizes::budgets());
        if let Some(checkout) = &beside {
            node.env("BESIDE", checkout);
        }
        let printed = output(&mut node)?;
        rows.extend(printed.lines().filter(|line| line.starts_with('{')).map(str::to_owned));
    }
    print!("{}", table(&rows)?);
    Ok(())
}

/// Builds the site and the endpoint of another checkout with its own commands; its root.
fn build_checkout(dir: &Path) -> Result<PathBuf> {
    let dir = std::path::absolute(dir)?;
    println!("building {}", dir.display());
    for arguments in ["xtask build", "build --profile native --package cognitab-endpoint"] {
        let mut cargo = program("cargo");
        // What cargo told this program is about this checkout.
        cargo.current_dir(&dir).env_remove("CARGO_MANIFEST_DIR").env("CARGO_TARGET_DIR", "target");
        run(cargo.args(arguments.split_whitespace()))
            .with_context(|| format!("cannot build the checkout in {}", dir.display()))?;
    }
    Ok(dir)
}

/// The rows as a table whose columns are as wide as they need to be.
fn table(rows: &[String]) -> Result<String> {
    let mut cells = vec![COLUMNS.map(|(_, title)| title.to_owned())];
    for row in rows {
        let row: Value = serde_json::from_str(row)?;
        cells.push(COLUMNS.map(|(key, _)| text(row.get(key))));
    }
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| {
            let lengths = cells.iter().filter_map(|row| row.get(column));
            lengths.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let line = |row: &[String; 6]| {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    Ok(cells.iter().map(line).collect())
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "–".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => match number.as_f64() {
            Some(number) if number.fract() != 0.0 => format!("{number:.2}"),
            _ => number.to_string(),
        },
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let row = r#"{"work":"sign-in","ours":"1,000/s","beside":"moto","theirs":"200/s","ratio":5.0,"atLeast":3}"#;
        let table = table(&[row.to_owned()]).unwrap();
        let (head, body) = table.split_once('\n').unwrap();
        assert_eq!(head.find("beside"), body.find("moto"));
        assert!(table.contains("5.0") && table.ends_with("3\n"));
    }
}
