//! Protection of forms against cross-site request forgery: a form must have the same
//! token as the browser's cookie (double submit).

use cognitab_wire::sigv4::constant_time_eq;

use crate::random::Random;

/// The name of the cookie.
pub const COOKIE: &str = "XSRF-TOKEN";

/// The name of the form's field.
pub const FIELD: &str = "_csrf";

/// The browser's token, and `Set-Cookie` if it has none yet. `cookie` is what the browser sent.
pub fn token(random: &mut Random, cookie: Option<&str>) -> (String, Option<String>) {
    let valid = |v: &&str| v.len() == 36 && v.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    if let Some(token) = cookie.filter(valid) {
        return (token.to_owned(), None);
    }
    let token = random.uuid();
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax");
    (token, Some(cookie))
}

/// Whether a form's token is that of the browser.
pub fn matches(cookie: Option<&str>, field: Option<&str>) -> bool {
    cookie.zip(field).is_some_and(|(cookie, field)| constant_time_eq(cookie, field))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_form_needs_the_token_of_its_browser() {
        assert!(matches(Some("a"), Some("a")));
        assert!(!matches(Some("a"), Some("b")));
        assert!(!matches(Some("a"), None));
        assert!(!matches(None, Some("a")));
        assert!(!matches(None, None));
    }
}
