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

use crate::client::{Client, Failure, admin, pack};
use crate::host::{Host, LAB};
use crate::state::change::Change;
use crate::state::desk::{Act, Answer, Asked, Desk, Sides, Source};
use crate::state::draft::{Draft, Half};
use crate::state::edits::Edit;
use crate::state::examples;
use crate::state::share::{self, Pair, Wanted, wanted};
use crate::state::words;

/// How long the engine waits for the next key, in milliseconds.
const PAUSE: u32 = 250;

/// The page's state and its hands.
#[derive(Clone)]
pub struct Controls {
    /// The state.
    pub desk: UseReducerHandle<Desk>,
    /// The client of the lab world, once it is there.
    pub client: Option<Client>,
}

impl Controls {
    /// A step of editing.
    pub fn edit(&self, half: Half, edit: Edit) {
        self.desk.dispatch(Act::Edited(half, edit));
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
        self.desk.dispatch(Act::Opened(Source::Hand, Pair::default()));
        self.desk.dispatch(Act::Began(Half::Access));
    }

    /// The same question in the name of somebody who exists.
    pub fn ask_as(&self, question: Question) {
        if let Question::Access(case) = question {
            let role = case.principal.arn();
            let trust = self.desk.pair().ok().and_then(|pair| pair.trust);
            let trust = trust.filter(|t| words::role_of(&role) == Some(&t.trust.name));
            let pair = Pair { trust, access: Some(case) };
            write_address("");
            self.desk.dispatch(Act::Opened(Source::Hand, pair));
        }
    }

    /// Makes a change in the editor.
    pub fn make_here(&self, half: Half, change: &Change) {
        let steps = self.desk.half(half).map(|asked| asked.steps(change)).unwrap_or_default();
        steps.into_iter().for_each(|step| self.edit(half, step));
    }

    /// The documents that a change wrote are the lab's from now on.
    fn keep(&self, half: Half, change: &Change) {
        let steps = self.desk.half(half).map(|asked| asked.steps(change)).unwrap_or_default();
        for step in steps {
            if let Edit::Text(id, _) = step {
                self.edit(half, Edit::Keep(id));
            }
        }
    }

    /// Makes a change in the lab world, as the administrator of its account, and in the editor.
    pub fn make_there(&self, half: Half, change: Change) {
        let (Some(client), controls) = (self.client.clone(), self.clone()) else { return };
        spawn_local(async move {
            let tell = controls.desk.dispatcher();
            let said = match admin::apply(&client, &change).await {
                Ok(()) => {
                    controls.make_here(half, &change);
                    controls.keep(half, &change);
                    "Done in the lab. Run it again there: it gets past this point.".to_owned()
                }
                Err(failure) => failure.in_words(),
            };
            know(&client, &tell).await;
            tell.dispatch(Act::Note(Some(said)));
        });
    }

    /// Asks who could do what the second question asks.
    pub fn who_could(&self) {
        let (Some(client), Some(asked)) = (self.client.clone(), self.desk.half(Half::Access))
        else {
            return;
        };
        let (action, resource) = (asked.draft.action.clone(), asked.draft.resource.clone());
        let tell = self.desk.dispatcher();
        spawn_local(async move {
            match client.who_could(action.trim(), resource.trim()).await {
                Ok(who) => tell.dispatch(Act::Who(who)),
                Err(failure) => tell.dispatch(Act::Note(Some(failure.in_words()))),
            }
        });
    }

    /// Opens what a file holds.
    pub fn open_text(&self, text: &str) {
        match share::read(text) {
            Ok(pair) => self.desk.dispatch(Act::Opened(Source::Shared, pair)),
            Err(why) => self.desk.dispatch(Act::Note(Some(why))),
        }
    }
}

