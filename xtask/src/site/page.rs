//! The page: `index.html`, its stylesheets, and the wasm with its JavaScript.
//!
//! Trunk builds the released page. A debug page is a dozen files copied and two tags written, with
//! the patterns that trunk is configured with; trunk would take minutes to install for it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::html::{self, attribute, tag_at};
use super::wasm::{self, QUICK};
use super::{copy, remove};
use crate::program::{cargo, program, root, run};
use crate::tools;

/// Lets trunk build the page.
pub(crate) fn release(out: &Path) -> Result<()> {
    // Trunk is told to stay offline, so that it downloads no tool; then cargo stays offline too.
    run(&mut cargo("fetch --target wasm32-unknown-unknown"))?;
    let bindgen = tools::wasm_bindgen()?;
    let mut trunk = program(tools::trunk()?);
    trunk.args(["build", "--release", "--offline", "--skip-version-check", "--quiet"]);
    trunk.arg("--dist").arg(out).env("PATH", tools::path(bindgen)?);
    // Trunk takes this variable for a switch and stops at the value that others set.
    run(trunk.env_remove("NO_COLOR"))?;
    html::complete(out)
}

/// Writes an HTML file for each route.
pub(crate) fn prerender(page: &Path) -> Result<()> {
    let mut prerender = cargo("run --package cognitab --features ssr --bin prerender");
    prerender.args(["--profile", QUICK, "--"]);
    run(prerender.arg(page.join("index.html")).arg(page))
}

/// Writes the page of a debug build, whose wasm is compiled already. No route is rendered to HTML:
/// the page draws all of them in the browser.
pub(crate) fn debug(out: &Path, bound: &Path) -> Result<()> {
    remove(out)?;
    wasm::PAGE.bind(QUICK, bound)?;
    copy(bound, out)?;
    let source = fs::read_to_string(root().join("index.html"))?;
    fs::write(out.join("index.html"), resolve_trunk_links(&source, out)?)?;
    html::complete(out)?;
    fs::copy(out.join("index.html"), out.join("404.html"))?;
    Ok(())
}

/// Does what trunk does with the links that are marked for it.
fn resolve_trunk_links(source: &str, out: &Path) -> Result<String> {
    let config = fs::read_to_string(root().join("Trunk.toml"))?;
    let pattern = |name: &str| -> Result<String> {
        let pattern = config
            .split_once(&format!("\n{name} = '"))
            .and_then(|(_, rest)| rest.split_once('\'').map(|(pattern, _)| pattern));
        let pattern = pattern.with_context(|| format!("Trunk.toml has no {name}"))?;
        let (js, wasm) = wasm::PAGE.outputs();
        Ok(pattern.replace("{base}", "./").replace("{js}", &js).replace("{wasm}", &wasm))
    };
    let mut html = source.to_owned();
    while let Some(tag) = tag_at(&html.clone(), "<link data-trunk ", ">") {
        let replacement = match (attribute(tag, "rel"), attribute(tag, "href")) {
            (Some("css"), Some(href)) => {
                let file = out.join(href);
                fs::create_dir_all(file.parent().unwrap_or(out))?;
                fs::copy(root().join(href), file)?;
                format!("<link rel=\"stylesheet\" href=\"./{href}\">")
            }
            (Some("rust"), _) => pattern("pattern_script")?,
            _ => bail!("debug builds do not support the trunk tag `{tag}`"),
        };
        html = html.replace(tag, &replacement);
    }
    Ok(html.replace("</head>", &(pattern("pattern_preload")? + "</head>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_for_trunk_are_resolved() {
        let out = crate::program::target_dir().join("site/tests");
        let source = fs::read_to_string(root().join("index.html")).unwrap();
        let html = resolve_trunk_links(&source, &out).unwrap();
        assert!(!html.contains("data-trunk"));
        assert!(html.contains("src=\"./start.js\" data-glue=\"./page.js\""));
        assert!(html.contains("href=\"./page_bg.wasm\" as=\"fetch\""));
        assert!(out.join("static/css/tokens.css").is_file());
    }
}
