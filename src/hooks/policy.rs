//! The policy page over time: it follows the address, asks the engine after every step, and makes
//! changes where they belong.

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
use crate::state::share::{self, PolicyLink, QuestionPair, wanted};

/// How long the engine waits for the next key, in milliseconds.
const PAUSE: u32 = 250;

/// The page's state and its hands.
#[derive(Clone)]
pub struct Controls {
    /// The state.
    pub desk: UseReducerHandle<PolicyState>,
    /// The client of the lab world, once it is there.
    pub client: Option<Client>,
}

impl Controls {
    /// A step of editing.
    pub fn edit(&self, half: QuestionKind, edit: DraftEdit) {
        self.desk.dispatch(Action::QuestionEdited(half, edit));
    }

    /// Goes to an address of this page; the back button comes back.
    pub fn go(&self, fragment: &str) {
        if window().location().hash().is_ok_and(|now| now == fragment) {
            return open(self.clone(), wanted(fragment));
        }
        // The browser tells of it, and the page then opens what the address asks for.
        let _ = window().location().set_hash(fragment);
    }

    /// A blank question.
    pub fn by_hand(&self) {
        write_address("");
        self.desk.dispatch(Action::QuestionsOpened(Source::Manual, QuestionPair::default()));
        self.desk.dispatch(Action::QuestionAdded(QuestionKind::Access));
    }

    /// The same question in the name of somebody who exists.
    pub fn ask_as(&self, question: Question) {
        if let Question::Access(case) = question {
            let role = case.principal.arn();
            let trust = self.desk.pair().ok().and_then(|pair| pair.trust);
            let trust = trust.filter(|t| labels::role_name(&role) == Some(&t.trust.name));
            let pair = QuestionPair { trust, access: Some(case) };
            write_address("");
            self.desk.dispatch(Action::QuestionsOpened(Source::Manual, pair));
        }
    }

    /// Makes a change in the editor.
    pub fn make_here(&self, half: QuestionKind, change: &PolicyChange) {
        let steps = self.desk.half(half).map(|asked| asked.steps(change)).unwrap_or_default();
        steps.into_iter().for_each(|step| self.edit(half, step));
    }

    /// The documents that a change wrote are the lab's from now on.
    fn keep(&self, half: QuestionKind, change: &PolicyChange) {
        let steps = self.desk.half(half).map(|asked| asked.steps(change)).unwrap_or_default();
        for step in steps {
            if let DraftEdit::SetText(id, _) = step {
                self.edit(half, DraftEdit::MarkSaved(id));
            }
        }
    }

    /// Makes a change in the lab world, as the administrator of its account, and in the editor.
    pub fn make_there(&self, half: QuestionKind, change: PolicyChange) {
        let (Some(client), controls) = (self.client.clone(), self.clone()) else { return };
        spawn_local(async move {
            let tell = controls.desk.dispatcher();
            let said = match admin::apply_change(&client, &change).await {
                Ok(()) => {
                    controls.make_here(half, &change);
                    controls.keep(half, &change);
                    "Done in the lab. Run it again there: it gets past this point.".to_owned()
                }
                Err(failure) => failure.message(),
            };
            know(&client, &tell).await;
            tell.dispatch(Action::NoteShown(Some(said)));
        });
    }

    /// Asks who could do what the second question asks.
    pub fn who_could(&self) {
        let (Some(client), Some(asked)) =
            (self.client.clone(), self.desk.half(QuestionKind::Access))
        else {
            return;
        };
        let (action, resource) = (asked.draft.action.clone(), asked.draft.resource.clone());
        let tell = self.desk.dispatcher();
        spawn_local(async move {
            match client.who_could(action.trim(), resource.trim()).await {
                Ok(who) => tell.dispatch(Action::WhoCouldReceived(who)),
                Err(failure) => tell.dispatch(Action::NoteShown(Some(failure.message()))),
            }
        });
    }

