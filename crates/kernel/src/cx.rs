//! The context of an operation: the world that it changes, the time, the caller, and what its
//! event will say.

use cognitab_policy::Fix;
use cognitab_policy::ladder::{Ladder, Rung, RungKind, RungState};
use cognitab_trace::event::{
    Artifact, Change, ChangeKind, Event, Message, Refusal, Station, Who, WhoKind,
};
use cognitab_wire::Shape;
use cognitab_wire::http::Request;
use serde_json::Value as Json;

use crate::caller::Caller;
use crate::error::{ApiError, Stop};
use crate::input::{Answer, Input, Invocation, Question, Signing};
use crate::issuer::Issuer;
use crate::operation::{Operation, entry};
use crate::random::Random;
use crate::service::{IdentityPolicies, Service};
use crate::world::World;
use crate::{clock, event_log, protocol};

const DEFAULT_REGION: &str = "us-east-1";

/// The context of an operation.
pub struct Cx<'a> {
    /// The world, kept if the operation succeeds.
    pub world: World,
    /// Simulated time in milliseconds since 1970.
    pub now: i64,
    /// Randomness.
    pub random: Random,
    /// Every service of this broker.
    pub services: &'static [&'static Service],
    /// The call that is running: that of the request, or one that a service makes within it.
    pub call: Call,
    /// Signatures that the host makes last.
    pub signing: Vec<Signing>,
    input: &'a Input,
    log: Log,
}

/// A call of an operation or a request to a page, as far as it has come.
#[derive(Debug)]
pub struct Call {
    /// The service that is called.
    pub service: &'static Service,
    /// The account in which it is answered.
    pub account: String,
    /// The region in which it is answered.
    pub region: String,
    /// Who calls.
    pub caller: Caller,
    /// Why it is allowed or refused, as far as known.
    pub why: Why,
    /// The tokens, codes and credentials that came with the request.
    pub carries: Vec<Artifact>,
    /// The tokens, codes and credentials that go back.
    pub returns: Vec<Artifact>,
    /// Number of its event.
    pub number: u64,
    persisted: Option<World>,
}

/// The reasons behind an answer.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// The rungs reached so far.
    pub ladder: Ladder,
    /// The smallest change that would allow what was refused.
    pub fix: Option<Fix>,
    /// What the policies were asked.
    pub case: Option<cognitab_policy::Question>,
    /// The encoded authorization message of a refusal by a policy.
    pub encoded: Option<String>,
}

/// Events of the calls made within the request, and how many questions were asked.
#[derive(Debug)]
struct Log {
    next: u64,
    finished: Vec<Event>,
    asked: usize,
}

impl Call {
    /// A call whose caller is not authenticated yet.
    pub fn new(service: &'static Service, account: String, region: String, number: u64) -> Call {
        Call {
            service,
            account,
            region,
            caller: Caller::Anonymous,
            why: Why::default(),
            carries: Vec::new(),
            returns: Vec::new(),
            number,
            persisted: None,
        }
    }
}

