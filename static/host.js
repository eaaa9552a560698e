// Runs the broker in a dedicated worker of a page and answers its messages.
"use strict";

importScripts("store.js", "engine.js", "worker.js");

const ready = cognitabEngine.start(() => "worker_bg.wasm");

self.onmessage = async ({ data: { id, world, browser, request }, ports }) => {
  const to = ports[0] ?? self;
  try {
    await ready;
    const response = await cognitabEngine.ask(world, browser, request);
    to.postMessage({ id, response }, [response.body.buffer]);
  } catch (error) {
    to.postMessage({ id, error: cognitabEngine.errorText(error) });
  }
};
