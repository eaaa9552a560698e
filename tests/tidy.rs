//! Rules of the project that the compiler cannot check. Each failure names the file and the line.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

const EXCLUDED: [&str; 6] = [".git", ".venv", "target", "dist", "node_modules", "__pycache__"];
const TEXT_EXTENSIONS: [&str; 13] =
    ["rs", "toml", "md", "js", "mjs", "css", "html", "svg", "json", "py", "txt", "sh", "run"];

const TOKENS: &str = "static/css/tokens.css";
const MANAGED_LOGIN: &str = "crates/kernel/src/web/page.css";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of the project except this one: its path from the root, and its text.
fn texts() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut pending = vec![root().to_owned()];
    while let Some(dir) = pending.pop() {
        for path in fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !EXCLUDED.contains(&name.as_str()) {
                    pending.push(path);
                }
            } else if is_text(&path, &name) && !path.ends_with("tests/tidy.rs") {
                let relative =
                    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                files.push((relative, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn is_text(path: &Path, name: &str) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    name != "package-lock.json" && (TEXT_EXTENSIONS.contains(&&*extension) || name == "run")
}

/// Every line that breaks a rule, in the files that the rule applies to.
fn violations(applies_to: impl Fn(&str) -> bool, breaks: impl Fn(&str) -> bool) -> Vec<String> {
    let mut violations = Vec::new();
    for (path, text) in texts().iter().filter(|(path, _)| applies_to(path)) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| breaks(line)) {
            violations.push(format!("{path}:{}: {}", number + 1, line.trim()));
        }
    }
    violations
}

fn assert_none(rule: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{rule}\n{}", violations.join("\n"));
}

fn has_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

/// A `#` and three, four, six or eight hexadecimal digits, in the position of a value.
fn has_hex_color(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let is_value = line[..at].trim_end().ends_with([':', ',', '(', '"', '\'']);
        let digit_count = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        let end = line[at + 1 + digit_count..].chars().next();
        let ends = end.is_none_or(|next| !next.is_alphanumeric() && next != '-');
        is_value && ends && matches!(digit_count, 3 | 4 | 6 | 8)
    })
}

#[test]
fn colors_are_defined_in_one_file() {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch("];
    let found = violations(
        |path| path.ends_with(".css") && path != TOKENS && path != MANAGED_LOGIN,
        |line| has_hex_color(line) || has_any(line, &functions),
    );
    assert_none("a color literal outside static/css/tokens.css", &found);
    // The managed login pages have a stylesheet of their own: it defines colors as custom properties.
    let found = violations(
        |path| path == MANAGED_LOGIN,
        |line| has_hex_color(line) && !line.contains("--"),
    );
    assert_none("a color literal outside a custom property", &found);
}

#[test]
fn the_page_styles_by_class_and_token() {
    let found = violations(
        |path| path.starts_with("src/") || path == "index.html",
        |line| line.contains("style=") && (has_hex_color(line) || line.contains("rgb(")),
    );
    assert_none("a color literal in the page", &found);
}

#[test]
fn no_file_contains_a_local_path_or_a_registry_host() {
    let prefixes = ["/root/", "/home/", "/work/", "/tmp/", "C:\\Users"];
    let starts_path =
        |before: &str| before.is_empty() || before.ends_with([' ', '"', '\'', '`', '=', '(']);
    let has_path = |line: &str| {
        prefixes
            .iter()
            .any(|prefix| line.match_indices(prefix).any(|(at, _)| starts_path(&line[..at])))
    };
    let hosts = ["registry.npmjs.org", "index.crates.io", "static.crates.io", "files.pythonhosted"];
    let found = violations(|_| true, |line| has_path(line) || has_any(line, &hosts));
    assert_none("a path of a local machine, or a registry host", &found);
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "package-lock.json contains registry URLs");
}

#[test]
fn there_are_no_todo_comments() {
    let words = ["TODO", "FIXME", "XXX:", "todo!(", "unimplemented!("];
    let code = |path: &str| !path.ends_with(".md") && !path.ends_with(".json");
    let found = violations(code, |line| has_any(line, &words) && !line.contains("todo = "));
    assert_none("unfinished work", &found);
}

