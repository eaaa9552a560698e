//! State and actions of the policy page. Questions are evaluated after every edit; changes are
//! applied to the editor or to the lab world.

use std::collections::BTreeMap;
use std::rc::Rc;

use cognitab_policy::{Finding, Policy, Question};
use cognitab_trace::control::{Judgment, Verdict};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::client::{Client, ClientError, admin, compression};
use crate::host::{Host, LAB};
use crate::state::change::PolicyChange;
use crate::state::draft::{Draft, QuestionKind};
use crate::state::draft_edit::DraftEdit;
use crate::state::examples;
use crate::state::labels;
use crate::state::policy::{Action, Answer, Evaluation, PolicyState, QuestionState, Source};
use crate::state::share::{self, PolicyLink, QuestionPair, parse_link};

/// Delay between the last edit and the evaluation, in milliseconds.
const DEBOUNCE_MS: u32 = 250;

/// State of the policy page with its actions.
#[derive(Clone)]
pub struct Controls {
    /// The reducer's state.
    pub state: UseReducerHandle<PolicyState>,
    /// Client of the lab world; `None` until the broker is reachable.
    pub client: Option<Client>,
}

impl Controls {
    /// Applies an edit to a question.
    pub fn edit(&self, kind: QuestionKind, edit: DraftEdit) {
        self.state.dispatch(Action::QuestionEdited(kind, edit));
    }

    /// Navigates to a fragment of this page, as a history entry of its own.
    pub fn go(&self, fragment: &str) {
        if window().location().hash().is_ok_and(|now| now == fragment) {
            return open_link(self.clone(), parse_link(fragment));
        }
        // The `hashchange` event then opens what the fragment names.
        let _ = window().location().set_hash(fragment);
    }

    /// Starts with an empty access question.
    pub fn start_manually(&self) {
        replace_fragment("");
        self.state.dispatch(Action::QuestionsOpened(Source::Manual, QuestionPair::default()));
        self.state.dispatch(Action::QuestionAdded(QuestionKind::Access));
    }

    /// Asks the same question for another caller.
    pub fn ask_as(&self, question: Question) {
        if let Question::Access(case) = question {
            let role = case.principal.arn();
            let trust = self.state.pair().ok().and_then(|pair| pair.trust);
            let trust = trust.filter(|t| labels::role_name(&role) == Some(&t.trust.name));
            let pair = QuestionPair { trust, access: Some(case) };
            replace_fragment("");
            self.state.dispatch(Action::QuestionsOpened(Source::Manual, pair));
        }
    }

    /// Applies a change to the documents in the editor.
    pub fn apply_in_editor(&self, kind: QuestionKind, change: &PolicyChange) {
        let edits = self
            .state
            .question(kind)
            .map(|question| question.edits_for(change))
            .unwrap_or_default();
        edits.into_iter().for_each(|edit| self.edit(kind, edit));
    }

    /// Marks the changed documents as equal to those in the lab.
    fn mark_saved(&self, kind: QuestionKind, change: &PolicyChange) {
        let edits = self
            .state
            .question(kind)
            .map(|question| question.edits_for(change))
            .unwrap_or_default();
        for edit in edits {
            if let DraftEdit::SetText(id, _) = edit {
                self.edit(kind, DraftEdit::MarkSaved(id));
            }
        }
    }

    /// Applies a change in the lab world, as the administrator of its account, and then in the
    /// editor.
    pub fn apply_in_lab(&self, kind: QuestionKind, change: PolicyChange) {
        let (Some(client), controls) = (self.client.clone(), self.clone()) else { return };
        spawn_local(async move {
            let dispatcher = controls.state.dispatcher();
            let note = match admin::apply_change(&client, &change).await {
                Ok(()) => {
                    controls.apply_in_editor(kind, &change);
                    controls.mark_saved(kind, &change);
                    "Applied in the lab. Send the request there again to get past this point."
                        .to_owned()
                }
                Err(error) => error.message(),
            };
            load_lab(&client, &dispatcher).await;
            dispatcher.dispatch(Action::NoteShown(Some(note)));
        });
    }

