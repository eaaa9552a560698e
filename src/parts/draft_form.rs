//! The form of a policy question: caller, action, resource, context, documents.

use cognitab_policy::PolicyKind;
use cognitab_trace::control::Subjects;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::policy_editor::PolicyEditor;
use crate::components::{ButtonKind, ButtonSize, button_class, line_icon};
use crate::state::draft::{Doc, Draft, QuestionKind};
use crate::state::draft_edit::{DOCUMENT_ORDER, DraftEdit};
use crate::state::policy::QuestionState;
use crate::state::principal::account_name;

/// Maximum number of buttons that copy policies from the lab.
const MAX_SUGGESTIONS: usize = 6;

/// Properties of [`draft_form`] and [`documents`].
pub struct DraftFormProps<'a> {
    /// The question that is edited.
    pub question: &'a QuestionState,
    /// Users, roles and resources of the lab, as suggestions.
    pub subjects: &'a Subjects,
    /// Called with each edit.
    pub edit: Callback<DraftEdit>,
}

fn input_value(event: &InputEvent) -> String {
    event.target_dyn_into::<HtmlInputElement>().map(|i| i.value()).unwrap_or_default()
}

/// Prefix of element ids, different for the two questions.
fn id_prefix(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Trust => "trust",
        QuestionKind::Access => "access",
    }
}

struct Field<'a> {
    name: &'static str,
    label: &'static str,
    value: &'a str,
    list: Option<Vec<String>>,
}

impl Field<'_> {
    fn view(&self, props: &DraftFormProps<'_>, edit: fn(String) -> DraftEdit) -> Html {
        let id = format!("{}-{}", id_prefix(props.question.draft.kind), self.name);
        let options = format!("{id}-list");
        let oninput = props.edit.reform(move |event: InputEvent| edit(input_value(&event)));
        html! {
            <div class="field">
                <label for={id.clone()}>{self.label}</label>
                <input {id} class="mono" type="text" value={self.value.to_owned()} {oninput}
                    list={self.list.is_some().then(|| options.clone())}
                    spellcheck="false" autocomplete="off" autocapitalize="off" />
                { for self.list.as_ref().map(|list| html! {
                    <datalist id={options}>{ for list.iter().map(|one| html! { <option value={one.clone()} /> }) }</datalist>
                }) }
            </div>
        }
    }
}

/// The fields for caller, action, resource and request context.
pub fn draft_form(props: &DraftFormProps<'_>) -> Html {
    let draft = &props.question.draft;
    let trust = draft.kind == QuestionKind::Trust;
    let who = Field {
        name: "who",
        label: "Principal",
        value: &draft.principal_text,
        list: Some(props.subjects.principals.iter().map(|p| p.principal.arn()).collect()),
    };
    let action = Field {
        name: "action",
        label: "Action",
        value: &draft.action,
        list: Some(actions(draft.kind)),
    };
    let resource = Field {
        name: "resource",
        label: "Resource",
        value: &draft.resource,
        list: Some(props.subjects.resources.iter().map(|r| r.arn.clone()).collect()),
    };
    let account = Field {
        name: "account",
        label: if trust { "Role account" } else { "Owner" },
        value: &draft.account,
        list: None,
    };
    let pool =
        Field { name: "pool", label: "Pool account", value: &draft.pool_account, list: None };
    html! {
        <div class="question-form" role="group" aria-label="Question">
            {who.view(props, DraftEdit::SetPrincipal)}
            {action.view(props, DraftEdit::SetAction)}
            if !trust { {resource.view(props, DraftEdit::SetResource)} }
            {lab_policies(props)}
            <details>
                <summary>{line_icon("i-down")}{context_summary(draft)}</summary>
                <div class="account-fields">
                    {account.view(props, DraftEdit::SetAccount)}
                    if trust { {pool.view(props, DraftEdit::SetPoolAccount)} }
                </div>
                {context_keys(props)}
            </details>
        </div>
    }
}

fn context_summary(draft: &Draft) -> String {
    let account = match draft.account.as_str() {
        "" => "the caller's own account".to_owned(),
        number => format!("{} {number}", account_name(number)),
    };
    match draft.context.len() {
        0 => format!("{account}, no condition keys"),
        1 => format!("{account}, 1 condition key"),
        count => format!("{account}, {count} condition keys"),
    }
}