#[test]
fn no_test_is_skipped() {
    let rust = violations(|path| path.ends_with(".rs"), |line| line.trim().starts_with("#[ignore"));
    let words = [".only(", ".skip(", "{ skip:", "{ only:", " xit(", " fit("];
    let script = violations(
        |path| path.starts_with("tests/") && path.ends_with(".mjs"),
        |line| has_any(line, &words),
    );
    let python = violations(
        |path| path.starts_with("tests/") && path.ends_with(".py"),
        |line| has_any(line, &["mark.skip", "pytest.skip", "mark.xfail"]),
    );
    assert_none("a skipped test", &[rust, script, python].concat());
}

#[test]
fn each_crate_has_documentation() {
    let mut crate_files = vec![root().join("src/lib.rs"), root().join("xtask/src/main.rs")];
    for folder in ["crates", "crates/services"] {
        let crates = fs::read_dir(root().join(folder)).unwrap();
        crate_files.extend(crates.map(|entry| entry.unwrap().path().join("src/lib.rs")));
    }
    let undocumented: Vec<PathBuf> = crate_files
        .into_iter()
        .filter(|crate_file| crate_file.is_file())
        .filter(|crate_file| {
            let text = fs::read_to_string(crate_file).unwrap();
            text.lines().take_while(|line| line.starts_with("//!")).count() < 2
        })
        .collect();
    assert!(
        undocumented.is_empty(),
        "a crate's documentation is shorter than two lines: {undocumented:?}"
    );
}

#[test]
fn no_file_is_loaded_from_another_host() {
    let links = ["src=\"http", "src=\"//", "url(http", "url(\"http", "url('http", "@import"];
    let found = violations(
        |path| [".css", ".html", ".svg"].iter().any(|kind| path.ends_with(kind)),
        |line| has_any(line, &links) || (line.contains("<link") && line.contains("href=\"http")),
    );
    assert_none("a file from another host", &found);
}

#[test]
fn the_wasm_bindgen_cli_has_the_version_of_the_crate() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let versions = fs::read_to_string(root().join("xtask/src/versions.rs")).unwrap();
    let version_after = |text: &str, before: &str| {
        let (_, rest) = text.split_once(before).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(
        version_after(&manifest, "wasm-bindgen = \"="),
        version_after(&versions, "WASM_BINDGEN: &str = \"")
    );
}

#[test]
fn color_literals_are_distinguished_from_ids() {
    assert!(has_hex_color("color: #fff;") && has_hex_color("fill=\"#a1b2c3\""));
    assert!(!has_hex_color("a { background: url(#clip-path) }") && !has_hex_color("#add-user {"));
}

/// The kernel does not depend on any service.
#[test]
fn the_kernel_does_not_name_a_service() {
    let names = ["cognito", "dynamo", "s3", "iam", "sts", "sns", "ec2"];
    let is_named = |line: &str| {
        let line = line.to_lowercase();
        let words = line.split(|c: char| !c.is_alphanumeric());
        words.into_iter().any(|word| names.contains(&word))
    };
    // IAM also denotes policies in general: the uppercase name is allowed, identifiers are not.
    let code = |line: &str| is_named(&line.replace("IAM", ""));
    let found = violations(
        |path| path.starts_with("crates/kernel/") && path.ends_with(".rs"),
        |line| code(line) && !line.contains("docs.aws.amazon.com"),
    );
    assert_none("the kernel names a service", &found);
}

/// The tests of an operation are in `crates/broker/tests/it`, in the module of its service.
#[test]
fn every_operation_is_named_in_a_test() {
    let texts = texts();
    let tests = |path: &str| path.starts_with("crates/broker/tests/it/");
    let tests: String = texts.iter().filter(|(p, _)| tests(p)).map(|(_, t)| t.as_str()).collect();
    let tests = tests.to_lowercase();
    let mut untested = Vec::new();
    let services = |path: &str| path.starts_with("crates/services/") && path.ends_with(".rs");
    for (path, text) in texts.iter().filter(|(path, _)| services(path)) {
        for (_, row) in
            text.match_indices("entry::<").map(|(at, start)| text[at..].split_at(start.len()))
        {
            let name = row.split('>').next().and_then(|type_| type_.rsplit("::").next()).unwrap();
            if !tests.contains(&name.to_lowercase()) {
                untested.push(format!("{path}: {name}"));
            }
        }
    }
    assert_none("an operation without a test", &untested);
}
