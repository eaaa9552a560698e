// `window.cognitab`: the door that a learner's own code in this page may use. `ready` resolves when
// SDK calls from this page are answered by the lab world, and rejects with the cause where they
// cannot be. `handle` answers one request without the service worker, by a worker of this page.
"use strict";

(() => {
  // Read in a page by its own tag, and by the start script where a host answered with its 404 page.
  const here = document.currentScript?.src;
  const root = () => (here ? new URL(".", here).href : document.documentElement.dataset.root);
  const PATIENCE = 10000;
  // The simulated browser whose cookies these requests carry.
  const BROWSER = "tab";
  const WITHOUT_BODY = [101, 204, 205, 304];

  const controlled = async () => {
    const container = navigator.serviceWorker;
    if (!container) throw new Error("this browser, or this address, allows no service worker");
    if (container.controller) return;
    // The page itself comes first.
    if (document.readyState !== "complete") {
      await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
    }
    const taken = new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
    await container.register(`${root()}sw.js`);
    if (container.controller) return;
    container.ready.then(({ active }) => active.postMessage("claim"));
    const late = () => new Error("the service worker does not control this page: reload it once");
    await Promise.race([
      taken,
      new Promise((_, reject) => setTimeout(() => reject(late()), PATIENCE)),
    ]);
  };

  // One worker for all requests; answers find their way back by number.
  const waiting = new Map();
  let worker;
  let last = 0;

  const start = () => {
    worker = new Worker(`${root()}host.js`);
    worker.onmessage = ({ data: { id, response, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(response);
    };
    worker.onerror = (event) => {
      const error = new Error(event.message || "the broker's worker did not start");
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
      // The next request tries again.
      worker.terminate();
      worker = undefined;
    };
  };

  const ask = (request) =>
    new Promise((resolve, reject) => {
      if (!worker) start();
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, world: "lab", browser: BROWSER, request }, [request.body.buffer]);
    });

  const handle = async (request) => {
    const { method, url, headers } = request;
    // A method that has no body need not wait for one.
    const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
    const asked = { method, url, headers: [...headers], body: new Uint8Array(body ?? 0) };
    const { status, headers: answered, body: bytes } = await ask(asked);
    return new Response(WITHOUT_BODY.includes(status) ? null : bytes, { status, headers: answered });
  };

  const early = !navigator.serviceWorker?.controller;
  const ready = controlled();
  // A page in which nobody waits for it has made no mistake.
  ready.catch(() => {});
  // A visit to a simulated page before there was a service worker: from now on it can answer.
  if (early && location.href.startsWith(`${root()}~/`)) ready.then(() => location.reload(), () => {});
  window.cognitab = { ready, handle };
})();
