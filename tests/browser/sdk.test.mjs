// The unmodified AWS SDK for JavaScript against the true addresses of AWS.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, at, besidePage, inContext, ready, shared } from "./lib/browser.mjs";

shared();

/** The refusals in the log, each by its call and its code. */
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
    const page = await ready(context);
    await page.addScriptTag({ url: `${at.beside}beside/chain.js`, type: "module" });
    await page.waitForFunction(() => window.loaded);
    const made = await page.evaluate(() => window.runChainByHandle());
    assert.match(made.poolId, /^us-east-1_/);
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

test("what nobody answers for does not leave", () =>
  inContext({ serviceWorkers: "block" }, async (context) => {
    const left = [];
    context.on("request", (request) => {
      if (!request.url().startsWith("http://localhost:")) left.push(request.url());
    });
    const page = await context.newPage();
    await page.goto(`${at.beside}lab/`);
    await page.waitForFunction(() => window.cognitab);
    const said = await page.evaluate(() =>
      fetch("https://cognito-idp.us-east-1.amazonaws.com/").then(() => "answered", (error) => error.message));
    assert.match(said, /nothing was sent/);
    assert.deepEqual(left, []);
  }));
