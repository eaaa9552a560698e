//! HTML and XML from the broker, parsed by the browser. A document from `DOMParser` belongs to no
//! window: its scripts do not run and nothing that it references is loaded.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, NodeList, SupportedType};

/// A form of an HTML page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The `action` attribute as written; empty if the form has none.
    pub action: String,
    /// Name and initial value of each named input, in document order.
    pub fields: Vec<(String, String)>,
}

/// Parses an HTML page. Malformed markup is repaired as in any browser.
pub fn parse_html(html: &str) -> Result<Document, JsValue> {
    DomParser::new()?.parse_from_string(html, SupportedType::TextHtml)
}

/// The forms of an HTML page, in document order.
pub fn forms(html: &str) -> Result<Vec<Form>, JsValue> {
    elements(&parse_html(html)?.query_selector_all("form")?).iter().map(form).collect()
}

fn form(form: &Element) -> Result<Form, JsValue> {
    let attribute = |of: &Element, name: &str| of.get_attribute(name).unwrap_or_default();
    let inputs = elements(&form.query_selector_all("input[name]")?);
    let fields = inputs.iter().map(|i| (attribute(i, "name"), attribute(i, "value"))).collect();
    Ok(Form { action: attribute(form, "action"), fields })
}

fn elements(nodes: &NodeList) -> Vec<Element> {
    let nodes = (0..nodes.length()).filter_map(|at| nodes.item(at));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// The text of the first element with this name in an XML document; `None` if the document is
/// malformed or has no such element.
pub fn element_text(xml: &str, name: &str) -> Option<String> {
    let document = DomParser::new().ok()?.parse_from_string(xml, SupportedType::TextXml).ok()?;
    let first = |name: &str| document.get_elements_by_tag_name(name).item(0);
    // A failed parse returns a document with this element.
    if first("parsererror").is_some() {
        return None;
    }
    first(name)?.text_content()
}
