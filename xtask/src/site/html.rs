//! The HTML files of the site: started by a file instead of an inline script, and with addresses
//! that fit the folder each file lies in.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

use crate::program::files_below;

/// How many folders deep an address may lie for which the host answers with `404.html`.
const DEEPEST: usize = 12;

/// Finishes what trunk wrote: one stylesheet instead of many, and the start script in a file of its
/// own, because the site's content security policy allows no inline script.
pub(crate) fn own_start(page: &Path) -> Result<()> {
    let path = page.join("index.html");
    let html = fs::read_to_string(&path).context("trunk wrote no index.html")?;
    let html = one_stylesheet(page, &without_integrity(&html))?;
    let start = Start::read(&html).context("no start script of trunk's in index.html")?;
    let name = write_named(page, "start", "js", &start.script())?;
    let tag = format!("<script type=\"module\" src=\"./{name}\"></script>");
    Ok(fs::write(path, html.replace(start.tag, &tag))?)
}

/// Joins the page's stylesheets, in their order, into one file: one request instead of a dozen.
fn one_stylesheet(page: &Path, html: &str) -> Result<String> {
    let mut joined = String::new();
    let mut kept = html.to_owned();
    for (tag, href) in links(html).filter(|(tag, _)| tag.contains("rel=\"stylesheet\"")) {
        let file = page.join(href.trim_start_matches("./"));
        joined.push_str(&fs::read_to_string(&file)?);
        fs::remove_file(file)?;
        kept = kept.replace(tag, "");
    }
    let name = write_named(page, "style", "css", &joined)?;
    Ok(kept.replace("</head>", &format!("<link rel=\"stylesheet\" href=\"./{name}\"></head>")))
}

/// Writes a file under a name that changes with its content, so that a host may let it be kept.
fn write_named(dir: &Path, stem: &str, extension: &str, text: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    let name = format!("{stem}-{:016x}.{extension}", hasher.finish());
    fs::write(dir.join(&name), text)?;
    Ok(name)
}

/// The links to files of the site: the whole tag, and its address.
fn links(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.match_indices("<link ").filter_map(|(at, _)| {
        let rest = html.get(at..)?;
        let tag = rest.get(..=rest.find('>')?)?;
        let href = between(tag, "href=\"", "\"")?;
        href.starts_with("./").then_some((tag, href))
    })
}

/// The plain scripts of the site: the whole tag, and its address.
fn scripts(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.match_indices("<script src=\"./").filter_map(|(at, _)| {
        let rest = html.get(at..)?;
        let tag = rest.get(..rest.find("</script>")? + "</script>".len())?;
        Some((tag, between(tag, "src=\"", "\"")?))
    })
}

/// Checksums guard against another host's files; these are our own, and browsers warn about them on
/// a preloaded wasm file.
fn without_integrity(html: &str) -> String {
    let mut parts = html.split(" integrity=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once('"').map_or("", |(_, rest)| rest))
}

/// What index.html says about starting the page.
struct Start<'a> {
    tag: &'a str,
    glue: &'a str,
    wasm: &'a str,
    styles: Vec<&'a str>,
    scripts: Vec<&'a str>,
}

impl<'a> Start<'a> {
    fn read(html: &'a str) -> Option<Self> {
        let from = html.find("<script type=\"module\">")?;
        let tag = html.get(from..)?;
        let tag = tag.get(..tag.find("</script>")? + "</script>".len())?;
        let styles = links(html).filter(|(tag, _)| tag.contains("rel=\"stylesheet\""));
        Some(Self {
            tag,
            glue: between(tag, "from '", "'")?,
            wasm: between(tag, "module_or_path: '", "'")?,
            styles: styles.map(|(_, href)| href).collect(),
            scripts: scripts(html).map(|(_, src)| src).collect(),
        })
    }

