import { chain } from "../lib/chain.mjs";

const inbox = () =>
  fetch("https://cognito-idp.us-east-1.amazonaws.com/_cognitab/inbox").then((answer) => answer.json());

window.runChain = () => chain(inbox);
window.runChainByHandle = () => chain(
  async () => (await window.cognitab.handle(
    new Request("https://cognito-idp.us-east-1.amazonaws.com/_cognitab/inbox"),
  )).json(),
  { requestHandler: handler },
);

// The SDK's own form of a request, as the Fetch API has it; nothing else stands between.
const handler = {
  async handle(request) {
    const query = new URLSearchParams(
      Object.entries(request.query ?? {}).flatMap(([name, value]) => [value ?? ""].flat().map((one) => [name, one])),
    ).toString();
    const url = `${request.protocol}//${request.hostname}${request.path}${query ? `?${query}` : ""}`;
    const body = ["GET", "HEAD"].includes(request.method) ? undefined : request.body;
    const { host: _, ...headers } = request.headers;
    const answer = await window.cognitab.handle(new Request(url, { method: request.method, headers, body }));
    const found = { statusCode: answer.status, headers: Object.fromEntries(answer.headers) };
    return { response: { ...found, body: answer.body ?? new Blob() } };
  },
};
window.loaded = true;
