//! The pages themselves: plain HTML without scripts. Whatever came from outside is escaped.

use cognitab_wire::http::{Response, Url};
use cognitab_wire::xml::escape;

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::request::PageRequest;
use cognitab_kernel::ApiError;
use cognitab_kernel::service::Reply;

/// A field of a form.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) value: &'a str,
    /// What a browser may fill in by itself.
    pub(crate) autocomplete: &'a str,
}

impl Field<'_> {
    fn html(&self) -> String {
        let Field { name, label, kind, value, autocomplete } = self;
        let (name, label, value) = (escape(name), escape(label), escape(value));
        format!(
            "<p><label for=\"{name}\">{label}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"{kind}\" value=\"{value}\" autocomplete=\"{autocomplete}\" required></p>\n"
        )
    }
}

/// A form that goes to a page beside this one with the same parameters.
pub(crate) struct Form<'a> {
    pub(crate) action: &'a str,
    pub(crate) csrf: &'a str,
    pub(crate) hidden: &'a [(&'a str, &'a str)],
    pub(crate) fields: &'a [Field<'a>],
    pub(crate) button: &'a str,
}

impl Form<'_> {
    /// Its HTML.
    pub(crate) fn html(&self, request: &PageRequest<'_>) -> String {
        let mut out = format!(
            "<form method=\"post\" action=\"{}\">\n<input type=\"hidden\" name=\"_csrf\" value=\"{}\">\n",
            link(request, self.action),
            escape(self.csrf)
        );
        for (name, value) in self.hidden {
            out.push_str(&format!(
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n",
                escape(name),
                escape(value)
            ));
        }
        out.extend(self.fields.iter().map(Field::html));
        out.push_str(&format!("<p><button>{}</button></p>\n</form>\n", escape(self.button)));
        out
    }
}

/// The address of a page beside this one with the same parameters, for an attribute.
pub(crate) fn link(request: &PageRequest<'_>, page: &str) -> String {
    escape(&format!("{page}?{}", request.query))
}

/// What a page says above its form.
pub(crate) enum Notice<'a> {
    /// Nothing.
    None,
    /// Something went well.
    Good(&'a str),
    /// Something did not.
    Bad(&'a str),
}

impl Notice<'_> {
    fn html(&self) -> String {
        match self {
            Notice::None => String::new(),
            Notice::Good(text) => {
                format!("<p class=\"good\" role=\"status\">{}</p>\n", escape(text))
            }
            Notice::Bad(text) => format!("<p class=\"bad\" role=\"alert\">{}</p>\n", escape(text)),
        }
    }
}

/// A page for an application.
pub(crate) fn show(
    authorization: &AuthorizationRequest,
    title: &str,
    notice: &Notice<'_>,
    body: &str,
) -> Reply {
    let name = escape(&authorization.client.client_name);
    let lead = format!("<p class=\"lead\">to continue to {name}</p>\n");
    let status = if matches!(notice, Notice::Bad(_)) { 400 } else { 200 };
    let after = origin(&authorization.redirect_uri).unwrap_or_default();
    document(status, title, &format!("{lead}{}{body}", notice.html()), &after)
}

/// The page of faults that stay on the domain.
pub(crate) fn error(code: &str) -> Reply {
    let body = format!("<p class=\"bad\"><code>{}</code></p>\n", escape(code));
    document(400, "An error was encountered with the requested page.", &body, "")
}

/// A page that says one sentence.
pub(crate) fn say(status: u16, title: &str, text: &str) -> Reply {
    document(status, title, &format!("<p>{}</p>\n", escape(text)), "")
}

/// An address at which nothing is.
pub(crate) fn not_found(request: &PageRequest<'_>) -> Reply {
    say(404, "Nothing is here.", request.path).refused(ApiError::new(404, "not_found", ""))
}

/// A form that did not come from a page of this browser.
pub(crate) fn forged() -> Reply {
    say(
        403,
        "This form is not from here.",
        "Go back, load the page again and send the form once more.",
    )
    .refused(ApiError::new(403, "invalid_csrf", "The form did not bring back its token"))
}

/// Browsers hold a form's redirects to the policy too, so the way back must be in it.
fn origin(redirect_uri: &str) -> Option<String> {
    let url = Url::parse(redirect_uri);
    let plain = |text: &str, more: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c)) && !text.is_empty()
    };
    match url.scheme {
        "http" | "https" => {
            plain(url.host, ".:-[]").then(|| format!(" {}://{}", url.scheme, url.host))
        }
        scheme => plain(scheme, "+.-").then(|| format!(" {scheme}:")),
    }
}

fn document(status: u16, title: &str, body: &str, after: &str) -> Reply {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"assets/hosted.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'{after}; base-uri 'none'; frame-ancestors 'self'"
    );
    let response = Response::new(status, html)
        .with("content-type", "text/html; charset=utf-8")
        .with("content-security-policy", policy)
        .with("referrer-policy", "no-referrer");
    Reply::of(response)
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn only_plain_origins_enter_the_policy() {
        for (uri, expected) in [
            ("https://photos.example/callback", Some(" https://photos.example")),
            ("http://localhost:3000/cb?x=1", Some(" http://localhost:3000")),
            ("myapp://signed-in", Some(" myapp:")),
            ("https://a;script-src *", None),
            ("nothing", None),
        ] {
            assert_eq!(origin(uri).as_deref(), expected, "{uri}");
        }
    }
}
