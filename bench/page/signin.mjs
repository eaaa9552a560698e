// The same sign-in from a page: by a server's address, through the service worker at the true
// address, or through `window.cognitab.handle`.

import { client, prepare, signIn } from "../lib/work.mjs";

const handler = {
  async handle(request) {
    const { host: _, ...headers } = request.headers;
    const url = `${request.protocol}//${request.hostname}${request.path}`;
    const answer = await window.cognitab.handle(
      new Request(url, { method: request.method, headers, body: request.body }),
    );
    return {
      response: { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: answer.body },
    };
  },
};

/** Sign-ins a second; `endpoint` is a server's address, "worker" or "handle". */
window.measure = async (endpoint, seconds) => {
  const settings = endpoint === "worker" ? {} : endpoint === "handle" ? { requestHandler: handler } : { endpoint };
  const pools = client(settings);
  const id = await prepare(pools);
  const once = async (length) => {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < length * 1000) {
      await signIn(pools, id);
      done += 1;
    }
    return (done * 1000) / (performance.now() - start);
  };
  await once(seconds / 4);
  const rates = [await once(seconds), await once(seconds), await once(seconds)];
  return rates.sort((a, b) => a - b)[1];
};
window.loaded = true;
