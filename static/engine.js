// Starts the broker's wasm and asks it. A fault inside it answers everybody who waits, and all who
// ask later, with its cause: nobody is left hanging.
"use strict";

(() => {
  const waiting = new Set();
  let started;
  let broken;

  const start = (wasm) => {
    if (!started) {
      started = wasm_bindgen({ module_or_path: wasm() });
      started.catch(() => (started = undefined));
    }
    return started;
  };

  const failed = (cause) => {
    broken = new Error(`The broker has failed: ${cause}`);
    for (const reject of waiting) reject(broken);
    waiting.clear();
  };

  // The broker takes scripts. The scenarios that ship with the site can be begun by their name, or
  // by the host of their login pages.
  const file = async (name) => {
    const url = new URL(`scenarios/${name}.json`, self.location).href;
    const response = (await self.caches?.match(url)) ?? (await fetch(url));
    return response.ok ? response.json() : undefined;
  };

  const scripted = async (request) => {
    let body;
    try {
      body = JSON.parse(new TextDecoder().decode(request.body));
    } catch {
      return request;
    }
    if (!body || body.script) return request;
    if (body.host) {
      const [prefix] = String(body.host).split(".auth");
      const shipped = (await file("index")) ?? [];
      body.scenario = shipped.find(({ domain }) => domain === prefix)?.scenario;
    }
    if (!/^[a-z][a-z0-9-]*$/.test(body.scenario ?? "") || body.scenario === "empty") return request;
    body.script = await file(body.scenario);
    return { ...request, body: new TextEncoder().encode(JSON.stringify(body)) };
  };

  const named = /^[^?#]*\/_cognitab\/(?:reset|open)(?:[?#]|$)/;

  const ask = async (world, browser, request) => {
    const asked = named.test(request.url) ? await scripted(request) : request;
    return new Promise((resolve, reject) => {
      if (broken) throw broken;
      waiting.add(reject);
      const end = (tell) => (result) => (waiting.delete(reject), tell(result));
      wasm_bindgen.answer(world, browser ?? undefined, asked).then(end(resolve), end(reject));
    });
  };

  const words = (error) => String(error?.message ?? error);

  self.cognitabEngine = { start, ask, failed, words };
})();
