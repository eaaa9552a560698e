// axe finds no accessibility violations, in both themes, on wide and narrow screens.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { ask, at, inContext, shared } from "./lib/browser.mjs";

shared();

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}

/** Selects a pane: a narrow screen shows one at a time. */
async function pane(page, name) {
  const dock = page.getByRole("navigation", { name: "Panes" });
  if (await dock.isVisible()) await dock.getByRole("button", { name }).click();
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    const options = { colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" };

    test(`home, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(at.below);
        await page.locator("#run-ana:focus").waitFor();
        assert.deepEqual(await violations(page), []);
        for (const run of ["ana", "guest", "trust"]) {
          await page.locator(`#run-${run}`).click();
          await page.locator(`#run-${run} .run-outcome`).filter({ hasText: /Allowed|Stopped/ }).waitFor();
        }
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", { name: "Sequence" }).click();
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", { name: "Code + PKCE" }).click();
        await page.getByText("302 ?code=…").first().waitFor();
        await page.locator("#run-trust .run-outcome").filter({ hasText: "Stopped" }).waitFor();
        assert.deepEqual(await violations(page), []);
      }));

    test(`workbench, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", { name: "Run as Ana" }).click();
        await page.locator(".trace .event-rows li").filter({ hasText: "PutObject" }).waitFor({ state: "attached" });
        for (const name of width < 600 ? ["Objects", "Browser", "Trace", "Inspect"] : []) {
          await pane(page, name);
          assert.deepEqual(await violations(page), [], name);
        }
      }));

    test(`inspector, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        await page.getByRole("button", { name: "Run as Ana" }).click();
        await pane(page, "Trace");
        await page.locator(".trace .event-rows li button").filter({ hasText: "GetCredentialsForIdentity" }).click();
        for (const side of ["Wire", "Decoded"]) {
          await page.getByRole("tab", { name: side }).click();
          assert.deepEqual(await violations(page), [], side);
        }
        await page.locator("#detail").getByRole("button", { name: /^OT: |^ID: / }).first().click();
        await page.getByText("Signature valid").waitFor();
        assert.deepEqual(await violations(page), [], "token");
        await page.getByRole("button", { name: "Tamper…" }).click();
        await page.getByRole("textbox", { name: "Modified token" }).fill("x.y.z");
        await page.getByText("Invalid token.").waitFor();
        assert.deepEqual(await violations(page), [], "tampered");
      }));

    test(`browser pane, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
        await page.locator(".hosted input[name=password]").waitFor();
        assert.deepEqual(await violations(page), [], "login page in the frame");
        await page.locator(".hosted input[name=username]").fill("ana");
        await page.locator(".hosted input[name=password]").fill("Ana-Photos-1!");
        await page.keyboard.press("Enter");
        await page.getByRole("button", { name: "Store the tokens" }).waitFor();
        assert.deepEqual(await violations(page), [], "called back");
        await page.getByRole("tab", { name: /^Inbox/ }).click();
        assert.deepEqual(await violations(page), [], "inbox");
      }));

    test(`managed login pages and the 404 page, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        const { values } = await ask(page, "scenario");
        const query = new URLSearchParams({
          client_id: values.client, response_type: "token", redirect_uri: values.callback,
        });
        for (const path of ["login", "signup", "forgotPassword"]) {
          await page.goto(`${at.below}~/photos-demo.auth.us-east-1.amazoncognito.com/${path}?${query}`);
          await page.locator("form").first().waitFor();
          assert.deepEqual(await violations(page), [], path);
        }
        await page.goto(`${at.below}no/such/page`);
        await page.getByText("Page not found.").waitFor();
        assert.deepEqual(await violations(page), [], "404");
      }));

    test(`workbench without a simulator, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
        await context.route("**/worker_bg.wasm", (route) => route.abort());
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("The simulator does not answer.").waitFor();
        assert.deepEqual(await violations(page), []);
      }));

    test(`policy, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}policy/`);
        await page.getByRole("heading", { name: "Enter a question" }).waitFor();
        assert.deepEqual(await violations(page), []);
        for (const example of [1, 3]) {
          await page.goto("about:blank");
          await page.goto(`${at.below}policy/#x=${example}`);
          await page.locator(".question.access .ladder").first().waitFor();
          for (const summary of await page.locator("main summary").all()) await summary.click();
          await page.getByRole("button", { name: "Who is allowed?" }).click();
          await page.getByRole("list", { name: "Allowed principals", exact: true }).waitFor({ state: "attached" });
          assert.deepEqual(await violations(page), []);
        }
      }));
  }
}
