//! What the pages of a domain have in common.

use cognitab_kernel::ApiError;
use cognitab_kernel::service::Reply;
use cognitab_kernel::web::form::Notice;
use cognitab_kernel::web::page;
use maud::{Markup, html};

use crate::hosted::oauth::authorization_request::AuthorizationRequest;
use crate::hosted::request::PageRequest;

/// AWS's title for an error that is not returned to the application.
const ERROR_TITLE: &str = "An error was encountered with the requested page.";

/// A page of the sign-in to an application. Its status is 400 if the notice is an error.
pub(crate) fn app_page(
    authorization: &AuthorizationRequest,
    title: &str,
    notice: Notice<'_>,
    body: &Markup,
) -> Reply {
    let status = if matches!(notice, Notice::Error(_)) { 400 } else { 200 };
    let body = html! {
        p.lead { "to continue to " (authorization.client.client_name) }
        (notice)
        (body)
    };
    page::document(status, title, Some(&authorization.redirect_uri), &body)
}

/// A link to another page of the domain, with the parameters of this request.
pub(crate) fn link(request: &PageRequest<'_>, path: &str, text: &str) -> Markup {
    html! { a href=(relative_url(request, path)) { (text) } }
}

/// The relative URL of another page of the domain, with the parameters of this request.
pub(crate) fn relative_url(request: &PageRequest<'_>, path: &str) -> String {
    format!("{path}?{}", request.query)
}

/// The page for an OAuth error that is not returned to the application.
pub(crate) fn error_page(code: &str) -> Reply {
    page::document(400, ERROR_TITLE, None, &html! { p.error { code { (code) } } })
}

/// The page for a request with invalid parameters.
pub(crate) fn invalid_request(text: &'static str) -> Reply {
    page::message(400, ERROR_TITLE, text).refused(ApiError::new(400, "invalid_request", text))
}

/// The page for a path without a page.
pub(crate) fn not_found(request: &PageRequest<'_>) -> Reply {
    page::message(404, "Page not found", request.path).refused(ApiError::new(404, "not_found", ""))
}

/// The page for a form without the browser's CSRF token.
pub(crate) fn csrf_mismatch() -> Reply {
    page::message(403, "Invalid form", "Reload the page and submit the form again.").refused(
        ApiError::new(
            403,
            "invalid_csrf",
            "The CSRF token of the form is missing or does not match the browser's cookie",
        ),
    )
}
