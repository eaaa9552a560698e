//! A decoded token: signature and expiration first, then the claims by topic.

use cognitab_trace::event::{Artifact, ArtifactKind};
use yew::prelude::*;

use crate::client::Client;
use crate::client::verify::{SignatureCheck, verify};
use crate::components::{
    ButtonKind, ButtonSize, Chip, Copy, button_class, line_icon, line_icon_in,
};
use crate::state::labels;
use crate::state::token::{ClaimRow, Token, decode, grouped_claims};

/// Properties of [`TokenInspector`].
#[derive(Properties, PartialEq)]
pub struct TokenInspectorProps {
    /// The artifact to inspect.
    pub artifact: Artifact,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Fetches the issuer's published keys.
    pub client: Option<Client>,
}

/// Shows a token: signature and expiration first, then the claims. Other artifacts as a table.
#[component]
pub fn TokenInspector(props: &TokenInspectorProps) -> Html {
    let tampered = use_state(|| None::<String>);
    {
        let tampered = tampered.clone();
        use_effect_with(props.artifact.value.clone(), move |_| tampered.set(None));
    }
    let text = tampered.as_ref().unwrap_or(&props.artifact.value).clone();
    let signature = use_signature_check(&text, props.client.clone());
    let (_, _, name) = labels::artifact(props.artifact.kind);
    let decoded = decode(&text);
    let body = match &decoded {
        Some(token) => html! { <>
            {signature_and_expiration(token, signature.as_ref(), props.now)}
            {claims(token)}
        </> },
        None if tampered.is_some() => {
            html! { <p class="error-box"><b>{"Invalid token."}</b>{" The header, claims or signature cannot be decoded."}</p> }
        }
        None => opaque_artifact(&props.artifact, props.now),
    };
    let tamper = {
        let (tampered, value) = (tampered.clone(), props.artifact.value.clone());
        Callback::from(move |_: MouseEvent| {
            tampered.set(if tampered.is_some() { None } else { Some(value.clone()) });
        })
    };
    html! {
        <div class="token-inspector">
            <div class="token-header">
                <Chip artifact={props.artifact.clone()} now={props.now} />
                <h3>{heading(name, &props.artifact.subject)}</h3>
                <Copy text={text.clone()} />
                if decode(&props.artifact.value).is_some() {
                    <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} aria-pressed={tampered.is_some().to_string()} onclick={tamper}>
                        {if tampered.is_some() { "Restore" } else { "Tamper…" }}
                    </button>
                }
            </div>
            if tampered.is_some() { {tamper_editor(&text, &tampered)} }
            {body}
        </div>
    }
}

fn heading(name: &str, subject: &str) -> String {
    let first: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    let rest: String = name.chars().skip(1).collect();
    if subject.is_empty() {
        format!("{first}{rest}")
    } else {
        format!("{first}{rest} for {}", labels::shorten(subject))
    }
}

/// Tamper mode: the user edits the token; the signature is not recalculated.
fn tamper_editor(text: &str, tampered: &UseStateHandle<Option<String>>) -> Html {
    let oninput = {
        let tampered = tampered.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<web_sys::HtmlTextAreaElement>() {
                tampered.set(Some(area.value()));
            }
        })
    };
    html! {
        <div class="tamper">
            <p class="callout">{line_icon("i-warn")}<span>{"Tamper mode: edit any character. The signature is not recalculated, so verification fails."}</span></p>
            <textarea rows="5" spellcheck="false" aria-label="Modified token" value={text.to_owned()} {oninput} />
        </div>
    }
}

/// Verifies the signature whenever the text changes.
#[hook]
fn use_signature_check(text: &str, client: Option<Client>) -> Option<SignatureCheck> {
    let result = use_state(|| None::<(String, SignatureCheck)>);
    {
        let result = result.clone();
        use_effect_with((text.to_owned(), client), move |(text, client)| {
            if let (Some(token), Some(client)) = (decode(text), client.clone()) {
                let text = text.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let signature = verify(&client, &token).await;
                    result.set(Some((text, signature)));
                });
            }
        });
    }
    result
        .as_ref()
        .filter(|(verified_text, _)| verified_text == text)
        .map(|(_, signature)| signature.clone())
}

