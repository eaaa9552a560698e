//! What an operation has in its hands while it runs.

use cognitab_policy::Fix;
use cognitab_policy::ladder::{Ladder, Rung, RungKind, RungState};
use cognitab_wire::Shape;
use cognitab_wire::http::Request;
use serde_json::Value as Json;

use crate::caller::Caller;
use crate::event::{Artifact, Change, ChangeKind, Event, Message, Refusal, Station};
use crate::fault::Fault;
use crate::input::{Answer, Input, Question, Signing};
use crate::operation::{Operation, Service, entry};
use crate::random::Random;
use crate::world::World;
use crate::{journal, protocol};

/// The hands of an operation: the world as it will be, the time, the caller, and the notes from
/// which its event is written.
pub(crate) struct Cx<'a> {
    /// The world that is kept if the operation succeeds.
    pub(crate) world: World,
    /// Simulated time in milliseconds since 1970.
    pub(crate) now: i64,
    /// Randomness.
    pub(crate) random: Random,
    /// The request as it arrived at the outermost service.
    pub(crate) request: &'a Request,
    /// The service that is asked.
    pub(crate) service: &'static Service,
    /// Account in which the operation runs.
    pub(crate) account: String,
    /// Region in which it runs.
    pub(crate) region: String,
    /// Who calls.
    pub(crate) caller: Caller,
    /// What is known so far of the decision.
    pub(crate) why: Why,
    /// What came with the request.
    pub(crate) carries: Vec<Artifact>,
    /// What goes back.
    pub(crate) returns: Vec<Artifact>,
    /// Signatures to be made.
    pub(crate) signing: Vec<Signing>,
    /// Number of the event that is being written.
    pub(crate) number: u64,
    input: &'a Input,
    kept: Option<World>,
    asked: usize,
    next: u64,
    finished: Vec<Event>,
}

/// The reasoning behind an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Why {
    /// Rung by rung.
    pub(crate) ladder: Ladder,
    /// The smallest change that would turn the refusal.
    pub(crate) fix: Option<Fix>,
    /// What the policies were asked.
    pub(crate) case: Option<cognitab_policy::Question>,
    /// The refusal by a policy as DecodeAuthorizationMessage reads it.
    pub(crate) encoded: Option<String>,
}