    /// Finds who could perform the action of the access question.
    pub fn who_could(&self) {
        let (Some(client), Some(question)) =
            (self.client.clone(), self.state.question(QuestionKind::Access))
        else {
            return;
        };
        let (action, resource) = (question.draft.action.clone(), question.draft.resource.clone());
        let dispatcher = self.state.dispatcher();
        spawn_local(async move {
            match client.who_could(action.trim(), resource.trim()).await {
                Ok(who) => dispatcher.dispatch(Action::WhoCouldReceived(who)),
                Err(error) => dispatcher.dispatch(Action::NoteShown(Some(error.message()))),
            }
        });
    }

    /// Opens the JSON of a shared question pair.
    pub fn open_text(&self, text: &str) {
        match share::parse_pair(text) {
            Ok(pair) => self.state.dispatch(Action::QuestionsOpened(Source::Shared, pair)),
            Err(why) => self.state.dispatch(Action::NoteShown(Some(why))),
        }
    }
}

/// Connects to the lab world, opens what the URL names, and evaluates the questions.
#[hook]
pub fn use_policy() -> Controls {
    let state = use_reducer(PolicyState::default);
    let client = use_state(|| None);
    {
        let (dispatcher, client) = (state.dispatcher(), client.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match Host::lab().await {
                    Err(error) => dispatcher.dispatch(Action::Failed(error.0)),
                    Ok(host) => {
                        let lab_client = Client::new(host, LAB, "lab");
                        load_lab(&lab_client, &dispatcher).await;
                        client.set(Some(lab_client));
                    }
                }
            });
        });
    }
    let controls = Controls { state, client: (*client).clone() };
    use_refresh_on_focus(&controls);
    use_link(&controls);
    use_evaluation(&controls, QuestionKind::Trust);
    use_evaluation(&controls, QuestionKind::Access);
    controls
}

/// Reads the lab again when the tab gets the focus: another tab may have changed it.
#[hook]
fn use_refresh_on_focus(controls: &Controls) {
    let dispatcher = controls.state.dispatcher();
    use_effect_with(controls.client.clone(), move |client| {
        let listener = client.clone().map(|client| {
            EventListener::new(&window(), "focus", move |_| {
                let (client, dispatcher) = (client.clone(), dispatcher.clone());
                spawn_local(async move { load_lab(&client, &dispatcher).await });
            })
        });
        move || drop(listener)
    });
}

/// Reads the events, users, roles and resources of the lab world.
async fn load_lab(client: &Client, dispatcher: &UseReducerDispatcher<PolicyState>) {
    // A shared link may be the first page that somebody opens: an unused lab holds no bucket yet.
    if let Err(error) = client.open_scenario("photo-app").await {
        return dispatcher.dispatch(Action::Failed(error.message()));
    }
    match (client.events(0).await, client.subjects().await) {
        (Ok(log), Ok(subjects)) => dispatcher.dispatch(Action::LabLoaded(log, subjects)),
        (Err(error), _) | (_, Err(error)) => dispatcher.dispatch(Action::Failed(error.message())),
    }
}

/// Opens what the fragment names, at the start and whenever it changes.
#[hook]
fn use_link(controls: &Controls) {
    let ready = controls.state.ready;
    let latest = use_mut_ref(|| controls.clone());
    *latest.borrow_mut() = controls.clone();
    use_effect_with(ready, move |ready| {
        let listener = ready.then(|| {
            let open = move || {
                let fragment = window().location().hash().unwrap_or_default();
                open_link(latest.borrow().clone(), parse_link(&fragment));
            };
            open();
            EventListener::new(&window(), "hashchange", move |_| open())
        });
        move || drop(listener)
    });
}

fn open_link(controls: Controls, link: PolicyLink) {
    let dispatcher = controls.state.dispatcher();
    let show_note = |why: String| dispatcher.dispatch(Action::NoteShown(Some(why)));
    match link {
        PolicyLink::Empty => {}
        PolicyLink::Invalid(why) => show_note(why),
        PolicyLink::Event(number) => {
            let events = controls.state.events.clone();
            let event = events.iter().find(|e| e.number == number);
            match event.map(|event| QuestionPair::from_event(&events, event)) {
                Some(Some(pair)) => {
                    dispatcher.dispatch(Action::QuestionsOpened(Source::Event(number), pair))
                }
                Some(None) => show_note(format!("No policy was evaluated in event {number}.")),
                None => show_note(format!(
                    "The lab world has no event {number}. It may have been reset."
                )),
            }
        }
        PolicyLink::Example(at) => match examples::all().into_iter().nth(at) {
            Some(example) => {
                dispatcher.dispatch(Action::QuestionsOpened(Source::Example(at), example.questions))
            }
            None => show_note(format!("There is no example {}.", at.saturating_add(1))),
        },
        PolicyLink::Compressed(compressed) => spawn_local(async move {
            match compression::decompress(&compressed).await {
                Some(text) => controls.open_text(&text),
                None => dispatcher.dispatch(Action::NoteShown(Some(
                    "The link is incomplete. Copy the whole link again.".to_owned(),
                ))),
            }
        }),
    }
}