impl<'a> Cx<'a> {
    /// The context of a request to this service.
    pub fn new(
        world: &World,
        input: &'a Input,
        services: &'static [&'static Service],
        service: &'static Service,
    ) -> Cx<'a> {
        let number = event_log::next(world);
        Cx {
            now: clock::now(world, input.now),
            random: Random::new(input.entropy),
            services,
            call: Call::new(service, String::new(), DEFAULT_REGION.to_owned(), number),
            signing: Vec::new(),
            input,
            log: Log { next: number + 1, finished: Vec::new(), asked: 0 },
            world: world.clone(),
        }
    }

    /// The request as it arrived at the outermost service.
    pub fn request(&self) -> &'a Request {
        &self.input.request
    }

    /// Whether any credentials count as the administrator of [`crate::accounts::STUDIO`].
    pub fn open(&self) -> bool {
        self.input.open
    }

    /// Keeps what has been written so far even if the operation fails: failed attempts, used codes.
    pub fn persist_on_error(&mut self) {
        self.call.persisted = Some(self.world.clone());
    }

    /// The world that a failed call leaves behind, if it keeps any of its writes.
    pub fn persisted(&mut self) -> Option<World> {
        self.call.persisted.take()
    }

    /// Asks the host for something that the core cannot know or do. The request runs again, from
    /// its beginning, with the answer.
    pub fn ask(&mut self, question: Question) -> Result<&'a Answer, Stop> {
        let answer = self.input.answers.get(self.log.asked);
        self.log.asked += 1;
        answer.ok_or(Stop::Ask(question))
    }

    /// A new RSA key of 2048 bits: PKCS #8 in DER.
    pub fn rsa_key(&mut self) -> Result<Vec<u8>, Stop> {
        match self.ask(Question::RsaKey)? {
            Answer::RsaKey(der) => Ok(der.clone()),
            Answer::Invocation(_) => Err(mismatched().into()),
        }
    }

    /// The result of invoking the Lambda function of this ARN with an event (JSON text).
    pub fn invoke(&mut self, function: &str, payload: String) -> Result<Invocation, Stop> {
        match self.ask(Question::Invoke { function: function.to_owned(), payload })? {
            Answer::Invocation(invocation) => Ok(invocation.clone()),
            Answer::RsaKey(_) => Err(mismatched().into()),
        }
    }

    /// Adds a rung to the ladder.
    pub fn rung(&mut self, rung: Rung) {
        self.call.why.ladder.push(rung);
    }

    /// Adds the rung of a refusal to the ladder and returns the refusal's error.
    pub fn refuse_with<E>(&mut self, rung: Rung, error: E) -> E {
        self.rung(rung);
        error
    }

    /// The issuer of this name, with its scheme.
    pub fn issuer(&self, name: &str) -> Option<Issuer> {
        self.services.iter().find_map(|service| service.issuer?(&self.world, name))
    }

    /// The identity-based policies of the principal of this ARN.
    pub fn identity_policies(&self, principal: &str) -> IdentityPolicies {
        let of = self.services.iter().find_map(|service| service.identity_policies);
        of.map(|of| of(&self.world, principal)).unwrap_or_default()
    }

    /// Calls an operation, of its own or of another service, as AWS's services call each other. The
    /// call becomes an event within that of the caller. A failed call leaves nothing behind but
    /// what it persists on error.
    pub fn call<O: Operation>(
        &mut self,
        account: &str,
        caller: Caller,
        input: O::Input,
    ) -> Result<O::Output, Stop> {
        let inner = self.inner(O::SERVICE, account);
        let tree = input.write();
        let (result, mut event) =
            self.nested(Call { caller, ..inner }, O::NAME, |cx| O::run(cx, input))?;
        event.input = protocol::shown_tree(&tree);
        let (service, entry) = (O::SERVICE, entry::<O>());
        event.request = protocol::inner_request(service, &entry, &tree, &self.call.region);
        if let Ok(output) = &result {
            let output = output.write();
            event.output = protocol::shown_tree(&output);
            event.response = protocol::inner_response(service, &entry, &output);
        }
        self.log.finished.push(event);
        Ok(result?)
    }

    /// Runs a step of a page as an event within that of the page: what a page does to its service
    /// where AWS has no operation for it. It fails like a call of an operation.
    pub fn step<T>(
        &mut self,
        service: &'static Service,
        name: &str,
        run: impl FnOnce(&mut Cx<'a>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let account = self.call.account.clone();
        let inner = self.inner(service, &account);
        let (result, mut event) = self.nested(inner, name, run)?;
        event.request.start = name.to_owned();
        if result.is_ok() {
            event.response.start = "200".to_owned();
        }
        self.log.finished.push(event);
        Ok(result?)
    }

    fn inner(&mut self, service: &'static Service, account: &str) -> Call {
        let number = self.log.next;
        self.log.next += 1;
        Call::new(service, account.to_owned(), self.call.region.clone(), number)
    }

    /// Runs something as another call; returns its result and its event. A question ends both.
    fn nested<T>(
        &mut self,
        inner: Call,
        name: &str,
        run: impl FnOnce(&mut Cx<'a>) -> Result<T, Stop>,
    ) -> Result<(Result<T, ApiError>, Event), Stop> {
        let before = self.world.clone();
        let number = inner.number;
        let outer = std::mem::replace(&mut self.call, inner);
        let result = match run(self) {
            Ok(output) => Ok(output),
            Err(Stop::Error(error)) => {
                self.world = self.persisted().unwrap_or_else(|| before.clone());
                Err(error)
            }
            Err(ask @ Stop::Ask(_)) => {
                self.call = outer;
                return Err(ask);
            }
        };
        let mut event = self.event(name, outer.service.station, &before);
        event.inside = Some(outer.number);
        let result = result.map_err(|error| {
            self.refuse(&mut event, &error);
            let cause = error.cause.or(Some(number));
            ApiError { cause, ..error }
        });
        self.call = outer;
        Ok((result, event))
    }

    /// The event of the running call, as far as known.
    pub fn event(&mut self, call: &str, from: Station, before: &World) -> Event {
        let who = self.who();
        let running = &mut self.call;
        Event {
            number: running.number,
            at: self.now,
            from,
            to: running.service.station,
            who,
            account: (!running.account.is_empty()).then(|| running.account.clone()),
            region: Some(running.region.clone()),
            service: running.service.name.to_owned(),
            call: call.to_owned(),
            request: Message::default(),
            response: Message::default(),
            input: Json::Null,
            output: Json::Null,
            refusal: None,
            ladder: std::mem::take(&mut running.why.ladder),
            fix: running.why.fix.take(),
            case: running.why.case.take(),
            inside: None,
            carries: std::mem::take(&mut running.carries),
            returns: std::mem::take(&mut running.returns),
            changes: changes(before, &self.world),
        }
    }

    /// Who the event says has called.
    fn who(&self) -> Who {
        match &self.call.caller {
            Caller::Anonymous => Who::default(),
            Caller::Service(name) => {
                Who { kind: WhoKind::Service, name: (*name).to_owned(), arn: None }
            }
            Caller::User(user) => {
                Who { kind: WhoKind::User, name: user.username.clone(), arn: None }
            }
            Caller::Key(key) => {
                let person = |service: &&'static Service| service.person?(&self.world, key);
                self.services.iter().find_map(person).unwrap_or_else(|| Who {
                    kind: WhoKind::Principal,
                    name: key.name().to_owned(),
                    arn: Some(key.arn.clone()),
                })
            }
        }
    }

    /// Notes a refusal in an event.
    pub fn refuse(&mut self, event: &mut Event, error: &ApiError) {
        let service = self.call.service;
        event.refusal = Some(Refusal {
            station: error.station.unwrap_or(service.station),
            code: error.code.to_string(),
            message: error.message.clone(),
            status: error.status,
            cause: error.cause,
            encoded: self.call.why.encoded.take(),
        });
        event.returns.clear();
        let stopped = |r: &Rung| matches!(r.state, RungState::Refused | RungState::Denied);
        if !event.ladder.iter().any(stopped) {
            // Form, caller and permission leave rungs of their own: what is left is the state of
            // what was asked for.
            let note = error.message.trim_end_matches('.');
            event.ladder.push(Rung::refused(RungKind::State, note));
        }
        if event.response.start.is_empty() {
            let response = protocol::error(service, error, "", self.now);
            event.response = protocol::message_of(&response);
        }
    }

    /// Events of the calls made within the request, in the order in which they ended.
    pub fn finished(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.log.finished)
    }
}

/// The host answered another question than the one that was asked.
fn mismatched() -> ApiError {
    ApiError::new(500, "InternalFailure", "")
}

fn changes(before: &World, after: &World) -> Vec<Change> {
    before
        .diff(after)
        .into_iter()
        .filter(|write| !write.is_index())
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
