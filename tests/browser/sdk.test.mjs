// The unmodified AWS SDK for JavaScript with the endpoints of AWS.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, at, besidePage, inContext, ready, shared, withScript } from "./lib/browser.mjs";
import { DIST, serve } from "./lib/site.mjs";

shared();

/** The errors in the log: operation and error code. */
async function refusals(page) {
  const { events } = await ask(page, "events?since=0");
  return events.filter((event) => event.refusal).map((event) => `${event.call} ${event.refusal.code}`);
}

test("the whole chain through the service worker", () =>
  inContext({}, async (context) => {
    const asked = [];
    context.on("response", (response) => {
      if (!response.url().startsWith("http://localhost:")) {
        asked.push([new URL(response.url()).hostname, response.fromServiceWorker()]);
      }
    });
    const page = await besidePage(context, "chain");
    const made = await page.evaluate(() => window.runChain());
    assert.match(made.poolId, /^us-east-1_/);
    const hosts = [...new Set(asked.map(([host]) => host))].sort();
    assert.deepEqual(hosts.filter((host) => !host.endsWith(".amazonaws.com")), []);
    assert.ok(hosts.includes("cognito-identity.us-east-1.amazonaws.com"));
    assert.deepEqual(asked.filter(([, answered]) => !answered), []);
    const refused = (await refusals(page)).join("\n");
    for (const code of ["UserNotConfirmedException", "AccessDenied", "AccessDeniedException"]) {
      assert.match(refused, new RegExp(`${code}$`, "m"));
    }
  }));

test("the whole chain through window.cognitab.handle", () =>
  inContext({}, async (context) => {
    const page = await withScript(context, "chain");
    const made = await page.evaluate(() => window.runChainByHandle());
    assert.match(made.poolId, /^us-east-1_/);
  }));

test("endpoints of every partition of the SDK are simulated", () =>
  inContext({}, async (context) => {
    const page = await besidePage(context, "chain");
    const hosts = new Set();
    context.on("response", (response) => response.fromServiceWorker() && hosts.add(new URL(response.url()).hostname));
    for (const region of [
      "us-east-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1", "us-isob-east-1",
      "eu-isoe-west-1", "us-isof-south-1",
    ]) {
      for (const dualStack of [false, true]) {
        const account = await page.evaluate((given) => window.callerIn(...given), [region, dualStack]);
        assert.equal(account, "111122223333", `${region}, dual stack ${dualStack}`);
      }
    }
    for (const host of ["sts.us-iso-east-1.c2s.ic.gov", "sts.cn-north-1.api.amazonwebservices.com.cn"]) {
      assert.ok(hosts.has(host), `${host} is not among ${[...hosts]}`);
    }
  }));

test("the whole chain through window.cognitab.handle without service workers", () =>
  inContext({}, async (context) => {
    await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
    const page = await context.newPage();
    await page.goto(`${at.beside}lab/`);
    await page.waitForFunction(() => window.cognitab);
    const why = await page.evaluate(() => window.cognitab.ready.then(() => null, String));
    assert.match(why, /no service worker/);
    await page.addScriptTag({ url: `${at.beside}beside/chain.js`, type: "module" });
    await page.waitForFunction(() => window.loaded);
    const made = await page.evaluate(() => window.runChainByHandle());
    assert.match(made.poolId, /^us-east-1_/);
  }));

// Each of these would send something to AWS. They return what the page reports instead.
const SENDERS = {
  fetch: (url) => fetch(url).then(() => "answered", (error) => error.message),
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest();
    try {
      request.open("GET", url);
      request.send();
    } catch (error) {
      return error.message;
    }
  },
  sendBeacon: (url) => navigator.sendBeacon(url, "x") || "nothing was sent",
  EventSource: (url) => {
    try {
      return String(new EventSource(url).readyState);
    } catch (error) {
      return error.message;
    }
  },
  ping: (url) => {
    for (const attached of [true, false]) {
      const link = Object.assign(document.createElement("a"), { href: "#here", ping: url });
      if (attached) document.body.append(link);
      link.click();
      link.setAttribute("ping", url);
      link.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
    return "nothing was sent";
  },
};
// Service workers do not see these, so they are always blocked.
const UNSEEN_SENDERS = {
  WebSocket: (url) => new Promise((resolve) => {
    const socket = new WebSocket(url.replace("https:", "wss:"));
    addEventListener("securitypolicyviolation", () => resolve("nothing was sent"));
    socket.onopen = () => resolve("opened");
  }),
  fetchLater: (url) => (globalThis.fetchLater ? String(fetchLater(url)) : "nothing was sent"),
  WebTransport: (url) => (globalThis.WebTransport ? String(new WebTransport(url)) : "nothing was sent"),
};

/** Requests to AWS that have reached the proxy since then. */
const asked = (before) => at.asked.slice(before).filter((address) => address.includes("amazonaws"));

const TO_AWS = "https://cognito-idp.us-east-1.amazonaws.com/";

for (const [name, send] of Object.entries({ ...SENDERS, ...UNSEEN_SENDERS })) {
  test(`without a simulator, ${name} sends no request to AWS`, () =>
    inContext({ serviceWorkers: "block" }, async (context) => {
      const page = await context.newPage();
      await page.goto(`${at.beside}lab/`);
      await page.waitForFunction(() => window.cognitab);
      const before = at.asked.length;
      assert.match(await page.evaluate(send, TO_AWS), /nothing was sent/);
      await page.waitForTimeout(300);
      assert.deepEqual(asked(before), []);
    }));
}

test("requests that a service worker does not see are not sent either", () =>
  inContext({}, async (context) => {
    const page = await ready(context);
    const before = at.asked.length;
    for (const send of Object.values({ ...UNSEEN_SENDERS, ping: SENDERS.ping })) {
      assert.match(await page.evaluate(send, TO_AWS), /nothing was sent/);
    }
    await page.waitForTimeout(300);
    assert.deepEqual(asked(before), []);
  }));

test("if the broker cannot start, requests return 503 and are not sent", async () => {
  const broken = new Map([["worker_bg.wasm", Buffer.from("no program")]]);
  const dead = await serve(DIST, "/dead/", broken);
  try {
    await inContext({}, async (context) => {
      const page = await ready(context, dead.address);
      const { status, text } = await page.evaluate(async (url) => {
        const answer = await fetch(url);
        return { status: answer.status, text: await answer.text() };
      }, TO_AWS);
      assert.equal(status, 503);
      assert.match(text, /nothing was sent to AWS/);
      await page.getByText("The simulator does not answer.").waitFor();
    });
  } finally {
    await dead.stop();
  }
});
