//! Fields for a value of any shape, to any depth.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_wire::schema::{Constraints, Kind, Member, Schema};
use serde_json::{Map, Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::document::{self, Step};
use crate::components::{ButtonKind, ButtonSize, button_class};

/// A change to the input of an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets the value at a path; `None` removes it.
    Set(Vec<Step>, Option<Value>),
    /// Renames an entry of the map at a path.
    Rename(Vec<Step>, String, String),
}

/// Properties of [`ShapeField`].
#[derive(Clone, Properties, PartialEq)]
pub struct ShapeFieldProps {
    /// The label: the name of the member, the number of the item.
    pub label: AttrValue,
    /// The shape.
    pub schema: SchemaRef,
    /// Whether it is a required member of its structure.
    pub required: bool,
    /// The path to the value.
    pub path: Vec<Step>,
    /// The value.
    pub value: Value,
    /// Called with each change.
    pub edit: Callback<Edit>,
}

/// A schema, compared by its address: each lives as long as the page.
#[derive(Clone, Copy, Debug)]
pub struct SchemaRef(pub &'static Schema);

impl PartialEq for SchemaRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// Members whose text is a JSON document.
const DOCUMENTS: [&str; 4] =
    ["Policy", "PolicyDocument", "AssumeRolePolicyDocument", "PolicyInputList"];

/// The longest text for a field of one line.
const ONE_LINE: usize = 2048;

impl ShapeFieldProps {
    fn id(&self) -> String {
        let steps = self.path.iter().map(|step| match step {
            Step::Name(name) => format!("-{name}"),
            Step::Index(index) => format!("-{index}"),
        });
        format!("in{}", steps.collect::<String>())
    }

    fn set(&self, value: Value) {
        self.edit.emit(Edit::Set(self.path.clone(), Some(value)));
    }

    fn below(&self, step: Step) -> Vec<Step> {
        self.path.iter().cloned().chain([step]).collect()
    }

    /// The field of a part, with a button that removes it.
    fn part(&self, label: String, schema: &'static Schema, step: Step, value: &Value) -> Html {
        let path = self.below(step);
        let remove = {
            let (edit, path) = (self.edit.clone(), path.clone());
            Callback::from(move |_: MouseEvent| edit.emit(Edit::Set(path.clone(), None)))
        };
        let name = format!("Remove {} {label}", self.label);
        html! {
            <div class="shape-part">
                <ShapeField label={label} schema={SchemaRef(schema)} required={false} {path} value={value.clone()} edit={self.edit.clone()} />
                <button type="button" class={button_class(ButtonKind::Quiet, ButtonSize::Small)} aria-label={name} onclick={remove}>{"Remove"}</button>
            </div>
        }
    }

    fn add_button(&self, text: String, path: Vec<Step>, value: Value) -> Html {
        let edit = self.edit.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            edit.emit(Edit::Set(path.clone(), Some(value.clone())));
        });
        html! { <button type="button" class={button_class(ButtonKind::Standard, ButtonSize::Small)} {onclick}>{text}</button> }
    }
}

/// The field or the group of fields for a value.
#[component]
pub fn ShapeField(props: &ShapeFieldProps) -> Html {
    match props.schema.0.kind {
        Kind::Structure(members) => group(props, structure(props, members)),
        Kind::List(item) => group(props, list(props, item)),
        Kind::Map(_, item) => group(props, map(props, item)),
        Kind::Boolean | Kind::Enum(_) => choice(props),
        Kind::Document => json_field(props),
        Kind::Integer | Kind::Float | Kind::String | Kind::Blob | Kind::Timestamp => {
            text_field(props)
        }
    }
}

fn group(props: &ShapeFieldProps, content: Html) -> Html {
    html! { <fieldset class="shape-group"><legend>{label(props)}</legend>{content}</fieldset> }
}

