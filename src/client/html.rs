//! The little of HTML that a client needs to fill in a form: tags and their attributes.

/// A tag with its attributes, names in lower case, values decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Name in lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// One attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// A form as it stands in a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it goes, as written.
    pub action: String,
    /// Names and preset values of its fields.
    pub fields: Vec<(String, String)>,
}

/// All opening tags in order.
pub fn tags(html: &str) -> Vec<Tag> {
    html.split('<').skip(1).filter_map(tag).collect()
}

fn tag(text: &str) -> Option<Tag> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c));
        let (key, after) = rest.split_at(end.unwrap_or(rest.len()));
        if key.is_empty() {
            break;
        }
        let (value, after) = value(after);
        attributes.push((key.to_ascii_lowercase(), decode(value)));
        rest = after;
    }
    Some(Tag { name: name.to_ascii_lowercase(), attributes })
}

fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.strip_prefix('=') else { return ("", text) };
    for quote in ['"', '\''] {
        if let Some((value, rest)) = text.strip_prefix(quote).and_then(|t| t.split_once(quote)) {
            return (value, rest);
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// Text with the entities of markup put back.
pub fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// The forms of a page.
pub fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    for tag in tags(html) {
        if tag.name == "form" {
            let action = tag.get("action").unwrap_or_default().to_owned();
            forms.push(Form { action, fields: Vec::new() });
        } else if let ("input", Some(name), Some(form)) =
            (tag.name.as_str(), tag.get("name"), forms.last_mut())
        {
            form.fields.push((name.to_owned(), tag.get("value").unwrap_or_default().to_owned()));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_form_is_read() {
        let html = r#"<!doctype html><p>x < y</p><FORM method=post action="/login?a=1&amp;b=2">
            <input type=hidden name="_csrf" value='a"b'><input name=username required>
            <input type="password" name="password"/></form>"#;
        let forms = forms(html);
        assert_eq!(forms.len(), 1);
        assert_eq!(forms[0].action, "/login?a=1&b=2");
        let names: Vec<&str> = forms[0].fields.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(names, ["_csrf", "username", "password"]);
        assert_eq!(forms[0].fields[0].1, "a\"b");
    }

    #[test]
    fn broken_markup_does_no_harm() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b='", "<input name=\"x", "</p>", "<<>>"] {
            tags(html);
            forms(html);
        }
    }
}
