//! The request lifecycle: load, handle, sign, persist, answer.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

use cognitab_broker::{Done, Input, Step, World, handle, scenario};
use cognitab_wire::http::{Request, Response};
use futures_channel::oneshot::{Sender, channel};
use wasm_bindgen::JsValue;

use crate::storage::{self, Stored};
use crate::{clock, entropy, questions, signing};

/// The world that is stored in the browser and shared by all tabs.
const LAB: &str = "lab";

/// How many requests one commit may hold. The first of them waits for the last.
const BATCH: usize = 32;

thread_local! {
    /// Private worlds and the number of requests to each. They last as long as their worker.
    static WORLDS: RefCell<BTreeMap<String, (World, u64)>> = const { RefCell::new(BTreeMap::new()) };
    static LAB_QUEUE: RefCell<Queue> = const { RefCell::new(Queue { waiting: VecDeque::new(), running: false }) };
    /// The lab world as last read or written.
    static LAB_STATE: RefCell<Option<Stored>> = const { RefCell::new(None) };
}

type Reply = Sender<Result<Response, JsValue>>;

struct Queue {
    waiting: VecDeque<(Input, Reply)>,
    running: bool,
}

/// Answers a request to the world of this name.
pub(crate) async fn answer(
    world: &str,
    browser: Option<String>,
    request: Request,
) -> Result<Response, JsValue> {
    let input = Input { now: clock::now(), request, browser, ..Input::default() };
    if world == LAB {
        if let Some(response) = handle_storage_request(&input.request).await? {
            return Ok(response);
        }
        return in_lab(Input { entropy: entropy::fresh()?, ..input }).await;
    }
    in_private(world, input).await
}

/// Downloads or deletes the stored lab, which works even if it cannot be read. `None` for other
/// requests.
async fn handle_storage_request(request: &Request) -> Result<Option<Response>, JsValue> {
    if request.url().path != "/_cognitab/stored" {
        return Ok(None);
    }
    match request.method.as_str() {
        "GET" => {
            let response = Response::new(200, storage::dump().await?)
                .with("content-type", "application/json")
                .with("content-disposition", "attachment; filename=\"cognitab-lab.json\"");
            Ok(Some(response))
        }
        "DELETE" => {
            storage::discard().await?;
            Ok(Some(Response::new(204, Vec::new())))
        }
        _ => Ok(None),
    }
}

async fn in_private(name: &str, input: Input) -> Result<Response, JsValue> {
    loop {
        let known = WORLDS.with_borrow(|worlds| worlds.get(name).cloned());
        let (world, number) = match known {
            Some(known) => known,
            None => (scenario::empty(input.now, 0), 0),
        };
        let entropy = entropy::counted(name, number);
        let done = run(&world, Input { entropy, ..input.clone() }).await?;
        // Signing awaits the browser; another request may have been answered meanwhile.
        let first = WORLDS.with_borrow_mut(|worlds| {
            let first = worlds.get(name).map_or(0, |(_, n)| *n) == number;
            if first {
                worlds.insert(name.to_owned(), (done.world, number + 1));
            }
            first
        });
        if first {
            return Ok(done.response);
        }
    }
}

/// Handles a request, answers the questions of the core, and signs.
async fn run(world: &World, mut input: Input) -> Result<Done, JsValue> {
    loop {
        match handle(world, &input) {
            Step::Ask(question) => input.answers.push(questions::answer(&question).await?),
            Step::Done(done) => {
                let signatures = signing::sign(&done.signing).await?;
                return Ok(done.sign_with(&signatures));
            }
        }
    }
}

/// Queues a request to the lab. Whoever finds the queue idle drains it.
async fn in_lab(input: Input) -> Result<Response, JsValue> {
    let (reply, answer) = channel();
    let idle = LAB_QUEUE.with_borrow_mut(|queue| {
        queue.waiting.push_back((input, reply));
        !std::mem::replace(&mut queue.running, true)
    });
    if idle {
        wasm_bindgen_futures::spawn_local(drain_queue());
    }
    answer.await.map_err(|_| JsValue::from_str("the request was canceled"))?
}

async fn drain_queue() {
    loop {
        let batch: Vec<(Input, Reply)> = LAB_QUEUE.with_borrow_mut(|queue| {
            let size = queue.waiting.len().min(BATCH);
            let batch: Vec<_> = queue.waiting.drain(..size).collect();
            queue.running = !batch.is_empty();
            batch
        });
        if batch.is_empty() {
            return;
        }
        let (inputs, replies): (Vec<Input>, Vec<Reply>) = batch.into_iter().unzip();
        match commit(&inputs).await {
            Ok(responses) => {
                for (reply, response) in replies.into_iter().zip(responses) {
                    // The caller may have gone; the write stands.
                    let _ = reply.send(Ok(response));
                }
            }
            // One of them may be at fault: commit each on its own.
            Err(_) if inputs.len() > 1 => {
                for (reply, input) in replies.into_iter().zip(inputs) {
                    let answer = commit(&[input]).await;
                    let _ = reply.send(answer.map(|mut r| r.pop().unwrap_or_default()));
                }
            }
            Err(error) => {
                for reply in replies {
                    let _ = reply.send(Err(error.clone()));
                }
            }
        }
    }
}

/// Handles requests one after another and commits them in one transaction. If another writer has
/// committed since, the same inputs run again on the newer world, because the core has no side
/// effects. Requests that change nothing are answered from the newest world, too.
async fn commit(inputs: &[Input]) -> Result<Vec<Response>, JsValue> {
    let mut base = LAB_STATE.take().unwrap_or_default();
    loop {
        if base.generation < 1.0 {
            base = load_or_create().await?;
        }
        let mut world = base.world.clone();
        let mut responses = Vec::with_capacity(inputs.len());
        for input in inputs {
            let done = run(&world, input.clone()).await?;
            world = done.world;
            responses.push(done.response);
        }
        let writes = base.world.diff(&world);
        let missed = match writes.is_empty() {
            true => storage::news(base.generation).await?,
            false => storage::write(base.generation, &writes).await?,
        };
        match missed {
            Some(news) => base = base.after(&news)?,
            None => {
                let generation = base.generation + f64::from(u8::from(!writes.is_empty()));
                LAB_STATE.set(Some(Stored { world, generation }));
                return Ok(responses);
            }
        }
    }
}

/// The stored lab. If there is none, a new one is created and stored.
async fn load_or_create() -> Result<Stored, JsValue> {
    if let Some(news) = storage::news(0.0).await? {
        return Stored::default().after(&news);
    }
    let world = scenario::empty(clock::now(), 0);
    match storage::write(0.0, &World::default().diff(&world)).await? {
        None => Ok(Stored { world, generation: 1.0 }),
        // Another tab created it first.
        Some(news) => Stored::default().after(&news),
    }
}
