//! Prerenders every page: `prerender <template> <folder>`.
//!
//! Fills the template's element with the id `app` and replaces its title. URLs in the template
//! start with `./`; the site build makes them relative to each folder.

use std::path::Path;
use std::{env, fs, io};

use cognitab::app::{File, FileProps};
use cognitab::route::Route;

const SLOT: &str = "<div id=\"app\"></div>";

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [template, folder] = arguments.as_slice() else {
        return Err(io::Error::other("usage: prerender <template> <folder>"));
    };
    let template = fs::read_to_string(template)?;
    if !template.contains(SLOT) {
        return Err(io::Error::other("the template has no empty element with the id `app`"));
    }
    for route in Route::ALL {
        let path = Path::new(folder).join(route.file());
        fs::create_dir_all(path.parent().unwrap_or(Path::new(folder)))?;
        fs::write(path, page(&template, route))?;
    }
    Ok(())
}

fn page(template: &str, route: Route) -> String {
    let title = format!("<title>{}</title>", route.title());
    let renderer =
        yew::ServerRenderer::<File>::with_props(move || FileProps { route }).hydratable(false);
    let body = futures_executor::block_on(renderer.render());
    let (before, after) = template.split_once("<title>").unwrap_or((template, ""));
    let after = after.split_once("</title>").map_or(after, |(_, rest)| rest);
    format!("{before}{title}{after}").replace(SLOT, &format!("<div id=\"app\">{body}</div>"))
}
