//! Scenarios by name. The core takes scripts; this host knows those that ship with the site.

use cognitab_wire::http::Request;
use serde_json::Value as Json;

/// Name and script of each scenario in `static/scenarios`.
const SCRIPTS: [(&str, &str); 1] =
    [("photo-app", include_str!("../../../static/scenarios/photo-app.json"))];

/// Adds the script to a request that names a scenario. The core refuses unknown names.
pub(crate) fn add_script(request: &mut Request) {
    if !matches!(request.url().path, "/_cognitab/reset" | "/_cognitab/open") {
        return;
    }
    let Ok(mut body) = serde_json::from_slice::<Json>(&request.body) else { return };
    if body.get("script").is_some() {
        return;
    }
    let name = body.get("scenario").and_then(Json::as_str);
    let script = SCRIPTS.iter().find(|(known, _)| name == Some(known)).map(|(_, script)| *script);
    if let Some(script) = script.and_then(|script| serde_json::from_str(script).ok()) {
        body["script"] = script;
        request.body = body.to_string().into_bytes();
    }
}

#[cfg(test)]
mod tests {
    use super::SCRIPTS;

    #[test]
    fn every_scenario_of_the_site_can_be_named() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/scenarios");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let mut files: Vec<String> = files
            .filter_map(|file| Some(file.to_str()?.strip_suffix(".json")?.to_owned()))
            .filter(|name| name != "index")
            .collect();
        files.sort();
        assert_eq!(files, SCRIPTS.map(|(name, _)| name));
    }
}