/// Required members and those that have a value; a menu adds others.
pub fn structure(props: &ShapeFieldProps, members: &'static [Member]) -> Html {
    let shown = |member: &&Member| member.required || props.value.get(member.name).is_some();
    let field = |member: &Member| {
        let step = Step::Name(member.name.to_owned());
        let value = props.value.get(member.name).cloned().unwrap_or_default();
        if !member.required {
            return props.part(member.name.to_owned(), member.schema, step, &value);
        }
        html! { <ShapeField label={member.name} schema={SchemaRef(member.schema)} required={true} path={props.below(step)} {value} edit={props.edit.clone()} /> }
    };
    let others: Vec<&Member> = members.iter().filter(|member| !shown(member)).collect();
    let onchange = {
        let (edit, path) = (props.edit.clone(), props.path.clone());
        Callback::from(move |event: Event| {
            let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
            let member = members.iter().find(|member| member.name == select.value());
            select.set_value("");
            let Some(member) = member else { return };
            let mut path = path.clone();
            path.push(Step::Name(member.name.to_owned()));
            edit.emit(Edit::Set(path, Some(document::initial(member.schema))));
        })
    };
    let name = format!("Add a member to {}", props.label);
    html! { <>
        { for members.iter().filter(shown).map(field) }
        if !others.is_empty() {
            <select class="add-member" aria-label={name} {onchange}>
                <option value="" selected={true}>{format!("Add a member ({})", others.len())}</option>
                { for others.iter().map(|member| html! { <option value={member.name}>{member.name}</option> }) }
            </select>
        }
    </> }
}

fn list(props: &ShapeFieldProps, item: &'static Schema) -> Html {
    let items = props.value.as_array().map(Vec::as_slice).unwrap_or_default();
    let field = |(index, value): (usize, &Value)| {
        props.part(format!("{}", index + 1), item, Step::Index(index), value)
    };
    let add = props.below(Step::Index(items.len()));
    html! { <>
        { for items.iter().enumerate().map(field) }
        {props.add_button(format!("Add to {}", props.label), add, document::initial(item))}
    </> }
}

fn map(props: &ShapeFieldProps, item: &'static Schema) -> Html {
    let empty = Map::new();
    let entries = props.value.as_object().unwrap_or(&empty);
    let entry = |(at, (name, value)): (usize, (&String, &Value))| {
        let onchange = {
            let (edit, path, from) = (props.edit.clone(), props.path.clone(), name.clone());
            Callback::from(move |event: Event| {
                let input = event.target_dyn_into::<HtmlInputElement>();
                let to = input.map(|input| input.value()).unwrap_or_default();
                edit.emit(Edit::Rename(path.clone(), from.clone(), to));
            })
        };
        let key = format!("{} key {}", props.label, at + 1);
        html! {
            <div class="shape-entry">
                <input class="mono" type="text" aria-label={key} value={name.clone()} {onchange} spellcheck="false" autocomplete="off" />
                {props.part("value".to_owned(), item, Step::Name(name.clone()), value)}
            </div>
        }
    };
    let add = props.below(Step::Name(document::new_key(entries)));
    html! { <>
        { for entries.iter().enumerate().map(entry) }
        {props.add_button(format!("Add to {}", props.label), add, document::initial(item))}
    </> }
}

fn choice(props: &ShapeFieldProps) -> Html {
    let boolean = matches!(props.schema.0.kind, Kind::Boolean);
    let values: &[&str] = match props.schema.0.kind {
        Kind::Enum(values) => values,
        _ => &["true", "false"],
    };
    let selected = match &props.value {
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        _ => String::new(),
    };
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let text = select.map(|select| select.value()).unwrap_or_default();
            match text.as_str() {
                "" => props.edit.emit(Edit::Set(props.path.clone(), None)),
                text if boolean => props.set(json!(text == "true")),
                text => props.set(json!(text)),
            }
        })
    };
    let id = props.id();
    html! {
        <div class="field">
            <label for={id.clone()}>{label(props)}</label>
            <select {id} {onchange}>
                <option value="" selected={selected.is_empty()}>{"not set"}</option>
                { for values.iter().map(|value| html! { <option value={*value} selected={selected == *value}>{*value}</option> }) }
            </select>
        </div>
    }
}

/// Whether a text is a JSON document, long, or has lines.
fn is_multiline(props: &ShapeFieldProps) -> bool {
    let length = props.schema.0.constraints.length;
    let long = length.is_some_and(|(_, max)| max > ONE_LINE && max < usize::MAX);
    let has_lines = props.value.as_str().is_some_and(|text| text.contains('\n'));
    DOCUMENTS.contains(&props.label.as_str())
        || (long && !props.schema.0.name.to_ascii_lowercase().contains("arn"))
        || matches!(props.schema.0.kind, Kind::Blob)
        || has_lines
}