fn signature_and_expiration(token: &Token, signature: Option<&SignatureCheck>, now: i64) -> Html {
    let algorithm = token.text("alg").unwrap_or("none");
    let (is_valid, heading, detail) = match signature {
        None => (true, "Verifying the signature", String::new()),
        Some(SignatureCheck::Valid { key }) => (
            true,
            "Signature valid",
            format!(" · {algorithm}, key {} is published", labels::shorten(key)),
        ),
        Some(SignatureCheck::Invalid) => (
            false,
            "Signature does not match",
            " · the token was modified or signed with another key".into(),
        ),
        Some(SignatureCheck::UnknownKey) => {
            (false, "Unknown key", " · the issuer's key set has no key with this ID".into())
        }
        Some(SignatureCheck::Unchecked(why)) => (false, "Not verified", format!(" · {why}")),
    };
    let is_current = token.expires() > now;
    let time_left = labels::time_left(token.expires(), now);
    let icon = |is_valid: bool| if is_valid { "i-ok" } else { "i-cross" };
    let issuer = token.text("iss").unwrap_or("none");
    html! {
        <div class={classes!("token-status", (!(is_valid && is_current)).then_some("invalid"))} role="status">
            {line_icon_in(if is_valid { "" } else { "text-deny" }, icon(is_valid))}
            <span><b class={classes!((!is_valid).then_some("text-deny"))}>{heading}</b>{detail}</span>
            {line_icon_in(if is_current { "" } else { "text-deny" }, icon(is_current))}
            <span>
                <b class={classes!((!is_current).then_some("text-deny"))}>{if is_current { format!("Not expired, {time_left} left") } else { "Expired".to_owned() }}</b>
                {" · issuer "}<span class="mono">{issuer.trim_start_matches("https://").to_owned()}</span>
            </span>
        </div>
    }
}

fn claims(token: &Token) -> Html {
    html! {
        <table class="claims">
            <caption class="visually-hidden">{"Claims by topic"}</caption>
            <colgroup><col class="claim-name" /><col /></colgroup>
            { for grouped_claims(&token.claims).into_iter().map(|(topic, rows)| html! {
                <tbody>
                    <tr class="claim-group"><th colspan="2" scope="colgroup">{topic}</th></tr>
                    { for rows.into_iter().map(claim) }
                </tbody>
            }) }
        </table>
    }
}

fn claim((name, value, description): ClaimRow) -> Html {
    html! {
        <tr><th scope="row">{name}</th><td><span class="mono">{value}</span><span class="claim-description">{description}</span></td></tr>
    }
}

/// Details of an artifact that is not a JSON Web Token.
fn opaque_artifact(artifact: &Artifact, now: i64) -> Html {
    let (label, description) = match artifact.kind {
        ArtifactKind::Credentials => (
            "Access key ID",
            "The app signs each request with the secret access key and sends the session token, which identifies the role session and its expiration.",
        ),
        ArtifactKind::Code => (
            "Code",
            "Valid once, for the app client that requested it, with the matching code verifier.",
        ),
        _ => ("Refresh token", "Only the user pool can read it. It can be revoked."),
    };
    html! {
        <table class="claims"><tbody>
            <tr><th scope="row">{label}</th><td><span class="mono">{&artifact.value}</span><span class="claim-description">{description}</span></td></tr>
            <tr><th scope="row">{"Subject"}</th><td><span class="mono">{&artifact.subject}</span></td></tr>
            <tr><th scope="row">{"Expires"}</th><td>{format!("{} · {}", labels::time_of_day(artifact.expires), labels::time_left(artifact.expires, now))}</td></tr>
        </tbody></table>
    }
}