    /// `data-root` on the document tells the page the site's address. `404.html` cannot know how
    /// deep it is asked for, so it asks for this file in every folder above; the first one starts,
    /// and brings what the other pages link themselves.
    fn script(&self) -> String {
        let Self { glue, wasm, styles, scripts, .. } = self;
        format!(
            "const page = document.documentElement;
if (!page.dataset.root) {{
  page.dataset.root = new URL('.', import.meta.url).href;
  if (!document.querySelector('link[rel=stylesheet]')) {{
    for (const href of {styles:?}) {{
      const link = Object.assign(document.createElement('link'), {{ rel: 'stylesheet' }});
      link.href = new URL(href, import.meta.url);
      document.head.append(link);
    }}
    for (const script of {scripts:?}) await import(script);
  }}
  const {{ default: init }} = await import('{glue}');
  await init({{ module_or_path: new URL('{wasm}', import.meta.url) }});
}}
"
        )
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

/// Makes the addresses of every HTML file fit its folder.
pub(crate) fn settle(site: &Path) -> Result<()> {
    for file in files_below(site) {
        if file.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let inner = file.strip_prefix(site)?;
        let html = fs::read_to_string(&file)?;
        let settled = match inner == Path::new("404.html") {
            true => anywhere(&html),
            false => at_depth(&html, inner.components().count() - 1),
        };
        if settled != html {
            fs::write(&file, settled)?;
        }
    }
    Ok(())
}

/// Addresses that begin at the site's root (`./`), as seen from a folder so many steps below it.
fn at_depth(html: &str, depth: usize) -> String {
    if depth == 0 {
        return html.to_owned();
    }
    let up = "../".repeat(depth);
    ["href", "src", "action"].iter().fold(html.to_owned(), |html, name| {
        html.replace(&format!("{name}=\"./"), &format!("{name}=\"{up}"))
    })
}

/// The page that a host answers with at any address: it asks for nothing but the start script, and
/// for that in each folder it may be in.
fn anywhere(html: &str) -> String {
    let mut kept = html.to_owned();
    for (tag, _) in links(html).chain(scripts(html)) {
        kept = kept.replace(tag, "");
    }
    let Some(name) = between(&kept, "<script type=\"module\" src=\"./", "\"") else { return kept };
    let tag = |up: &str| format!("<script type=\"module\" src=\"{up}{name}\"></script>");
    let above: String = (1..=DEEPEST).map(|depth| tag(&"../".repeat(depth))).collect();
    kept.replace(&tag("./"), &(tag("./") + &above))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUNK: &str = "<head><script type=\"module\">\nimport init, * as bindings from './a.js';\n\
        const wasm = await init({ module_or_path: './a_bg.wasm' });\n</script>\
        <link rel=\"stylesheet\" href=\"./a.css\" integrity=\"x\"/><link rel=\"icon\" href=\"data:,\"></head>";

    #[test]
    fn the_start_is_read_from_what_trunk_writes() {
        let start = Start::read(TRUNK).unwrap();
        assert_eq!((start.glue, start.wasm), ("./a.js", "./a_bg.wasm"));
        assert_eq!(start.styles, ["./a.css"]);
        assert!(start.script().contains("for (const href of [\"./a.css\"])"));
    }

    #[test]
    fn checksums_go() {
        assert_eq!(without_integrity("<a b=\"./c\" integrity=\"sha384-x\"/>"), "<a b=\"./c\"/>");
    }

    #[test]
    fn addresses_fit_the_folder() {
        let html = "<a href=\"./lab/\"><a href=\"#main\"><script src=\"./s.js\">";
        assert_eq!(at_depth(html, 0), html);
        assert_eq!(
            at_depth(html, 2),
            "<a href=\"../../lab/\"><a href=\"#main\"><script src=\"../../s.js\">"
        );
    }

    #[test]
    fn the_missing_page_looks_for_its_start_above() {
        let html = "<script src=\"./e.js\"></script><link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"icon\" href=\"data:,\">\
            <script type=\"module\" src=\"./s.js\"></script>";
        let out = anywhere(html);
        assert!(!out.contains("a.css") && !out.contains("e.js") && out.contains("href=\"data:,\""));
        assert_eq!(out.matches("s.js").count(), DEEPEST + 1);
        assert!(out.contains("src=\"../../s.js\""));
    }
}
