//! HTTP messages as plain data.

use std::borrow::Cow;

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Upper-case method.
    pub method: String,
    /// Absolute URL, percent-encoded as sent.
    pub url: String,
    /// Headers in the order sent.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Headers in the order sent.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// The parts of an absolute URL, percent-encoded as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https`, or empty if there is no scheme.
    pub scheme: &'a str,
    /// Host and port.
    pub host: &'a str,
    /// Path with the leading slash, or empty.
    pub path: &'a str,
    /// Query without the question mark.
    pub query: &'a str,
    /// Fragment without the hash.
    pub fragment: &'a str,
}

impl<'a> Url<'a> {
    /// Splits a URL. Never fails.
    pub fn parse(text: &'a str) -> Url<'a> {
        let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
        let path_at = if scheme.is_empty() { 0 } else { rest.find('/').unwrap_or(rest.len()) };
        let (host, path) = rest.split_at(path_at);
        Url { scheme, host, path, query, fragment }
    }

    /// Query parameters, decoded, in the order sent.
    pub fn params(&self) -> Vec<(String, String)> {
        form(self.query.as_bytes())
    }
}

impl Request {
    /// The first header with this name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The parts of its URL.
    pub fn url(&self) -> Url<'_> {
        Url::parse(&self.url)
    }

    /// The `Host` header, or else the URL's host.
    pub fn host(&self) -> &str {
        self.header("host").unwrap_or(self.url().host)
    }

    /// Body as text, with replacement characters for invalid UTF-8.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl Response {
    /// A response without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Response {
        Response { status, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Response {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The first header with this name, ignoring case.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Body as text, with replacement characters for invalid UTF-8.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
}

/// Decodes `application/x-www-form-urlencoded`.
pub fn form(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).into_owned().collect()
}

/// The value of one parameter of a decoded form.
pub fn param<'a>(form: &'a [(String, String)], name: &str) -> Option<&'a str> {
    form.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// Percent-encodes all but RFC 3986's unreserved characters; `/` too.
pub fn encode(text: &str) -> String {
    encode_except(text, "")
}

/// Percent-encodes all but unreserved characters and those in `kept` (ASCII).
pub fn encode_except(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || kept.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(nibble), 16).map(|c| c.to_ascii_uppercase()));
            }
        }
    }
    out
}

/// Percent-decodes, with replacement characters for invalid UTF-8.
pub fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_is_cut_into_its_parts() {
        let url = Url::parse("https://a.example:8080/x/y?p=1&q=%20#f=2");
        assert_eq!(
            (url.scheme, url.host, url.path, url.query, url.fragment),
            ("https", "a.example:8080", "/x/y", "p=1&q=%20", "f=2")
        );
        assert_eq!(url.params(), [("p".into(), "1".into()), ("q".into(), " ".into())]);
        assert_eq!(Url::parse("https://a.example").path, "");
        assert_eq!(Url::parse("/x?y").path, "/x");
    }

    #[test]
    fn encoding_leaves_unreserved_characters() {
        assert_eq!(encode("a b/~ä"), "a%20b%2F~%C3%A4");
        assert_eq!(encode_except("a b/~", "/"), "a%20b/~");
        assert_eq!(decode("a%20b%2F"), "a b/");
    }
}