impl<'a> Cx<'a> {
    /// Hands for a request to this service.
    pub(crate) fn new(world: World, input: &'a Input, service: &'static Service) -> Cx<'a> {
        let number = journal::next(&world);
        Cx {
            now: crate::control::now(&world, input.now),
            random: Random::new(input.entropy),
            request: &input.request,
            service,
            account: String::new(),
            region: "us-east-1".to_owned(),
            caller: Caller::Anonymous,
            why: Why::default(),
            carries: Vec::new(),
            returns: Vec::new(),
            signing: Vec::new(),
            number,
            input,
            kept: None,
            asked: 0,
            next: number + 1,
            finished: Vec::new(),
            world,
        }
    }

    /// Whether any credentials count as Studio's administrator.
    pub(crate) fn open(&self) -> bool {
        self.input.open
    }

    /// Keeps what has been written so far even if the operation refuses: failed attempts, spent
    /// codes.
    pub(crate) fn keep(&mut self) {
        self.kept = Some(self.world.clone());
    }

    /// The world that a refusal leaves behind, if it keeps any of its writes.
    pub(crate) fn kept(&mut self) -> Option<World> {
        self.kept.take()
    }

    /// Asks the host; the operation runs again with the answer.
    pub(crate) fn rsa_key(&mut self) -> Result<Vec<u8>, Fault> {
        let answer = self.input.answers.get(self.asked);
        self.asked += 1;
        match answer {
            Some(Answer::RsaKey(der)) => Ok(der.clone()),
            None => Err(Fault::ask(Question::RsaKey)),
        }
    }

    /// Adds a rung to the ladder.
    pub(crate) fn rung(&mut self, rung: Rung) {
        self.why.ladder.push(rung);
    }

    /// Calls an operation of another service, as AWS's services call each other. The call becomes
    /// an event inside this one. A refusal leaves nothing behind but what it keeps.
    pub(crate) fn call<O: Operation>(
        &mut self,
        service: &'static Service,
        account: &str,
        caller: Caller,
        input: O::Input,
    ) -> Result<O::Output, Fault> {
        let before = self.world.clone();
        let number = self.next;
        self.next += 1;
        let mut outer = Frame {
            service,
            account: account.to_owned(),
            caller,
            number,
            kept: None,
            why: Why::default(),
            carries: Vec::new(),
            returns: Vec::new(),
        };
        self.exchange(&mut outer);
        let tree = input.write();
        let result = O::run(self, input);
        if result.is_err() {
            self.world = self.kept.take().unwrap_or_else(|| before.clone());
        }
        let mut event = self.event(O::NAME, station_of(outer.service), &before);
        event.inside = Some(outer.number);
        event.input = protocol::shown_tree(&tree);
        event.request = protocol::inner_request(service, &entry::<O>(), &tree, &self.region);
        match &result {
            Ok(output) => {
                let output = output.write();
                event.output = protocol::shown_tree(&output);
                event.response = protocol::inner_response(service, &entry::<O>(), &output);
            }
            Err(fault) => self.refuse(&mut event, fault),
        }
        let asked = result.as_ref().err().is_some_and(|f| f.question.is_some());
        self.exchange(&mut outer);
        if !asked {
            self.finished.push(event);
        }
        result.map_err(|fault| Fault { cause: fault.cause.or(Some(number)), ..fault })
    }

    fn exchange(&mut self, frame: &mut Frame) {
        std::mem::swap(&mut self.service, &mut frame.service);
        std::mem::swap(&mut self.account, &mut frame.account);
        std::mem::swap(&mut self.caller, &mut frame.caller);
        std::mem::swap(&mut self.number, &mut frame.number);
        std::mem::swap(&mut self.kept, &mut frame.kept);
        std::mem::swap(&mut self.why, &mut frame.why);
        std::mem::swap(&mut self.carries, &mut frame.carries);
        std::mem::swap(&mut self.returns, &mut frame.returns);
    }

    /// The event of the call that is running, as far as it is known.
    pub(crate) fn event(&mut self, call: &str, from: Station, before: &World) -> Event {
        Event {
            number: self.number,
            at: self.now,
            from,
            to: self.service.station,
            who: self.caller.who(&self.world),
            account: (!self.account.is_empty()).then(|| self.account.clone()),
            region: Some(self.region.clone()),
            service: self.service.name.to_owned(),
            call: call.to_owned(),
            request: Message::default(),
            response: Message::default(),
            input: Json::Null,
            output: Json::Null,
            refusal: None,
            ladder: std::mem::take(&mut self.why.ladder),
            fix: self.why.fix.take(),
            case: self.why.case.take(),
            inside: None,
            carries: std::mem::take(&mut self.carries),
            returns: std::mem::take(&mut self.returns),
            changes: changes(before, &self.world),
        }
    }

    /// Notes a refusal in an event.
    pub(crate) fn refuse(&mut self, event: &mut Event, fault: &Fault) {
        event.refusal = Some(Refusal {
            station: fault.station.unwrap_or(self.service.station),
            code: fault.code.to_string(),
            message: fault.message.clone(),
            status: fault.status,
            cause: fault.cause,
            encoded: self.why.encoded.take(),
        });
        event.returns.clear();
        let stopped = |r: &Rung| matches!(r.state, RungState::Refused | RungState::Denied);
        if !event.ladder.iter().any(stopped) {
            // Form, caller and permission leave rungs of their own: what is left is the state of
            // what was asked for.
            let note = fault.message.trim_end_matches('.');
            event.ladder.push(Rung::refused(RungKind::State, note));
        }
        if event.response.start.is_empty() {
            let response = protocol::refusal(self.service, fault, "", self.now);
            event.response = protocol::message_of(&response);
        }
    }

    /// Events of the inner calls, in the order in which they were finished.
    pub(crate) fn finished(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.finished)
    }
}

/// What changes when a service calls another.
struct Frame {
    service: &'static Service,
    account: String,
    caller: Caller,
    number: u64,
    kept: Option<World>,
    why: Why,
    carries: Vec<Artifact>,
    returns: Vec<Artifact>,
}

fn station_of(service: &Service) -> Station {
    service.station
}

fn changes(before: &World, after: &World) -> Vec<Change> {
    before
        .diff(after)
        .into_iter()
        .map(|write| Change {
            kind: match (&write.text, write.new) {
                (None, _) => ChangeKind::Removed,
                (_, true) => ChangeKind::Added,
                _ => ChangeKind::Changed,
            },
            table: write.table,
            key: write.key,
        })
        .collect()
}