    /// Opens what a file holds.
    pub fn open_text(&self, text: &str) {
        match share::read(text) {
            Ok(pair) => self.desk.dispatch(Action::QuestionsOpened(Source::Shared, pair)),
            Err(why) => self.desk.dispatch(Action::NoteShown(Some(why))),
        }
    }
}

/// Reaches the lab world, opens what the address asks for, and keeps asking.
#[hook]
pub fn use_policy() -> Controls {
    let desk = use_reducer(PolicyState::default);
    let client = use_state(|| None);
    {
        let (tell, client) = (desk.dispatcher(), client.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match Host::lab().await {
                    Err(error) => tell.dispatch(Action::Failed(error.0)),
                    Ok(host) => {
                        let mine = Client::new(host, LAB, "lab");
                        know(&mine, &tell).await;
                        client.set(Some(mine));
                    }
                }
            });
        });
    }
    let controls = Controls { desk, client: (*client).clone() };
    use_return(&controls);
    use_hash(&controls);
    use_judge(&controls, QuestionKind::Trust);
    use_judge(&controls, QuestionKind::Access);
    controls
}

/// Who comes back to this tab has done something in another one.
#[hook]
fn use_return(controls: &Controls) {
    let tell = controls.desk.dispatcher();
    use_effect_with(controls.client.clone(), move |client| {
        let listener = client.clone().map(|client| {
            EventListener::new(&window(), "focus", move |_| {
                let (client, tell) = (client.clone(), tell.clone());
                spawn_local(async move { know(&client, &tell).await });
            })
        });
        move || drop(listener)
    });
}

/// Reads what there is in the lab world.
async fn know(client: &Client, tell: &UseReducerDispatcher<PolicyState>) {
    match (client.events(0).await, client.subjects().await) {
        (Ok(log), Ok(subjects)) => tell.dispatch(Action::LabLoaded(log, subjects)),
        (Err(failure), _) | (_, Err(failure)) => tell.dispatch(Action::Failed(failure.message())),
    }
}

/// What stands behind the `#` is opened, at first and whenever it changes.
#[hook]
fn use_hash(controls: &Controls) {
    let ready = controls.desk.ready;
    let latest = use_mut_ref(|| controls.clone());
    *latest.borrow_mut() = controls.clone();
    use_effect_with(ready, move |ready| {
        let listener = ready.then(|| {
            let open = move || {
                let fragment = window().location().hash().unwrap_or_default();
                open(latest.borrow().clone(), wanted(&fragment));
            };
            open();
            EventListener::new(&window(), "hashchange", move |_| open())
        });
        move || drop(listener)
    });
}

fn open(controls: Controls, wanted: PolicyLink) {
    let tell = controls.desk.dispatcher();
    let refuse = |why: String| tell.dispatch(Action::NoteShown(Some(why)));
    match wanted {
        PolicyLink::Empty => {}
        PolicyLink::Invalid(why) => refuse(why),
        PolicyLink::Event(number) => {
            let events = controls.desk.events.clone();
            let event = events.iter().find(|e| e.number == number);
            match event.map(|event| QuestionPair::of(&events, event)) {
                Some(Some(pair)) => {
                    tell.dispatch(Action::QuestionsOpened(Source::Event(number), pair))
                }
                Some(None) => refuse(format!("No policy was asked in event {number}.")),
                None => refuse(format!("The lab world has no event {number}. Was it reset?")),
            }
        }
        PolicyLink::Example(at) => match examples::all().into_iter().nth(at) {
            Some(example) => {
                tell.dispatch(Action::QuestionsOpened(Source::Example(at), example.pair))
            }
            None => refuse(format!("There is no example {}.", at.saturating_add(1))),
        },
        PolicyLink::Compressed(letters) => spawn_local(async move {
            match compression::decompress(&letters).await {
                Some(text) => controls.open_text(&text),
                None => tell.dispatch(Action::NoteShown(Some(
                    "The link is not whole: a part of it got lost on the way. Copy it again, from the first letter to the last.".to_owned(),
                ))),
            }
        }),
    }
}