/// Suggested actions; any other can be typed.
fn actions(kind: QuestionKind) -> Vec<String> {
    let names: &[&str] = match kind {
        QuestionKind::Trust => {
            &["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
        }
        QuestionKind::Access => &[
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:ListBucket",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "iam:GetRole",
            "iam:PutRolePolicy",
            "sts:AssumeRole",
            "cognito-idp:AdminCreateUser",
            "cognito-idp:ListUsers",
            "cognito-identity:GetId",
            "cognito-identity:SetIdentityPoolRoles",
        ],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Buttons that copy the policies of the caller, role or resource from the lab.
fn lab_policies(props: &DraftFormProps<'_>) -> Html {
    let draft = &props.question.draft;
    let caller = draft.principal();
    let subject = props.subjects.principals.iter().find(|p| {
        let role = p.trust.is_some() && draft.principal_text.contains(&format!("/{}", p.name));
        Some(&p.principal) == caller.as_ref()
            || p.arn == draft.principal_text
            || role && draft.kind == QuestionKind::Access
    });
    let covers =
        |arn: &str| draft.resource == arn || draft.resource.starts_with(&format!("{arn}/"));
    let resource = props.subjects.resources.iter().find(|r| covers(&r.arn));
    let subject = subject.filter(|_| draft.kind == QuestionKind::Access).map(|subject| {
        let edit = DraftEdit::UseSubject(Box::new(subject.clone()));
        (format!("Use the lab policies of {}", subject.name), edit)
    });
    let resource = resource.filter(|_| draft.kind == QuestionKind::Access).map(|resource| {
        let name = resource.arn.rsplit([':', '/']).next().unwrap_or_default();
        let edit = DraftEdit::UseResource(Box::new(resource.clone()));
        (format!("Use owner and policy of {name}"), edit)
    });
    let roles = props.subjects.principals.iter().filter(|p| p.trust.is_some());
    let roles = roles.filter(|_| draft.kind == QuestionKind::Trust).map(|role| {
        let edit = DraftEdit::UseSubject(Box::new(role.clone()));
        (format!("Use the trust policy of {}", role.name), edit)
    });
    let all = subject.into_iter().chain(resource).chain(roles);
    let all: Vec<(String, DraftEdit)> =
        all.filter(|(_, edit)| draft.would_change(edit)).take(MAX_SUGGESTIONS).collect();
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <div class="actions lab-policies">
            { for all.into_iter().map(|(label, edit)| html! {
                <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={props.edit.reform(move |_: MouseEvent| edit.clone())}>{label}</button>
            }) }
        </div>
    }
}

fn context_keys(props: &DraftFormProps<'_>) -> Html {
    let draft = &props.question.draft;
    let row = |(at, (key, value)): (usize, &(String, String))| {
        let (k, v) = (key.clone(), value.clone());
        let on_key = props
            .edit
            .reform(move |e: InputEvent| DraftEdit::SetContextKey(at, input_value(&e), v.clone()));
        let on_value = props
            .edit
            .reform(move |e: InputEvent| DraftEdit::SetContextKey(at, k.clone(), input_value(&e)));
        let drop = props.edit.reform(move |_: MouseEvent| DraftEdit::RemoveContextKey(at));
        html! {
            <li key={at}>
                <input class="mono" type="text" aria-label={format!("Condition key {}", at + 1)} value={key.clone()} oninput={on_key} spellcheck="false" autocomplete="off" />
                <input class="mono" type="text" aria-label={format!("Value {} of {key}", at + 1)} value={value.clone()} oninput={on_value} spellcheck="false" autocomplete="off" />
                <button class={button_class(ButtonKind::Quiet, ButtonSize::Small)} onclick={drop} aria-label={format!("Remove {key} {}", at + 1)}>{line_icon("i-cross")}</button>
            </li>
        }
    };
    html! { <>
        <ul class="context-keys" aria-label="Condition keys">{ for draft.context.iter().enumerate().map(row) }</ul>
        <div class="actions">
            <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={props.edit.reform(|_: MouseEvent| DraftEdit::AddContextKey)}>{"Add a condition key"}</button>
            <span class="caption">{"Repeat a key to give it several values."}</span>
        </div>
    </> }
}

/// Name of a policy type.
fn policy_title(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Trust => "Trust policy",
        PolicyKind::Identity => "Identity policy",
        PolicyKind::Resource => "Resource policy",
        PolicyKind::Boundary => "Permissions boundary",
        PolicyKind::Session => "Session policy",
        PolicyKind::ServiceControl => "Service control policy",
        PolicyKind::ResourceControl => "Resource control policy",
    }
}

/// The editor of a document; collapsed if the document cannot be changed.
fn document(props: &DraftFormProps<'_>, doc: &Doc) -> Html {
    let title = policy_title(doc.kind);
    let id = format!("{}-doc-{}", id_prefix(props.question.draft.kind), doc.id);
    let findings = props.question.findings.get(&doc.id).cloned().unwrap_or_default();
    let editor = html! {
        <PolicyEditor key={doc.id} doc={doc.clone()} {title} {id} {findings} edit={props.edit.clone()} />
    };
    if !doc.fixed {
        return editor;
    }
    html! {
        <details class="more" key={doc.id}>
            <summary>{line_icon("i-down")}{format!("{} (read-only)", doc.name)}</summary>
            {editor}
        </details>
    }
}

/// The editors of all documents, and buttons to add one.
pub fn documents(props: &DraftFormProps<'_>) -> Html {
    let draft = &props.question.draft;
    let shown = DOCUMENT_ORDER.into_iter().filter(|kind| match draft.kind {
        QuestionKind::Trust => *kind == PolicyKind::Trust,
        QuestionKind::Access => *kind != PolicyKind::Trust,
    });
    let addable: Vec<PolicyKind> = shown.filter(|kind| draft.can_add(*kind)).collect();
    html! { <>
        { for DOCUMENT_ORDER.iter().flat_map(|kind| draft.docs.iter().filter(move |d| d.kind == *kind)).map(|doc| document(props, doc)) }
        if !addable.is_empty() {
            <details class="more">
                <summary>{line_icon("i-down")}{"Add a policy"}</summary>
                <div class="actions">
                    { for addable.into_iter().map(|kind| html! {
                        <button class={button_class(ButtonKind::Standard, ButtonSize::Small)} onclick={props.edit.reform(move |_: MouseEvent| DraftEdit::AddDocument(kind))}>{policy_title(kind)}</button>
                    }) }
                </div>
            </details>
        }
    </> }
}
