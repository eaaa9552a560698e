//! The HTML files of the site: one stylesheet, and links that fit the folder each file lies in.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

use super::hosts;
use crate::program::files_below;

/// How many folders deep an address may lie for which the host answers with `404.html`.
const MAX_DEPTH: usize = 12;

/// Completes the page's `index.html`: its stylesheets become one file, and its security policy names
/// the simulated hosts.
pub(crate) fn complete(page: &Path) -> Result<()> {
    let path = page.join("index.html");
    let html = fs::read_to_string(&path).context("the page has no index.html")?;
    let html = hosts::fill_policy(&join_stylesheets(page, &html)?)?;
    Ok(fs::write(path, html)?)
}

/// Joins the page's stylesheets, in their order, into one file: one request instead of a dozen.
fn join_stylesheets(page: &Path, html: &str) -> Result<String> {
    let mut css = String::new();
    let mut rest = html.to_owned();
    for (tag, href) in stylesheets(html) {
        let file = page.join(href.trim_start_matches("./"));
        css.push_str(&fs::read_to_string(&file)?);
        fs::remove_file(file)?;
        rest = rest.replace(tag, "");
    }
    // The name changes with the content, so that a host may let browsers keep the file.
    let mut hasher = DefaultHasher::new();
    hasher.write(css.as_bytes());
    let name = format!("style-{:016x}.css", hasher.finish());
    fs::write(page.join(&name), css)?;
    Ok(rest.replace("</head>", &format!("<link rel=\"stylesheet\" href=\"./{name}\"></head>")))
}

/// The links to files of the site: the whole tag, and its address.
fn links(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.match_indices("<link ").filter_map(|(start, opening)| {
        let tag = tag_at(html.get(start..)?, opening, ">")?;
        let href = attribute(tag, "href")?;
        href.starts_with("./").then_some((tag, href))
    })
}

fn stylesheets(html: &str) -> impl Iterator<Item = (&str, &str)> {
    links(html).filter(|(tag, _)| attribute(tag, "rel") == Some("stylesheet"))
}

/// The classic scripts of the site: the whole tag, and its address.
fn classic_scripts(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.match_indices("<script src=\"./").filter_map(|(start, opening)| {
        let tag = tag_at(html.get(start..)?, opening, "</script>")?;
        Some((tag, attribute(tag, "src")?))
    })
}

/// The first tag that begins and ends so.
pub(crate) fn tag_at<'a>(html: &'a str, opening: &str, end: &str) -> Option<&'a str> {
    let rest = html.get(html.find(opening)?..)?;
    rest.get(..rest.find(end)? + end.len())
}

/// The value of a tag's attribute.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Makes the links of every HTML file fit its folder.
pub(crate) fn relativize_links(site: &Path) -> Result<()> {
    for file in files_below(site) {
        if file.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let path = file.strip_prefix(site)?;
        let html = fs::read_to_string(&file)?;
        let relative = match path == Path::new("404.html") {
            true => not_found_page(&html)?,
            false => links_at_depth(&html, path.components().count() - 1),
        };
        if relative != html {
            fs::write(&file, relative)?;
        }
    }
    Ok(())
}

/// Links that begin at the site's root (`./`), as seen from a folder so many levels below it.
pub(crate) fn links_at_depth(html: &str, depth: usize) -> String {
    if depth == 0 {
        return html.to_owned();
    }
    let up = "../".repeat(depth);
    ["href", "src", "action"].iter().fold(html.to_owned(), |html, name| {
        html.replace(&format!("{name}=\"./"), &format!("{name}=\"{up}"))
    })
}

/// The page that a host returns for any unknown URL. It links nothing itself: it requests the start
/// script in each folder it may be in, and the script loads the rest.
fn not_found_page(html: &str) -> Result<String> {
    let styles: Vec<&str> = stylesheets(html).map(|(_, href)| href).collect();
    let scripts: Vec<&str> = classic_scripts(html).map(|(_, src)| src).collect();
    let mut page = html.to_owned();
    for (tag, _) in links(html).chain(classic_scripts(html)) {
        page = page.replace(tag, "");
    }
    let start = tag_at(html, "<script type=\"module\" src=\"./start.js\"", "</script>");
    let start = start.context("404.html has no start script")?;
    let lists =
        format!("data-styles=\"{}\" data-scripts=\"{}\"", styles.join(" "), scripts.join(" "));
    let first = start.replacen("data-glue", &format!("{lists} data-glue"), 1);
    let above: String = (1..=MAX_DEPTH)
        .map(|depth| {
            format!("<script type=\"module\" src=\"{}start.js\"></script>", "../".repeat(depth))
        })
        .collect();
    Ok(page.replace(start, &(first + &above)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_fit_the_folder() {
        let html = "<a href=\"./lab/\"><a href=\"#main\"><script src=\"./s.js\">";
        assert_eq!(links_at_depth(html, 0), html);
        assert_eq!(
            links_at_depth(html, 2),
            "<a href=\"../../lab/\"><a href=\"#main\"><script src=\"../../s.js\">"
        );
    }

    #[test]
    fn the_404_page_asks_for_its_start_script_in_every_folder_above() {
        let html = "<script src=\"./e.js\"></script><link rel=\"stylesheet\" href=\"./a.css\"/>\
            <link rel=\"icon\" href=\"data:,\"><script type=\"module\" src=\"./start.js\" \
            data-glue=\"./g.js\"></script></head>";
        let page = not_found_page(html).unwrap();
        assert!(page.starts_with("<link rel=\"icon\" href=\"data:,\"><script"));
        assert_eq!(page.matches("start.js").count(), MAX_DEPTH + 1);
        assert!(page.contains("src=\"../../start.js\"></script>") && page.ends_with("</head>"));
        assert!(
            page.contains("data-styles=\"./a.css\" data-scripts=\"./e.js\" data-glue=\"./g.js\"")
        );
        assert_eq!(page.matches("e.js").count(), 1);
    }
}