fn text_field(props: &ShapeFieldProps) -> Html {
    let number = matches!(props.schema.0.kind, Kind::Integer | Kind::Float);
    let blob = matches!(props.schema.0.kind, Kind::Blob);
    let text = match &props.value {
        Value::String(bytes) if blob => text_of(bytes),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    };
    let oninput = {
        let props = props.clone();
        Callback::from(move |event: InputEvent| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value());
            let input = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            let text = area.or(input).unwrap_or_default();
            // What is not a number stays as text, which the constraints then name.
            let value = match text.parse::<serde_json::Number>() {
                Ok(value) if number => Value::Number(value),
                _ if blob => Value::String(STANDARD.encode(text)),
                _ => Value::String(text),
            };
            props.set(value);
        })
    };
    let id = props.id();
    let hint = format!("{id}-hint");
    let secret = props.schema.0.sensitive && props.label.contains("Password");
    let described = (!hint_text(props.schema.0).is_empty()).then(|| hint.clone());
    html! {
        <div class="field">
            <label for={id.clone()}>{label(props)}</label>
            if is_multiline(props) {
                <textarea {id} class="mono" rows="4" {oninput} value={text} aria-describedby={described} spellcheck="false" autocomplete="off" />
            } else {
                <input {id} class="mono" type={if secret { "password" } else { "text" }} inputmode={number.then_some("numeric")} {oninput} value={text} aria-describedby={described} spellcheck="false" autocomplete={if secret { "new-password" } else { "off" }} autocapitalize="off" />
            }
            <small id={hint} class="text-secondary">{hint_text(props.schema.0)}</small>
        </div>
    }
}

/// Bytes as text; bytes that are not UTF-8 as base64.
fn text_of(bytes: &str) -> String {
    let decoded = STANDARD.decode(bytes).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.unwrap_or_else(|| bytes.to_owned())
}

/// A document is edited as JSON text. Text that is not JSON yet is kept as a string.
fn json_field(props: &ShapeFieldProps) -> Html {
    let text = match &props.value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    };
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>();
            let text = area.map(|area| area.value()).unwrap_or_default();
            props.set(serde_json::from_str(&text).unwrap_or(Value::String(text)));
        })
    };
    let id = props.id();
    html! {
        <div class="field">
            <label for={id.clone()}>{label(props)}<small class="text-secondary">{" JSON"}</small></label>
            <textarea {id} class="mono" rows="4" {onchange} value={text} spellcheck="false" autocomplete="off" />
        </div>
    }
}

fn label(props: &ShapeFieldProps) -> Html {
    html! { <>{props.label.clone()}if props.required { <span class="required" title="required">{" *"}</span> }</> }
}

/// The constraints of a shape, in words.
fn hint_text(schema: &Schema) -> String {
    let Constraints { length, range, pattern, .. } = schema.constraints;
    let mut parts = Vec::new();
    match schema.kind {
        Kind::Blob => parts.push("text, which is sent as bytes".to_owned()),
        Kind::Timestamp => parts.push("ISO 8601".to_owned()),
        _ => {}
    }
    match length {
        Some((min, usize::MAX)) if *min > 1 => parts.push(format!("at least {min} characters")),
        Some((0 | 1, max)) if *max < usize::MAX => parts.push(format!("at most {max} characters")),
        Some((min, max)) if *max < usize::MAX => parts.push(format!("{min} to {max} characters")),
        _ => {}
    }
    match range {
        Some((min, i64::MAX)) => parts.push(format!("at least {min}")),
        Some((min, max)) => parts.push(format!("{min} to {max}")),
        None => {}
    }
    // Patterns of Unicode categories and code points are not meaningful to a user.
    let readable = |pattern: &&str| {
        pattern.len() <= 40 && !pattern.contains(r"\p") && !pattern.contains(r"\u")
    };
    parts.extend(pattern.filter(readable).map(str::to_owned));
    parts.join(" · ")
}
