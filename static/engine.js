// Starts the broker's WebAssembly program and sends requests to it. If it panics, all pending and
// later requests are rejected with the cause.
"use strict";

(() => {
  const waiting = new Set();
  let started;
  let failure;

  const start = (wasm) => {
    if (!started) {
      started = wasm_bindgen({ module_or_path: wasm() });
      started.catch(() => (started = undefined));
    }
    return started;
  };

  const failed = (cause) => {
    failure = new Error(`The broker failed: ${cause}`);
    for (const reject of waiting) reject(failure);
    waiting.clear();
  };

  // The broker takes scripts. Requests may name a scenario that ships with the site, or the host of
  // its login pages; they get its script here.
  const scenarioFile = async (name) => {
    const url = new URL(`scenarios/${name}.json`, self.location).href;
    const response = (await self.caches?.match(url)) ?? (await fetch(url));
    return response.ok ? response.json() : undefined;
  };

  const withScript = async (request) => {
    let body;
    try {
      body = JSON.parse(new TextDecoder().decode(request.body));
    } catch {
      return request;
    }
    if (!body || body.script) return request;
    if (body.host) {
      const [prefix] = String(body.host).split(".auth");
      const scenarios = (await scenarioFile("index")) ?? [];
      body.scenario = scenarios.find(({ domain }) => domain === prefix)?.scenario;
    }
    if (!/^[a-z][a-z0-9-]*$/.test(body.scenario ?? "") || body.scenario === "empty") return request;
    body.script = await scenarioFile(body.scenario);
    return { ...request, body: new TextEncoder().encode(JSON.stringify(body)) };
  };

  const startsScenario = /^[^?#]*\/_cognitab\/(?:reset|open)(?:[?#]|$)/;

  const ask = async (world, browser, request) => {
    const scripted = startsScenario.test(request.url) ? await withScript(request) : request;
    return new Promise((resolve, reject) => {
      if (failure) throw failure;
      waiting.add(reject);
      const settle = (tell) => (result) => (waiting.delete(reject), tell(result));
      const answer = wasm_bindgen.answer(world, browser ?? undefined, scripted);
      answer.then(settle(resolve), settle(reject));
    });
  };

  const errorText = (error) => String(error?.message ?? error);

  self.cognitabEngine = { start, ask, failed, errorText };
})();
