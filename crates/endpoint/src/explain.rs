//! Response headers that explain a refusal: `x-cognitab-why` has the ladder,
//! `x-cognitab-encoded-message` what DecodeAuthorizationMessage reads.

use cognitab_broker::Done;
use cognitab_wire::http::Response;
use serde_json::Value as Json;

/// The longest header value in bytes: common clients limit all headers to 16 kB.
const LONGEST: usize = 8 * 1024;

/// The response, with the explaining headers if it is a refusal.
pub(crate) fn explained(done: &mut Done) -> Response {
    let response = std::mem::take(&mut done.response);
    let Some(event) = (response.status >= 400).then(|| refusing(done)).flatten() else {
        return response;
    };
    let encoded = event.pointer("/refusal/encoded").and_then(Json::as_str).map(str::to_owned);
    let headers = [
        ("x-cognitab-why", event.get("ladder").and_then(fitting)),
        ("x-cognitab-encoded-message", encoded),
    ];
    headers.into_iter().fold(response, |response, (name, value)| match value {
        Some(value) => response.with(name, value),
        None => response,
    })
}

/// The event that refused: the request's own, or the inner call whose error it passes on.
fn refusing(done: &Done) -> Option<Json> {
    let read = |number| serde_json::from_str::<Json>(done.event(number)?).ok();
    let event = read(*done.events.first()?)?;
    let cause = event.pointer("/refusal/cause").and_then(Json::as_u64).and_then(read);
    Some(cause.unwrap_or(event))
}

/// The ladder as JSON; if it is too long, the rungs that refused, and then without statements.
fn fitting(ladder: &Json) -> Option<String> {
    let stopping = |rung: &&Json| matches!(rung["state"].as_str(), Some("refused" | "denied"));
    let stopped: Vec<Json> = ladder.as_array()?.iter().filter(stopping).cloned().collect();
    let words = stopped.iter().cloned().map(|mut rung| {
        rung.as_object_mut().map(|rung| rung.remove("statements"));
        rung
    });
    let words = Json::Array(words.collect());
    [ladder, &Json::Array(stopped), &words]
        .into_iter()
        .map(|ladder| ascii(&ladder.to_string()))
        .find(|text| text.len() <= LONGEST)
}

/// Escapes JSON to visible ASCII, which is what a header can hold.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (' '..='~').contains(&c) {
            out.push(c);
        } else {
            let mut units = [0; 2];
            out.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_beyond_ascii_is_escaped_and_reads_the_same() {
        let text = json!(["ä 😀"]).to_string();
        assert_eq!(ascii(&text), "[\"\\u00e4 \\ud83d\\ude00\"]");
        assert_eq!(serde_json::from_str::<Json>(&ascii(&text)).unwrap(), json!(["ä 😀"]));
    }

    #[test]
    fn a_long_ladder_is_cut_to_what_stopped_the_request() {
        let passed =
            json!({"kind": "explicit-deny", "state": "passed", "note": "x".repeat(LONGEST)});
        let refused = json!({"kind": "identity-policy", "state": "refused", "statements": []});
        let text = fitting(&json!([passed, refused])).unwrap();
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json!([refused]));
    }
}