/// Evaluates a question after each edit, once typing stops.
#[hook]
fn use_evaluation(controls: &Controls, kind: QuestionKind) {
    let question = controls.state.question(kind).cloned();
    let dispatcher = controls.state.dispatcher();
    let key = (controls.client.clone(), question.as_ref().map(|a| a.version));
    use_effect_with(key, move |(client, _)| {
        let pause = client.clone().zip(question).map(|(client, question)| {
            let pause = if question.answer == Answer::Pending { 0 } else { DEBOUNCE_MS };
            Timeout::new(pause, move || {
                spawn_local(async move {
                    let answer = evaluate(&client, &question.draft).await;
                    let findings = validate(&client, &question).await;
                    dispatcher.dispatch(Action::Answered(kind, question.version, answer, findings));
                });
            })
        });
        move || drop(pause)
    });
}

async fn evaluate(client: &Client, draft: &Draft) -> Answer {
    let question = match draft.question() {
        Ok(question) => question,
        Err(why) => return Answer::Incomplete(why),
    };
    match evaluate_question(client, draft, question).await {
        Ok(evaluation) => Answer::Evaluated(Rc::new(evaluation)),
        Err(error) => Answer::Failed(error.message()),
    }
}

async fn evaluate_question(
    client: &Client,
    draft: &Draft,
    question: Question,
) -> Result<Evaluation, ClientError> {
    let mut questions = vec![question.clone()];
    if let (Question::Access(case), true) = (&question, draft.is_cross_account()) {
        // Evaluates each account alone, without the policies of the other one.
        let (mut caller, mut owner) = (case.clone(), case.clone());
        caller.account.clear();
        (caller.resource_policy, caller.must_allow, caller.rcp) = (None, false, Vec::new());
        owner.identity = vec![allow_everything()];
        (owner.boundary, owner.session, owner.scp) = (None, None, Vec::new());
        questions.extend([Question::Access(caller), Question::Access(owner)]);
    }
    let mut answers = Vec::new();
    for one in &questions {
        answers.push(client.evaluate(one).await?);
    }
    let owner = if questions.len() > 1 { answers.pop() } else { None };
    let caller = if questions.len() > 1 { answers.pop() } else { None };
    let by_account =
        caller.zip(owner).map(|(caller, owner)| (caller_verdict(caller), owner_verdict(owner)));
    let judgment = answers.pop();
    let judgment = judgment
        .ok_or_else(|| ClientError::InvalidResponse("no answer to the question".to_owned()))?;
    Ok(Evaluation { judgment, question, by_account })
}

fn allow_everything() -> Policy {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let document = json!({"Version": "2012-10-17", "Statement": [statement]});
    Policy { name: "everything".to_owned(), document, fixed: true }
}

fn caller_verdict(mut judgment: Judgment) -> Verdict {
    use cognitab_policy::ladder::RungKind::ResourcePolicy;
    judgment.decision.ladder.retain(|rung| rung.kind != ResourcePolicy);
    judgment.decision
}

fn owner_verdict(mut judgment: Judgment) -> Verdict {
    use cognitab_policy::ladder::RungKind::{ExplicitDeny, Organization, ResourcePolicy};
    let own = [ExplicitDeny, Organization, ResourcePolicy];
    judgment.decision.ladder.retain(|rung| own.contains(&rung.kind));
    judgment.decision
}

/// Validates each document. A failed validation yields no findings: the answer reports the cause.
async fn validate(client: &Client, question: &QuestionState) -> BTreeMap<usize, Vec<Finding>> {
    let mut findings = BTreeMap::new();
    for doc in &question.draft.docs {
        if let Ok(found) = client.validate(doc.kind, &doc.text).await {
            findings.insert(doc.id, found);
        }
    }
    findings
}

/// Replaces the fragment of the URL without opening what it names.
pub fn replace_fragment(fragment: &str) {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        // Browsers limit how often the URL may change; the link is also in its field.
        let url = format!("{path}{fragment}");
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}
