// A long trace: only the visible rows are rendered; focus, selection and links keep working.

import assert from "node:assert/strict";
import { test } from "node:test";

import { SIMULATED, at, inContext, ready, shared } from "./lib/browser.mjs";

shared();

const EVENTS = 640;

/** The workbench with a log of `EVENTS` events. */
async function longLog(context) {
  const page = await ready(context, at.below);
  await page.evaluate(async ([url, count]) => {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };
    for (let made = 0; made < count; made += 1) {
      await fetch(url, { method: "POST", headers, body: '{"AccessToken":"none"}' });
    }
  }, [`${SIMULATED}/`, EVENTS]);
  await page.goto("about:blank");
  return page;
}

const row = (page, number) => page.locator(`#e-${number}`);
const inSight = (locator) => locator.evaluate((element) => {
  const own = element.getBoundingClientRect();
  const around = element.closest(".scroll").getBoundingClientRect();
  return own.top >= around.top - 1 && own.bottom <= around.bottom + 1;
});

test("a log of more than 600 events", () =>
  inContext({ viewport: { width: 1280, height: 800 } }, async (context) => {
    const page = await longLog(context);
    await page.goto(`${at.below}lab/`);
    const drawn = page.locator(".event-rows li[data-row]");
    await drawn.first().waitFor();
    await page.getByText(/^(6\d\d) of \1 events/).waitFor();
    const last = Number(await drawn.last().getAttribute("data-row"));
    assert.ok(last >= EVENTS);
    assert.ok(await inSight(row(page, last)), "the newest row is visible");
    assert.ok((await drawn.count()) < 120, `${await drawn.count()} rows are drawn`);
    assert.equal(await drawn.last().getAttribute("aria-posinset"), String(last));
    assert.equal(await drawn.last().getAttribute("aria-setsize"), String(last));

    await row(page, last).focus();
    await page.keyboard.press("Enter");
    for (let pressed = 0; pressed < 60; pressed += 1) await page.keyboard.press("k");
    await row(page, last - 60).and(page.locator("[aria-current]")).waitFor();
    assert.ok(await inSight(row(page, last - 60)), "the open row is visible");
    assert.equal(await page.evaluate(() => document.activeElement.id), `e-${last - 60}`);
    await page.keyboard.press("j");
    await row(page, last - 59).and(page.locator("[aria-current]")).waitFor();

    await page.locator(".trace .scroll").evaluate((list) => list.scrollTo(0, 0));
    await row(page, 1).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), `e-${last - 59}`, "the focus stays");
    assert.ok((await drawn.count()) < 120);
  }));

test("a link to an early event scrolls to it", () =>
  inContext({ viewport: { width: 1280, height: 800 } }, async (context) => {
    const page = await longLog(context);
    await page.goto(`${at.below}lab/#e=12`);
    await row(page, 12).and(page.locator("[aria-current]")).waitFor();
    await page.waitForFunction(() => document.querySelector("#e-12").getBoundingClientRect().top > 0);
    assert.ok(await inSight(row(page, 12)));
    await page.getByText("event 12", { exact: true }).waitFor();
    assert.equal(await row(page, 12).locator("xpath=..").getAttribute("aria-posinset"), "12");
  }));

test("a long log on a narrow screen, where rows differ in height", () =>
  inContext({ viewport: { width: 360, height: 740 } }, async (context) => {
    const page = await longLog(context);
    await page.goto(`${at.below}lab/`);
    await page.getByRole("button", { name: "Trace", exact: true }).click();
    const drawn = page.locator(".event-rows li[data-row]");
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll(".event-rows li[data-row]")];
      return rows.some((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top < innerHeight / 2 && bottom > innerHeight / 2;
      });
    });
    assert.ok((await drawn.count()) < 120);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForFunction((count) => document.querySelector(`#e-${count}`), EVENTS);
  }));

test("presses before the world is open are kept, and the page says that it starts", () =>
  inContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" }, async (context) => {
    const page = await context.newPage();
    await context.route("**/worker_bg.wasm", async (route) => {
      await new Promise((later) => setTimeout(later, 3000));
      await route.continue();
    });
    await page.goto(`${at.base}lab/`);
    const run = page.getByRole("button", { name: "Run as guest", exact: true });
    await run.click();
    await page.getByText("starting…").waitFor();
    await run.click();
    await page.locator(".event-rows .refused").nth(1).waitFor({ state: "attached" });
    assert.equal(await page.locator(".event-rows li", { hasText: "PutObject" }).count(), 2);
  }));

test("the trace names who sent a request", () =>
  inContext({ viewport: { width: 1280, height: 800 } }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.base}console/#iam.ListRoles`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator(".call-outcome").waitFor();
    await page.goto(`${at.base}lab/`);
    await page.getByRole("button", { name: "Run as guest", exact: true }).click();
    const rows = page.locator(".event-rows li .from-to");
    await rows.filter({ hasText: /^App/ }).first().waitFor({ state: "attached" });
    assert.match(await rows.first().innerText(), /^Administrator/);
  }));
