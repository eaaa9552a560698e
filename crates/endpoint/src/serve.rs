//! The request lifecycle: load, handle, sign, persist, answer.

use std::path::Path;

use cognitab_broker::{Input, Step, World, handle, scenario};
use cognitab_wire::http::{Request, Response};

use crate::entropy::{self, Keys};
use crate::signing::Signer;
use crate::storage::Store;
use crate::{clock, explain, questions, scenarios};

/// The endpoint and its world.
pub(crate) struct Server {
    world: World,
    store: Option<Store>,
    signer: Signer,
    keys: Keys,
    open: bool,
}

impl Server {
    /// Loads the stored world, or creates an empty one.
    pub(crate) fn start(state: Option<&Path>, open: bool) -> Result<Server, String> {
        let (store, loaded) = match state {
            Some(path) => Store::open(path).map(|(store, world)| (Some(store), world))?,
            None => (None, None),
        };
        let fresh = loaded.is_none();
        let world = match loaded {
            Some(world) => world,
            None => scenario::empty(clock::now(), 0),
        };
        if let Some(store) = store.as_ref().filter(|_| fresh) {
            store.commit(&World::default().diff(&world))?;
        }
        Ok(Server { world, store, signer: Signer::start(), keys: Keys::start(), open })
    }

    /// Answers a request. An error is a failure of this host; nothing has changed.
    pub(crate) fn answer(&mut self, mut request: Request) -> Result<Response, String> {
        scenarios::add_script(&mut request);
        let mut input = Input {
            now: clock::now(),
            entropy: entropy::fresh()?,
            request,
            browser: None,
            open: self.open,
            answers: Vec::new(),
        };
        let done = loop {
            match handle(&self.world, &input) {
                Step::Ask(question) => {
                    input.answers.push(questions::answer(&question, &self.keys)?);
                }
                Step::Done(done) => break done,
            }
        };
        let signatures = self.signer.sign(&done.signing)?;
        let mut done = done.sign_with(&signatures);
        if let Some(store) = &self.store {
            let writes = self.world.diff(&done.world);
            if !writes.is_empty() {
                store.commit(&writes)?;
            }
        }
        let response = explain::explained(&mut done);
        self.world = done.world;
        Ok(response)
    }
}
