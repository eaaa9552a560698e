//! The house rules that a compiler does not hold. Each failure names the file and the line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

const NOT_OURS: [&str; 6] = [".git", ".venv", "target", "dist", "node_modules", "__pycache__"];
const TEXT: [&str; 13] =
    ["rs", "toml", "md", "js", "mjs", "css", "html", "svg", "json", "py", "txt", "sh", "run"];

const TOKENS: &str = "static/css/tokens.css";
const HOSTED: &str = "crates/kernel/src/web/page.css";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file of ours but this one, as a path from the root and its text.
fn texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().to_owned()];
    while let Some(dir) = open.pop() {
        for path in fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    open.push(path);
                }
            } else if is_text(&path, &name) && !path.ends_with("tests/tidy.rs") {
                let inner = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((inner, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn is_text(path: &Path, name: &str) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    name != "package-lock.json" && (TEXT.contains(&&*extension) || name == "run")
}

/// Every line that breaks the rule, in the files that it is for.
fn breaches(of: impl Fn(&str) -> bool, breaks: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in texts().iter().filter(|(path, _)| of(path)) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| breaks(line)) {
            found.push(format!("{path}:{}: {}", number + 1, line.trim()));
        }
    }
    found
}

fn assert_none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

fn has_any(line: &str, words: &[&str]) -> bool {
    words.iter().any(|word| line.contains(word))
}

/// A `#` and three, four, six or eight hexadecimal digits, where a value may stand.
fn has_hex_colour(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let before = line[..at].trim_end().ends_with([':', ',', '(', '"', '\'']);
        let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        let end = line[at + 1 + digits..].chars().next();
        let whole = end.is_none_or(|next| !next.is_alphanumeric() && next != '-');
        before && whole && matches!(digits, 3 | 4 | 6 | 8)
    })
}

#[test]
fn colours_are_defined_in_one_file() {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch("];
    let found = breaches(
        |path| path.ends_with(".css") && path != TOKENS && path != HOSTED,
        |line| has_hex_colour(line) || has_any(line, &functions),
    );
    assert_none("a colour literal outside static/css/tokens.css", &found);
    // The hosted pages stand alone, as the real ones do: their roles are at the head of their sheet.
    let found =
        breaches(|path| path == HOSTED, |line| has_hex_colour(line) && !line.contains("--"));
    assert_none("a colour literal that is no role", &found);
}

#[test]
fn the_page_styles_by_class_and_token() {
    let found = breaches(
        |path| path.starts_with("src/") || path == "index.html",
        |line| line.contains("style=") && (has_hex_colour(line) || line.contains("rgb(")),
    );
    assert_none("a colour literal in the page", &found);
}

#[test]
fn no_machine_is_named() {
    let places = ["/root/", "/home/", "/work/", "/tmp/", "C:\\Users"];
    let begins =
        |before: &str| before.is_empty() || before.ends_with([' ', '"', '\'', '`', '=', '(']);
    let is_place = |line: &str| {
        places.iter().any(|place| line.match_indices(place).any(|(at, _)| begins(&line[..at])))
    };
    let hosts = ["registry.npmjs.org", "index.crates.io", "static.crates.io", "files.pythonhosted"];
    let found = breaches(|_| true, |line| is_place(line) || has_any(line, &hosts));
    assert_none("a path of one machine, or a registry's host", &found);
    let lock = fs::read_to_string(root().join("package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "package-lock.json names a registry");
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TODO", "FIXME", "XXX:", "todo!(", "unimplemented!("];
    let code = |path: &str| !path.ends_with(".md") && !path.ends_with(".json");
    let found = breaches(code, |line| has_any(line, &words) && !line.contains("todo = "));
    assert_none("work left for later", &found);
}

#[test]
fn no_test_is_switched_off() {
    let rust = breaches(|path| path.ends_with(".rs"), |line| line.trim().starts_with("#[ignore"));
    let words = [".only(", ".skip(", "{ skip:", "{ only:", " xit(", " fit("];
    let script = breaches(
        |path| path.starts_with("tests/") && path.ends_with(".mjs"),
        |line| has_any(line, &words),
    );
    let python = breaches(
        |path| path.starts_with("tests/") && path.ends_with(".py"),
        |line| has_any(line, &["mark.skip", "pytest.skip", "mark.xfail"]),
    );
    assert_none("a test is switched off", &[rust, script, python].concat());
}

#[test]
fn each_crate_says_what_it_holds() {
    let mut heads = vec![root().join("src/lib.rs"), root().join("xtask/src/main.rs")];
    for folder in ["crates", "crates/services"] {
        let crates = fs::read_dir(root().join(folder)).unwrap();
        heads.extend(crates.map(|entry| entry.unwrap().path().join("src/lib.rs")));
    }
    let silent: Vec<PathBuf> = heads
        .into_iter()
        .filter(|head| head.is_file())
        .filter(|head| {
            let text = fs::read_to_string(head).unwrap();
            text.lines().take_while(|line| line.starts_with("//!")).count() < 2
        })
        .collect();
    assert!(
        silent.is_empty(),
        "a crate does not say what it holds, may touch, never does: {silent:?}"
    );
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let links = ["src=\"http", "src=\"//", "url(http", "url(\"http", "url('http", "@import"];
    let found = breaches(
        |path| [".css", ".html", ".svg"].iter().any(|kind| path.ends_with(kind)),
        |line| has_any(line, &links) || (line.contains("<link") && line.contains("href=\"http")),
    );
    assert_none("a file of another host", &found);
}

#[test]
fn the_glue_is_made_by_the_version_that_the_code_is_built_with() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let list = fs::read_to_string(root().join("xtask/src/versions.rs")).unwrap();
    let of = |text: &str, before: &str| {
        let (_, rest) = text.split_once(before).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(of(&manifest, "wasm-bindgen = \"="), of(&list, "WASM_BINDGEN: &str = \""));
}

#[test]
fn colours_are_told_from_names() {
    assert!(has_hex_colour("color: #fff;") && has_hex_colour("fill=\"#a1b2c3\""));
    assert!(!has_hex_colour("a { background: url(#clip-path) }") && !has_hex_colour("#add-user {"));
}

/// Whoever reads the kernel needs to know none of the services that stand on it.
#[test]
fn the_kernel_names_no_service() {
    let names = ["cognito", "dynamo", "s3", "iam", "sts", "sns", "ec2"];
    let is_named = |line: &str| {
        let line = line.to_lowercase();
        let words = line.split(|c: char| !c.is_alphanumeric());
        words.into_iter().any(|word| names.contains(&word))
    };
    // IAM is also AWS's word for what its policies are: prose may say it, code may not.
    let code = |line: &str| is_named(&line.replace("IAM", ""));
    let found = breaches(
        |path| path.starts_with("crates/kernel/") && path.ends_with(".rs"),
        |line| code(line) && !line.contains("docs.aws.amazon.com"),
    );
    assert_none("the kernel names a service", &found);
}

/// A test of an operation stands in `crates/broker/tests/it`, in the module of its service.
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
    assert_none("an operation that no test names", &untested);
}
