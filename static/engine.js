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

  const ask = (world, browser, request) =>
    new Promise((resolve, reject) => {
      if (failure) throw failure;
      waiting.add(reject);
      const settle = (tell) => (result) => (waiting.delete(reject), tell(result));
      wasm_bindgen.answer(world, browser ?? undefined, request).then(settle(resolve), settle(reject));
    });

  const errorText = (error) => String(error?.message ?? error);

  self.cognitabEngine = { start, ask, failed, errorText };
})();
