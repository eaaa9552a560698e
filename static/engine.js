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

  const ask = (world, browser, request) =>
    new Promise((resolve, reject) => {
      if (broken) throw broken;
      waiting.add(reject);
      const end = (tell) => (result) => (waiting.delete(reject), tell(result));
      wasm_bindgen.answer(world, browser ?? undefined, request).then(end(resolve), end(reject));
    });

  const words = (error) => String(error?.message ?? error);

  self.cognitabEngine = { start, ask, failed, words };
})();
