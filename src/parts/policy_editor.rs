//! A policy editor: a text area, a decorative highlight layer behind it, and a list of findings by
//! line.

use cognitab_policy::{Finding, Severity};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::{ButtonKind, ButtonSize, button_class, line_icon};
use crate::state::draft::Doc;
use crate::state::draft_edit::DraftEdit;
use crate::state::highlight::{SyntaxKind, lines};

/// Longer texts, in bytes, have no highlight layer and scroll in a box of 24 rows.
const MAX_HIGHLIGHTED_LENGTH: usize = 20_000;

/// Properties of [`PolicyEditor`].
#[derive(Properties, PartialEq)]
pub struct PolicyEditorProps {
    /// The document to edit.
    pub doc: Doc,
    /// Name of its policy type.
    pub title: AttrValue,
    /// Element id of the text area.
    pub id: AttrValue,
    /// Findings of the validation.
    pub findings: Vec<Finding>,
    /// Called with each edit.
    pub edit: Callback<DraftEdit>,
}

/// The editor.
#[component]
pub fn PolicyEditor(props: &PolicyEditorProps) -> Html {
    let area = use_node_ref();
    let doc = &props.doc;
    let problems = problems(props);
    let oninput = {
        let id = doc.id;
        props.edit.reform(move |event: InputEvent| {
            let area = event.target_dyn_into::<HtmlTextAreaElement>();
            DraftEdit::SetText(id, area.map(|a| a.value()).unwrap_or_default())
        })
    };
    let highlighted = doc.text.len() <= MAX_HIGHLIGHTED_LENGTH;
    let (label, list) = (format!("{}-label", props.id), format!("{}-problems", props.id));
    html! {
        <div class="editor">
            {header(props, &label)}
            <div class={classes!("editor-body", highlighted.then_some("highlighted"))}>
                if highlighted { {highlight_layer(&doc.text, &problems)} }
                <textarea ref={area.clone()} id={props.id.clone()} value={doc.text.clone()} {oninput}
                    aria-labelledby={label} aria-describedby={list.clone()}
                    aria-invalid={problems.iter().any(|p| p.severity == Severity::Problem).to_string()}
                    rows={if highlighted { "1" } else { "24" }} spellcheck="false" autocomplete="off" autocapitalize="off" />
            </div>
            <ul class="problems" id={list} aria-live="polite" aria-label="Problems">
                { for problems.iter().map(|problem| finding(problem, &area)) }
            </ul>
        </div>
    }
}

fn header(props: &PolicyEditorProps, label: &str) -> Html {
    let doc = &props.doc;
    let press = |step: DraftEdit| props.edit.reform(move |_: MouseEvent| step.clone());
    let name = if doc.name.is_empty() { String::new() } else { doc.name.clone() };
    let what = format!(" {} {name}", props.title);
    let button = |text: &'static str, step: DraftEdit| {
        html! { <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} onclick={press(step)}>{text}<span class="visually-hidden">{what.clone()}</span></button> }
    };
    html! {
        <div class="editor-header">
            <h4 id={label.to_owned()}>{&props.title}{" "}<span class="mono text-secondary">{name.clone()}</span></h4>
            {button("Format", DraftEdit::Format(doc.id))}
            if doc.text != doc.original { {button("Reset", DraftEdit::Reset(doc.id))} }
            {button("Remove", DraftEdit::RemoveDocument(doc.id))}
        </div>
    }
}

/// A JSON syntax error, or else the findings of the validation.
fn problems(props: &PolicyEditorProps) -> Vec<Finding> {
    match serde_json::from_str::<serde_json::Value>(&props.doc.text) {
        Ok(_) => props.findings.clone(),
        Err(error) => vec![Finding {
            severity: Severity::Problem,
            message: "Invalid JSON.".to_owned(),
            note: without_position(&error.to_string()).to_owned(),
            path: String::new(),
            line: error.line(),
            column: error.column().max(1),
            end_line: error.line(),
            end_column: error.column().max(1),
        }],
    }
}

/// The parser's message without its position.
fn without_position(text: &str) -> &str {
    text.split(" at line ").next().unwrap_or(text)
}

/// Syntax colors and line numbers, hidden from screen readers.
fn highlight_layer(text: &str, problems: &[Finding]) -> Html {
    let class = |kind| match kind {
        SyntaxKind::Plain => None,
        SyntaxKind::Key => Some("json-key"),
        SyntaxKind::String => Some("json-string"),
        SyntaxKind::Literal => Some("json-literal"),
    };
    html! {
        <div class="highlight-layer" aria-hidden="true">
            { for lines(text).into_iter().enumerate().map(|(at, pieces)| {
                let worst = problems.iter().filter(|p| p.line == at + 1).map(|p| p.severity);
                let mark = worst.min().map(|severity| if severity == Severity::Problem { "error" } else { "warning" });
                html! {
                    <div key={at} class={classes!("line", mark)} data-n={(at + 1).to_string()}>
                        { for pieces.into_iter().map(|(kind, piece)| html! { <span class={classes!(class(kind))}>{piece}</span> }) }
                        {"\u{200b}"}
                    </div>
                }
            }) }
        </div>
    }
}

fn finding(problem: &Finding, area: &NodeRef) -> Html {
    let bad = problem.severity == Severity::Problem;
    let (icon, word) = if bad { ("i-cross", "Error") } else { ("i-warn", "Note") };
    let (area, line, column) = (area.clone(), problem.line, problem.column);
    let onclick = Callback::from(move |_: MouseEvent| select_line(&area, line, column));
    html! {
        <li class={classes!((!bad).then_some("warning"))}>
            {line_icon(icon)}
            <span>
                if problem.line > 0 {
                    <button class="link-button" {onclick}>{format!("Line {}", problem.line)}</button>{": "}
                }
                <b class="visually-hidden">{format!("{word}: ")}</b>{&problem.message}
                if !problem.note.is_empty() { <span class="text-secondary">{" "}{&problem.note}</span> }
            </span>
        </li>
    }
}

/// Selects from a position to the end of its line and scrolls there.
fn select_line(area: &NodeRef, line: usize, column: usize) {
    let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
    let (from, to) = utf16_range(&area.value(), line, column);
    // If the text area cannot take the focus, its lines are still shown.
    let _ = area.focus();
    let _ = area.set_selection_range(from, to);
    let shown = area
        .parent_element()
        .and_then(|ed| ed.query_selector(&format!("[data-n=\"{line}\"]")).ok().flatten())
        .and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = shown {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// UTF-16 offsets of a position and of the end of its line.
fn utf16_range(text: &str, line: usize, column: usize) -> (u32, u32) {
    let units = |text: &str| text.encode_utf16().count();
    let mut from = 0;
    for (at, row) in text.split('\n').enumerate() {
        if at + 1 == line {
            let before: String = row.chars().take(column.saturating_sub(1)).collect();
            let end = from + units(row);
            return ((from + units(&before)).min(end) as u32, end as u32);
        }
        from += units(row) + 1;
    }
    let end = units(text) as u32;
    (end, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_browsers_count() {
        assert_eq!(utf16_range("a\n😀bc\nd", 2, 2), (4, 6));
        assert_eq!(utf16_range("a\nbc", 1, 1), (0, 1));
        assert_eq!(utf16_range("a\nbc", 2, 99), (4, 4));
        assert_eq!(utf16_range("a", 9, 1), (1, 1));
    }
}
