//! Shares a question pair as a link or a file, without secrets.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::client::compression::compress;
use crate::components::{ButtonKind, ButtonSize, Copy, button_class};
use crate::hooks::policy::replace_fragment;
use crate::host;
use crate::state::share::{MAX_LINK_LENGTH, QuestionPair, find_secret, link_fragment};

/// The result of sharing.
#[derive(Clone, PartialEq)]
enum ShareResult {
    Refused(String),
    Link(String),
    File { why: String, text: String },
}

/// Properties of [`SharePanel`].
#[derive(Properties, PartialEq)]
pub struct SharePanelProps {
    /// Whether there is a question to share.
    pub can_share: bool,
    /// Both questions; `None` while one of them is incomplete.
    pub pair: Option<QuestionPair>,
    /// Called with the text of an opened file.
    pub open: Callback<String>,
}

/// The buttons, and the result of sharing.
#[component]
pub fn SharePanel(props: &SharePanelProps) -> Html {
    let result = use_state(|| None::<ShareResult>);
    {
        let result = result.setter();
        use_effect_with(props.pair.clone(), move |_| result.set(None));
    }
    let share = {
        let (result, pair) = (result.setter(), props.pair.clone());
        Callback::from(move |_: MouseEvent| {
            let (result, pair) = (result.clone(), pair.clone());
            spawn_local(async move { result.set(Some(share(pair).await)) });
        })
    };
    let onchange = {
        let open = props.open.clone();
        Callback::from(move |event: web_sys::Event| {
            let input = event.target_dyn_into::<HtmlInputElement>();
            let file = input.and_then(|i| i.files()).and_then(|files| files.item(0));
            let (open, Some(file)) = (open.clone(), file) else { return };
            spawn_local(async move {
                // An unreadable file is reported like an empty one.
                let text = JsFuture::from(file.text()).await.ok().and_then(|t| t.as_string());
                open.emit(text.unwrap_or_default());
            });
        })
    };
    html! {
        <div class="share">
            <div class="actions">
                if props.can_share { <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={share}>{"Share"}</button> }
                <label class={classes!("file-button", button_class(ButtonKind::Standard, ButtonSize::Small))}>{"Open a file"}<input type="file" class="visually-hidden" accept="application/json,.json" {onchange} /></label>
            </div>
            <div role="status">{ for result.as_ref().map(result_view) }</div>
        </div>
    }
}

fn result_view(result: &ShareResult) -> Html {
    match result {
        ShareResult::Refused(why) => html! { <p class="error-box">{why}</p> },
        ShareResult::Link(link) => html! {
            <p class="share-link">
                <input class="mono" type="text" readonly=true aria-label="Link" value={link.clone()} />
                <Copy text={link.clone()} label="Copy the link" />
                <span class="caption">{format!("{} characters. The link contains the question and its policies, but no credentials or tokens.", link.chars().count())}</span>
            </p>
        },
        ShareResult::File { why, text } => {
            let text = text.clone();
            // If the browser cannot save files, the documents can still be copied from the editors.
            let onclick = Callback::from(move |_: MouseEvent| {
                let _ = host::save_file("policy-question.json", text.as_bytes());
            });
            html! {
                <p class="share-link">
                    <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} {onclick}>{"Save as a file"}</button>
                    <span class="caption">{why}{" You can open the file on this page."}</span>
                </p>
            }
        }
    }
}

async fn share(pair: Option<QuestionPair>) -> ShareResult {
    let refused = |why: &str| ShareResult::Refused(why.to_owned());
    let Some(pair) = pair else {
        return refused("Every document must be valid JSON: see the problems below.");
    };
    let text = pair.to_json();
    if let Some(what) = find_secret(&text) {
        return ShareResult::Refused(format!(
            "Not shared: a document or condition key contains what looks like {what}. Remove it first."
        ));
    }
    let compressed = compress(&text).await;
    let why = match &compressed {
        Some(letters) if letters.len() <= MAX_LINK_LENGTH => None,
        Some(letters) => Some(format!(
            "The link would have {} characters; the maximum is {MAX_LINK_LENGTH}.",
            letters.len()
        )),
        None => Some("This browser cannot compress links.".to_owned()),
    };
    if let Some(why) = why {
        return ShareResult::File { why, text };
    }
    replace_fragment(&link_fragment(&compressed.unwrap_or_default()));
    ShareResult::Link(gloo::utils::window().location().href().unwrap_or_default())
}