/// Reaches the lab world, opens what the address asks for, and keeps asking.
#[hook]
pub fn use_policy() -> Controls {
    let desk = use_reducer(Desk::default);
    let client = use_state(|| None);
    {
        let (tell, client) = (desk.dispatcher(), client.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match Host::lab().await {
                    Err(silence) => tell.dispatch(Act::Failed(silence.0)),
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
    use_judge(&controls, Half::Trust);
    use_judge(&controls, Half::Access);
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
async fn know(client: &Client, tell: &UseReducerDispatcher<Desk>) {
    match (client.events(0).await, client.subjects().await) {
        (Ok(log), Ok(subjects)) => tell.dispatch(Act::Known(log, subjects)),
        (Err(failure), _) | (_, Err(failure)) => tell.dispatch(Act::Failed(failure.in_words())),
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

fn open(controls: Controls, wanted: Wanted) {
    let tell = controls.desk.dispatcher();
    let refuse = |why: String| tell.dispatch(Act::Note(Some(why)));
    match wanted {
        Wanted::Nothing => {}
        Wanted::Unknown(why) => refuse(why),
        Wanted::Event(number) => {
            let events = controls.desk.events.clone();
            let event = events.iter().find(|e| e.number == number);
            match event.map(|event| Pair::of(&events, event)) {
                Some(Some(pair)) => tell.dispatch(Act::Opened(Source::Event(number), pair)),
                Some(None) => refuse(format!("No policy was asked in event {number}.")),
                None => refuse(format!("The lab world has no event {number}. Was it reset?")),
            }
        }
        Wanted::Example(at) => match examples::all().into_iter().nth(at) {
            Some(example) => tell.dispatch(Act::Opened(Source::Example(at), example.pair)),
            None => refuse(format!("There is no example {}.", at.saturating_add(1))),
        },
        Wanted::Packed(letters) => spawn_local(async move {
            match pack::unpack(&letters).await {
                Some(text) => controls.open_text(&text),
                None => tell.dispatch(Act::Note(Some(
                    "The link is not whole: a part of it got lost on the way. Copy it again, from the first letter to the last.".to_owned(),
                ))),
            }
        }),
    }
}

/// Asks again after every step, once nobody types any more.
#[hook]
fn use_judge(controls: &Controls, half: Half) {
    let asked = controls.desk.half(half).cloned();
    let tell = controls.desk.dispatcher();
    let key = (controls.client.clone(), asked.as_ref().map(|a| a.version));
    use_effect_with(key, move |(client, _)| {
        let pause = client.clone().zip(asked).map(|(client, asked)| {
            let pause = if asked.answer == Answer::Waiting { 0 } else { PAUSE };
            Timeout::new(pause, move || {
                spawn_local(async move {
                    let answer = judge(&client, &asked.draft).await;
                    let findings = check(&client, &asked).await;
                    tell.dispatch(Act::Answered(half, asked.version, answer, findings));
                });
            })
        });
        move || drop(pause)
    });
}

async fn judge(client: &Client, draft: &Draft) -> Answer {
    let question = match draft.question() {
        Ok(question) => question,
        Err(why) => return Answer::Unasked(why),
    };
    match judged(client, draft, question).await {
        Ok(sides) => Answer::Judged(Rc::new(sides)),
        Err(failure) => Answer::Refused(failure.in_words()),
    }
}

async fn judged(client: &Client, draft: &Draft, question: Question) -> Result<Sides, Failure> {
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
        answers.push(client.judge(one).await?);
    }
    let far = if questions.len() > 1 { answers.pop() } else { None };
    let near = if questions.len() > 1 { answers.pop() } else { None };
    let each = near.zip(far).map(|(near, far)| (of_caller(near), of_owner(far)));
    let whole = answers.pop();
    let whole = whole.ok_or_else(|| Failure::Unreadable("no answer to the question".to_owned()))?;
    Ok(Sides { whole, question, each })
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
async fn check(client: &Client, asked: &Asked) -> BTreeMap<usize, Vec<Finding>> {
    let mut findings = BTreeMap::new();
    for doc in &asked.draft.docs {
        if let Ok(found) = client.check(doc.kind, &doc.text).await {
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
