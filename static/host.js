// Starts the broker in a page's dedicated worker and answers its messages.
"use strict";

importScripts("store.js", "worker.js");

const ready = wasm_bindgen({ module_or_path: "worker_bg.wasm" });

self.onmessage = async ({ data: { id, world, browser, request }, ports }) => {
  const to = ports[0] ?? self;
  try {
    await ready;
    const response = await wasm_bindgen.answer(world, browser ?? undefined, request);
    to.postMessage({ id, response }, [response.body.buffer]);
  } catch (error) {
    to.postMessage({ id, error: String(error?.message ?? error) });
  }
};