/// Asks again after every step, once nobody types any more.
#[hook]
fn use_judge(controls: &Controls, half: QuestionKind) {
    let asked = controls.desk.half(half).cloned();
    let tell = controls.desk.dispatcher();
    let key = (controls.client.clone(), asked.as_ref().map(|a| a.version));
    use_effect_with(key, move |(client, _)| {
        let pause = client.clone().zip(asked).map(|(client, asked)| {
            let pause = if asked.answer == Answer::Pending { 0 } else { PAUSE };
            Timeout::new(pause, move || {
                spawn_local(async move {
                    let answer = judge(&client, &asked.draft).await;
                    let findings = check(&client, &asked).await;
                    tell.dispatch(Action::Answered(half, asked.version, answer, findings));
                });
            })
        });
        move || drop(pause)
    });
}

async fn judge(client: &Client, draft: &Draft) -> Answer {
    let question = match draft.question() {
        Ok(question) => question,
        Err(why) => return Answer::Incomplete(why),
    };
    match judged(client, draft, question).await {
        Ok(sides) => Answer::Evaluated(Rc::new(sides)),
        Err(failure) => Answer::Failed(failure.message()),
    }
}

async fn judged(
    client: &Client,
    draft: &Draft,
    question: Question,
) -> Result<Evaluation, ClientError> {
    let mut questions = vec![question.clone()];
    if let (Question::Access(case), true) = (&question, draft.is_cross_account()) {
        // Each account by itself: the other one's policies stand aside.
        let (mut near, mut far) = (case.clone(), case.clone());
        near.account.clear();
        (near.resource_policy, near.must_allow, near.rcp) = (None, false, Vec::new());
        far.identity = vec![everything()];
        (far.boundary, far.session, far.scp) = (None, None, Vec::new());
        questions.extend([Question::Access(near), Question::Access(far)]);
    }
    let mut answers = Vec::new();
    for one in &questions {
        answers.push(client.evaluate(one).await?);
    }
    let far = if questions.len() > 1 { answers.pop() } else { None };
    let near = if questions.len() > 1 { answers.pop() } else { None };
    let each = near.zip(far).map(|(near, far)| (of_caller(near), of_owner(far)));
    let whole = answers.pop();
    let whole = whole
        .ok_or_else(|| ClientError::InvalidResponse("no answer to the question".to_owned()))?;
    Ok(Evaluation { whole, question, each })
}

fn everything() -> Policy {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let document = json!({"Version": "2012-10-17", "Statement": [statement]});
    Policy { name: "everything".to_owned(), document, fixed: true }
}

fn of_caller(mut judged: Judgment) -> Verdict {
    use cognitab_policy::ladder::RungKind::ResourcePolicy;
    judged.decision.ladder.retain(|rung| rung.kind != ResourcePolicy);
    judged.decision
}

fn of_owner(mut judged: Judgment) -> Verdict {
    use cognitab_policy::ladder::RungKind::{ExplicitDeny, Organization, ResourcePolicy};
    let own = [ExplicitDeny, Organization, ResourcePolicy];
    judged.decision.ladder.retain(|rung| own.contains(&rung.kind));
    judged.decision
}

/// What is to be said of each document. A check that fails says nothing: the answer tells why.
async fn check(client: &Client, asked: &QuestionState) -> BTreeMap<usize, Vec<Finding>> {
    let mut findings = BTreeMap::new();
    for doc in &asked.draft.docs {
        if let Ok(found) = client.validate(doc.kind, &doc.text).await {
            findings.insert(doc.id, found);
        }
    }
    findings
}

/// Writes the fragment of what was shared into the address bar, without opening it again.
pub fn write_address(fragment: &str) {
    let path = window().location().pathname().unwrap_or_default();
    if let Ok(history) = window().history() {
        // The browser may refuse when it is asked too often; the link stands in its field anyway.
        let url = format!("{path}{fragment}");
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}
