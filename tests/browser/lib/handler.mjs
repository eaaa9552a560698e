// Converts the SDK's requests to the Fetch API and passes them to `window.cognitab.handle`.
export const handler = {
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
