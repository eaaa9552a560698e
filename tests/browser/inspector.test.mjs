// Opening events, their three tabs, artifacts and tokens.

import assert from "node:assert/strict";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const wide = { viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" };

async function home(context) {
  const page = await context.newPage();
  await page.goto(at.below);
  await page.locator("#run-ana").click();
  await page.locator("#run-ana .run-outcome").filter({ hasText: "Allowed" }).waitFor();
  return page;
}

/** The workbench after Ana's run. */
async function bench(context) {
  const page = await context.newPage();
  await page.goto(`${at.below}lab/`);
  await page.getByText("photos-demo").first().waitFor();
  await page.getByRole("button", { name: "Run as Ana" }).click();
  await page.locator(".trace .event-rows li").filter({ hasText: "PutObject" }).waitFor();
  return page;
}

const inspector = (page) => page.getByRole("heading", { name: "Token inspector" });
const row = (page, call) => page.locator(".trace .event-rows li button").filter({ hasText: call }).first();

/** Opens an event of the trace on one of its tabs. */
async function side(page, call, name) {
  await row(page, call).click();
  await page.getByRole("tab", { name }).click();
  return page.locator("#detail");
}

test("a chip on the map opens its token", () =>
  inContext(wide, async (context) => {
    const page = await home(context);
    await page.getByRole("button", { name: /^ID: ID token/ }).first().click();
    await inspector(page).waitFor();
    await page.getByText("Signature valid").waitFor();
    assert.ok(await page.getByRole("rowheader", { name: "cognito:username" }).isVisible());
    await page.getByRole("button", { name: "Close" }).click();
    await inspector(page).waitFor({ state: "detached" });
  }));

test("chips of the strip, of the app and of Decoded open", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    await page.locator(".journey-strip").getByRole("button", { name: /^ID: / }).click();
    await inspector(page).waitFor();
    const detail = await side(page, "GetCredentialsForIdentity", "Decoded");
    await detail.getByRole("button", { name: /^CR: / }).first().click();
    await inspector(page).waitFor();
    await page.getByText("Access key ID").waitFor();
    await page.getByRole("button", { name: "Get credentials as a guest" }).click();
    await row(page, "GetCredentialsForIdentity").click();
    await page.locator(".photo-app").getByRole("button", { name: /^CR: / }).click();
    await inspector(page).waitFor();
  }));

test("the app shows code and message of an XML error as text", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    await page.getByRole("button", { name: "Get credentials as a guest" }).click();
    await page.getByRole("button", { name: "Upload lake.jpg" }).click();
    await page.getByText(/403 AccessDenied — User: arn:aws:sts::\S+photos-guest\S+ is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::studio-photos\/uploads\/lake\.jpg"/).waitFor();
  }));

test("an event shows its wire and its decoded form", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    const wire = await side(page, "GetId", "Wire");
    const text = await wire.innerText();
    assert.match(text, /POST https:\/\/cognito-identity\.us-east-1\.amazonaws\.com\//);
    assert.match(text, /AWSCognitoIdentityService\.GetId/i);
    assert.match(text, /\n200/);
    const decoded = await side(page, "GetId", "Decoded");
    assert.match(await decoded.innerText(), /"IdentityPoolId": "us-east-1:/);
    assert.match(await decoded.innerText(), /"IdentityId": "us-east-1:/);
  }));

test("a tampered token is seen through at once", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    await page.locator(".journey-strip").getByRole("button", { name: /^ID: / }).click();
    await page.getByText("Signature valid").waitFor();
    await page.getByRole("button", { name: "Tamper…" }).click();
    const area = page.getByRole("textbox", { name: "Modified token" });
    const [head, body, signature] = (await area.inputValue()).split(".");
    const claims = { ...JSON.parse(Buffer.from(body, "base64url")), "cognito:username": "mallory" };
    const forged = Buffer.from(JSON.stringify(claims)).toString("base64url");
    await area.fill([head, forged, signature].join("."));
    await page.getByText("Signature does not match").waitFor();
    await page.getByRole("cell", { name: /^mallory/ }).waitFor();
    await area.fill("x.y.z");
    await page.getByText("Invalid token.").waitFor();
    await page.getByRole("button", { name: "Restore" }).click();
    await page.getByText("Signature valid").waitFor();
  }));

test("the trace shows one station's rows alone, and its row opens by keyboard", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    const rows = page.locator(".trace .event-rows li");
    const all = await rows.count();
    await page.getByLabel("station").selectOption("STS");
    await page.waitForFunction((all) => document.querySelectorAll(".trace .event-rows li").length < all, all);
    for (const text of await rows.allInnerTexts()) assert.match(text, /STS/);
    await page.getByLabel("station").selectOption("");
    await page.locator("h2").first().click();
    await row(page, "PutObject").focus();
    await page.keyboard.press("Enter");
    await page.locator("#detail").waitFor();
    assert.equal(await row(page, "PutObject").getAttribute("aria-current"), "true");
    const number = (await row(page, "PutObject").getAttribute("id")).slice(2);
    assert.ok(page.url().endsWith(`#e=${number}`), page.url());
    await page.keyboard.press("k");
    await page.waitForURL(`**#e=${number - 1}`);
  }));

test("undo by button and by key takes back the last change", () =>
  inContext(wide, async (context) => {
    const page = await bench(context);
    const undo = page.getByRole("button", { name: "Undo" });
    assert.equal(await undo.getAttribute("title"), "Undo PutObject (u)");
    await undo.click();
    await row(page, "PutObject").waitFor({ state: "detached" });
    const left = await page.locator(".trace .event-rows li").count();
    await page.keyboard.press("u");
    await page.waitForFunction((left) => document.querySelectorAll(".trace .event-rows li").length < left, left);
    await page.getByRole("button", { name: "Reset" }).click();
    await page.getByText("No events yet.").waitFor();
    assert.equal(await undo.getAttribute("aria-disabled"), "true");
  }));

test("the theme button changes the theme, which is stored", () =>
  inContext({ ...wide, colorScheme: "light" }, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByRole("button", { name: "Use the dark theme" }).click();
    await page.getByRole("button", { name: "Use the light theme" }).waitFor();
    assert.notEqual(await paper(), light);
    await page.reload();
    await page.getByRole("button", { name: "Use the light theme" }).waitFor();
    assert.notEqual(await paper(), light);
  }));
