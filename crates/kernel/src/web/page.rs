//! HTML documents: without scripts, in one column, with a content security policy.

use cognitab_wire::http::{Response, Url};
use maud::{DOCTYPE, Markup, html};

use crate::service::Reply;

/// The path of [`STYLESHEET`], relative to a page.
pub const STYLESHEET_PATH: &str = "assets/page.css";

/// The stylesheet of every page, light and dark.
pub const STYLESHEET: &str = include_str!("page.css");

/// An HTML document. Its forms may redirect to the origin of `redirect_uri`: browsers apply the
/// policy's `form-action` to the redirects that follow a form, too.
pub fn document(status: u16, title: &str, redirect_uri: Option<&str>, body: &Markup) -> Reply {
    let html = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(STYLESHEET_PATH);
            }
            body {
                main {
                    h1 { (title) }
                    (body)
                }
            }
        }
    };
    let action = redirect_uri.and_then(origin).map(|origin| format!(" {origin}"));
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'{}; base-uri 'none'; frame-ancestors 'self'",
        action.unwrap_or_default()
    );
    let response = Response::new(status, html.into_string())
        .with("content-type", "text/html; charset=utf-8")
        .with("content-security-policy", policy)
        .with("referrer-policy", "no-referrer");
    Reply::of(response)
}

/// A document of one sentence.
pub fn message(status: u16, title: &str, text: &str) -> Reply {
    document(status, title, None, &html! { p { (text) } })
}

/// Keeps a response out of caches, and its content type from being guessed. Pages and redirects carry
/// CSRF tokens and authorization codes.
pub fn no_store(response: Response) -> Response {
    response.with("cache-control", "no-store").with("x-content-type-options", "nosniff")
}

/// The response with the stylesheet.
pub fn stylesheet() -> Response {
    Response::new(200, STYLESHEET)
        .with("content-type", "text/css; charset=utf-8")
        .with("cache-control", "max-age=3600")
}

/// The source expression for a URI in a content security policy; `None` if the URI has characters
/// that could end the directive.
fn origin(uri: &str) -> Option<String> {
    let url = Url::parse(uri);
    let valid = |text: &str, other: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || other.contains(c)) && !text.is_empty()
    };
    match url.scheme {
        "http" | "https" => {
            valid(url.host, ".:-[]").then(|| format!("{}://{}", url.scheme, url.host))
        }
        scheme => valid(scheme, "+.-").then(|| format!("{scheme}:")),
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn only_plain_origins_enter_the_policy() {
        for (uri, expected) in [
            ("https://photos.example/callback", Some("https://photos.example")),
            ("http://localhost:3000/cb?x=1", Some("http://localhost:3000")),
            ("myapp://signed-in", Some("myapp:")),
            ("https://a;script-src *", None),
            ("nothing", None),
        ] {
            assert_eq!(origin(uri).as_deref(), expected, "{uri}");
        }
    }
}
