//! Forms.

use maud::{Markup, Render, html};

use super::csrf;

/// A form that is posted with its CSRF token.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// The URL that it is posted to.
    pub action: &'a str,
    /// The browser's token: see [`csrf::token`].
    pub csrf: &'a str,
    /// Hidden fields: name and value.
    pub hidden: &'a [(&'a str, &'a str)],
    /// Visible fields, all required.
    pub fields: &'a [Field<'a>],
    /// The label of its button.
    pub button: &'a str,
}

/// A required field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Its `name` and `id`.
    pub name: &'a str,
    /// The text of its `label`.
    pub label: &'a str,
    /// Its `type`: `text`, `email`, `password`.
    pub kind: &'a str,
    /// Its initial value.
    pub value: &'a str,
    /// Its `autocomplete`: what a browser may fill in.
    pub autocomplete: &'a str,
}

impl Render for Form<'_> {
    fn render(&self) -> Markup {
        html! {
            form method="post" action=(self.action) {
                input type="hidden" name=(csrf::FIELD) value=(self.csrf);
                @for (name, value) in self.hidden {
                    input type="hidden" name=(name) value=(value);
                }
                @for field in self.fields { (field) }
                p { button { (self.button) } }
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        html! {
            p {
                label for=(self.name) { (self.label) }
                " "
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value)
                    autocomplete=(self.autocomplete) required;
            }
        }
    }
}

/// A message above a form.
#[derive(Clone, Copy, Debug)]
pub enum Notice<'a> {
    /// No message.
    None,
    /// A step succeeded: rendered with the role `status`.
    Success(&'a str),
    /// A step failed: rendered with the role `alert`.
    Error(&'a str),
}

impl Render for Notice<'_> {
    fn render(&self) -> Markup {
        html! {
            @match self {
                Notice::None => {}
                Notice::Success(text) => p.success role="status" { (text) },
                Notice::Error(text) => p.error role="alert" { (text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use maud::Render;

    use super::{Field, Form, Notice};

    #[test]
    fn forms_and_notices_escape_what_they_show() {
        let field = Field {
            name: "username",
            label: "A & B",
            kind: "text",
            value: "\"><script>",
            autocomplete: "username",
        };
        let form = Form {
            action: "login?a=1&b=\"2\"",
            csrf: "token",
            hidden: &[("session", "<s>")],
            fields: &[field],
            button: "Sign in",
        };
        let html = form.render().into_string();
        for part in [
            "action=\"login?a=1&amp;b=&quot;2&quot;\"",
            "<input type=\"hidden\" name=\"_csrf\" value=\"token\">",
            "name=\"session\" value=\"&lt;s&gt;\"",
            "value=\"&quot;&gt;&lt;script&gt;\"",
            ">A &amp; B</label>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        let notice = Notice::Error("<b>").render().into_string();
        assert_eq!(notice, "<p class=\"error\" role=\"alert\">&lt;b&gt;</p>");
        assert_eq!(Notice::None.render().into_string(), "");
    }
}
