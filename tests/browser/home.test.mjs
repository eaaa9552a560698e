// The home page: its three runs by keyboard, on a built site below a path.

import assert from "node:assert/strict";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const RUNS = [["ana", "Allowed"], ["guest", "Stopped at Resource"], ["trust", "Stopped at Role"]];

const outcome = (page, run, words) =>
  page.locator(`#run-${run} .run-outcome`).filter({ hasText: words }).waitFor();

/** Starts the three runs by keyboard: when the page has loaded, the first button has the focus. */
async function threePresses(page) {
  for (const [run, words] of RUNS) {
    await page.locator(`#run-${run}:focus`).waitFor();
    await page.keyboard.press("Enter");
    await outcome(page, run, words);
  }
  await page.getByText("Trust decides who gets the role. Permissions decide what it can do.").waitFor();
}

for (const width of [1280, 360]) {
  test(`three presses of Enter at ${width} px`, () =>
    inContext({ viewport: { width, height: 800 }, reducedMotion: "reduce" }, async (context) => {
      const page = await context.newPage();
      await page.goto(at.below);
      await threePresses(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${wide} px overflow to the right`);
    }));
}

test("three presses at the root of a host", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.base);
    await threePresses(page);
  }));

test("three presses with blocked service workers", () =>
  inContext({ serviceWorkers: "block" }, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    await threePresses(page);
  }));

test("three presses without service worker support", () =>
  inContext({}, async (context) => {
    await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
    const page = await context.newPage();
    await page.goto(at.below);
    assert.equal(await page.evaluate(() => "serviceWorker" in navigator), false);
    await threePresses(page);
  }));

test("a press before the broker has loaded takes effect later", () =>
  inContext({}, async (context) => {
    let release;
    const pressed = new Promise((resolve) => (release = resolve));
    await context.route("**/*.wasm", async (route) => {
      await pressed;
      await route.continue();
    });
    const page = await context.newPage();
    await page.goto(at.below, { waitUntil: "commit" });
    await page.locator("#run-ana").focus();
    await page.keyboard.press("Enter");
    await page.locator("#run-ana .run-outcome").filter({ hasText: "starting…" }).waitFor();
    await page.keyboard.press("Enter");
    release();
    await outcome(page, "ana", "Allowed");
    await outcome(page, "guest", "Stopped at Resource");
  }));

test("the page shows its content before any script runs", () =>
  inContext({ javaScriptEnabled: false }, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    assert.match(await page.locator("h1").innerText(), /Ana uploads a file/);
    for (const [run] of RUNS) assert.ok(await page.locator(`#run-${run}`).isVisible());
    assert.ok(await page.getByText("Identity pool").first().isVisible());
  }));

test("the URL restores the runs", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    await threePresses(page);
    const again = await context.newPage();
    await again.goto(page.url());
    for (const [run, words] of RUNS) await outcome(again, run, words);
  }));

test("three presses with code and PKCE instead of the implicit grant", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    await page.getByRole("button", { name: "Code + PKCE" }).click();
    await page.locator("#run-ana").focus();
    await threePresses(page);
  }));

test("with reduced motion there are no animations", () =>
  inContext({ reducedMotion: "reduce" }, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    // Records every animation that runs, from the first press to the last outcome.
    await page.evaluate(() => {
      window.moved = [];
      const look = () => {
        const running = document.getAnimations().filter((one) => one.playState === "running");
        window.moved.push(...running.map((one) => one.animationName ?? one.transitionProperty));
        requestAnimationFrame(look);
      };
      look();
    });
    await threePresses(page);
    assert.deepEqual(await page.evaluate(() => window.moved), []);
  }));

// 1280 px at 400 % are 320 px.
for (const path of ["", "lab/"]) {
  test(`nothing overflows to the right at 320 px: /${path}`, () =>
    inContext({ viewport: { width: 320, height: 256 }, reducedMotion: "reduce" }, async (context) => {
      const page = await context.newPage();
      await page.goto(`${at.below}${path}`);
      if (path) {
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        await page.getByRole("button", { name: "Run as Ana" }).click();
        await page.locator(".trace .event-rows li").nth(5).waitFor({ state: "attached" });
      } else {
        await threePresses(page);
      }
      for (const pane of path ? ["Objects", "Browser", "Trace", "Inspect"] : [""]) {
        if (pane) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: pane }).click();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${pane}: ${over} px overflow to the right`);
      }
    }));
}

test("one click fixes each denied run, which then succeeds", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    await page.locator("#run-ana").click();
    await outcome(page, "ana", "Allowed");
    await page.locator("#run-guest").click();
    await outcome(page, "guest", "Stopped at Resource");
    assert.match(await page.locator(".policy-diff .added").first().innerText(), /added/);
    await page.getByRole("button", { name: "CLI" }).click();
    assert.match(await page.locator("code.code-block").innerText(), /aws iam put-role-policy --role-name photos-guest[\s\S]*s3:PutObject/);
    await page.getByRole("button", { name: "Add it to photos-guest" }).click();
    await outcome(page, "guest", "Allowed");
    await page.locator("#run-trust").click();
    await outcome(page, "trust", "Stopped at Role");
    await page.getByRole("button", { name: "Terraform" }).click();
    assert.match(await page.locator("code.code-block").innerText(), /resource "aws_iam_role" "photos-signed-in"[\s\S]*assume_role_policy = jsonencode/);
    await page.getByRole("button", { name: "Set policy aud to this pool" }).click();
    await outcome(page, "trust", "Allowed");
  }));

test("without a policy evaluation there is no fix, and the panel says why", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}lab/`);
    await page.getByText("photos-demo").first().waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator(".hosted input[name=username]").fill("ana");
    await page.locator(".hosted input[name=password]").fill("wrong");
    await page.keyboard.press("Enter");
    await page.locator(".event-rows .refused button").last().click();
    await page.getByText("No fix here").waitFor();
    assert.equal(await page.getByRole("link", { name: /Open it on the policy page/ }).count(), 0);
  }));
