// The policy page by keyboard: opening a denied request, reading its explanation, fixing and sharing it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const question = (page, name) => page.locator(`section.question.${name}`);
const verdict = (page, name, words) =>
  question(page, name).locator(".question-header .verdict").filter({ hasText: words }).waitFor();

/** Focuses an element and presses Enter. */
async function press(page, locator) {
  await locator.focus();
  await page.keyboard.press("Enter");
}

/** Opens a guest's denied upload from the workbench's trace. */
async function guestRefusal(page) {
  await page.goto(`${at.below}lab/`);
  await page.getByText("photos-demo").first().waitFor({ state: "attached" });
  await press(page, page.getByRole("button", { name: "Run as guest", exact: true }));
  await press(page, page.locator(".event-rows .refused button").last());
  await press(page, page.getByRole("link", { name: /Open it on the policy page/ }));
  await page.waitForURL(/policy\/#e=\d+$/);
  await verdict(page, "access", "Nothing allows it");
}

const text = (page, name, at = 0) => question(page, name).locator("textarea").nth(at);

test("from a denied request in the trace to the change that allows it", () =>
  inContext({ viewport: { width: 1280, height: 800 } }, async (context) => {
    const page = await context.newPage();
    await guestRefusal(page);
    await verdict(page, "trust", "Allowed");
    assert.match(await question(page, "access").locator(".quote").innerText(), /^AccessDenied — User: .*photos-guest.* is not authorized to perform: s3:PutObject/);
    const stopped = question(page, "access").locator(".rung.stopped");
    await stopped.focus();
    assert.match(await stopped.innerText(), /Identity policy/);
    assert.match(await question(page, "access").locator(".near-matches").innerText(), /PutObject[\s\S]*GetObject/);
    await press(page, question(page, "access").getByRole("button", { name: "Apply to the editor" }));
    await verdict(page, "access", "Allowed");
    assert.match(await text(page, "access").inputValue(), /s3:PutObject/);
    await press(page, question(page, "access").getByRole("button", { name: /^Reset/ }));
    await verdict(page, "access", "Nothing allows it");
    await press(page, question(page, "access").getByRole("button", { name: "Apply in the lab" }));
    await verdict(page, "access", "Allowed");
    await page.getByText("Applied in the lab.").waitFor();
    await page.goto(`${at.below}lab/`);
    const rows = page.locator(".event-rows li");
    await rows.nth(4).waitFor({ state: "attached" });
    const before = await rows.count();
    await press(page, page.getByRole("button", { name: "Run as guest", exact: true }));
    await rows.nth(before + 3).waitFor({ state: "attached" });
    assert.match(await rows.last().innerText(), /PutObject[\s\S]*200/);
  }));

test("a denied request opens with blocked service workers", () =>
  inContext({ serviceWorkers: "block" }, async (context) => {
    const page = await context.newPage();
    await guestRefusal(page);
    await verdict(page, "trust", "Allowed");
  }));

test("denied runs of the home page open with the trust and the access request", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    for (const run of ["ana", "guest", "trust"]) {
      await page.locator(`#run-${run}`).click();
      await page.locator(`#run-${run} .run-outcome`).filter({ hasText: /Allowed|Stopped/ }).waitFor();
    }
    await press(page, page.getByRole("link", { name: /Open it on the policy page/ }));
    await page.waitForURL(/policy\/#p=1\./);
    await verdict(page, "trust", "Nothing allows it");
    await verdict(page, "access", "Allowed");
    assert.match(await question(page, "trust").locator(".near-matches").innerText(), /Character 45 of 46/);
    await press(page, question(page, "trust").getByRole("button", { name: "Apply to the editor" }));
    await verdict(page, "trust", "Allowed");
  }));

test("a syntax error has a link to its line", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=1`);
    await verdict(page, "access", "Nothing allows it");
    const editor = text(page, "access");
    await editor.focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await verdict(page, "access", "Not evaluated");
    await press(page, question(page, "access").getByRole("button", { name: "Line 3" }));
    const [focused, start] = await editor.evaluate((area) => [document.activeElement === area, area.selectionStart]);
    assert.ok(focused, "the editor has the focus");
    const before = (await editor.inputValue()).slice(0, start);
    assert.equal(before.split("\n").length, 3);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.type(",");
    await verdict(page, "access", "Nothing allows it");
    await press(page, question(page, "access").getByRole("button", { name: /^Format/ }));
    await verdict(page, "access", "Nothing allows it");
  }));

test("findings of IAM's validation are shown beside the policy", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=1`);
    await verdict(page, "access", "Nothing allows it");
    await text(page, "access").fill('{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Maybe", "Action": "s3:GetObject", "Resource": "*" }\n  ]\n}');
    const problem = question(page, "access").locator(".problems li").first();
    await problem.waitFor();
    assert.match(await problem.innerText(), /Line [345]/);
  }));

test("a link opens both requests in a new profile and contains no secret", async () => {
  let link;
  await inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=2`);
    await verdict(page, "trust", "Nothing allows it");
    await question(page, "access").getByLabel("Action", { exact: true }).fill("s3:DeleteObject");
    await verdict(page, "access", "Nothing allows it");
    await press(page, page.getByRole("button", { name: "Share" }));
    link = await page.getByRole("textbox", { name: "Link" }).inputValue();
    assert.equal(page.url(), link);
    await text(page, "access").fill('{ "Statement": { "Sid": "AKIAABCDEFGHIJKLMNOP" } }');
    await press(page, page.getByRole("button", { name: "Share" }));
    await page.getByText("looks like an access key").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Link" }).count(), 0);
  });
  assert.match(link, /#p=1\.[\w-]+$/);
  await inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(link);
    await verdict(page, "access", "Nothing allows it");
    assert.equal(await question(page, "access").getByLabel("Action", { exact: true }).inputValue(), "s3:DeleteObject");
    await verdict(page, "trust", "Nothing allows it");
  });
});

test("invalid links show the reason", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    for (const [fragment, why] of [
      ["#p=1.AAAA", "The link is incomplete"], ["#p=1.%%", "The link is incomplete"],
      ["#p=9.abc", "version 9"], ["#e=99999", "has no event 99999"], ["#x=77", "no example 77"],
      ["#nonsense", "The fragment of the URL must name"],
    ]) {
      await page.goto("about:blank");
      await page.goto(`${at.below}policy/${fragment}`);
      await page.getByText(why).waitFor();
      await page.getByRole("heading", { name: "Open an example" }).waitFor();
    }
  }));

test("a request that is too long for a link is saved as a file, which can be opened", () =>
  inContext({ acceptDownloads: true }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=1`);
    await verdict(page, "access", "Nothing allows it");
    let seed = 7;
    const noise = () => (seed = (seed * 48271) % 2147483647).toString(36);
    const statements = Array.from({ length: 400 }, () => ({
      Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${noise()}${noise()}${noise()}/*`,
    }));
    await text(page, "access").fill(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
    await verdict(page, "access", "Nothing allows it");
    await press(page, page.getByRole("button", { name: "Share" }));
    const saving = page.waitForEvent("download");
    await press(page, page.getByRole("button", { name: "Save as a file" }));
    const path = await (await saving).path();
    const fresh = await context.newPage();
    await fresh.goto(`${at.below}policy/`);
    await fresh.getByRole("heading", { name: "Enter a question" }).waitFor();
    await fresh.locator("input[type=file]").setInputFiles(path);
    await verdict(fresh, "access", "Nothing allows it");
    assert.match(await text(fresh, "access").inputValue(), new RegExp(statements[399].Resource.split(":::")[1].slice(0, -2)));
  }));

test("a cross-account request has a ladder for each account", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=3`);
    await verdict(page, "access", "Nothing allows it");
    const [studio, archive] = ["Account Studio 111122223333", "Account Archive 444455556666"].map(
      (name) => page.getByRole("region", { name }));
    assert.match(await studio.innerText(), /Identity policy[\s\S]*Studio allows/);
    assert.match(await archive.innerText(), /Resource policy[\s\S]*Nothing allows it/);
    await page.getByText("Both accounts must allow it.").waitFor();
    await press(page, page.getByRole("button", { name: "Apply to the editor" }));
    await verdict(page, "access", "Allowed");
    await page.getByText("Both accounts allow it.").waitFor();
  }));

test("Who could lists callers, and the request can use one of them", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await guestRefusal(page);
    await press(page, page.getByRole("button", { name: "Who is allowed?" }));
    const could = page.getByRole("list", { name: "Allowed principals", exact: true });
    const signedIn = could.getByRole("listitem").filter({ hasText: "photos-signed-in" });
    await signedIn.waitFor();
    assert.match(await signedIn.innerText(), /authenticated users[\s\S]*Allowed by photos-signed-in/);
    assert.match(await could.innerText(), /Studio 111122223333/);
    await press(page, signedIn.getByRole("button", { name: /^Use as caller/ }));
    await verdict(page, "access", "Allowed");
    assert.match(await question(page, "access").getByRole("combobox", { name: "Principal", exact: true }).inputValue(), /photos-signed-in/);
  }));

test("an access request entered manually, with policies of the lab", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}lab/`);
    await page.getByText("photos-demo").first().waitFor({ state: "attached" });
    await page.goto(`${at.below}policy/`);
    await press(page, page.getByRole("button", { name: "Enter manually" }));
    await verdict(page, "access", "Not evaluated");
    await page.getByRole("combobox", { name: "Principal", exact: true }).fill("arn:aws:iam::111122223333:role/photos-guest");
    await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
    await page.getByLabel("Resource", { exact: true }).fill("arn:aws:s3:::studio-photos/private/x");
    await press(page, page.getByRole("button", { name: "Use the lab policies of photos-guest" }));
    await verdict(page, "access", "Nothing allows it");
    assert.match(await text(page, "access").inputValue(), /ReadPublic/);
    await page.getByLabel("Resource", { exact: true }).fill("arn:aws:s3:::studio-photos/public/x");
    await verdict(page, "access", "Allowed");
  }));

for (const width of [360, 320]) {
  test(`nothing overflows to the right at ${width} px`, () =>
    inContext({ viewport: { width, height: 740 } }, async (context) => {
      const page = await context.newPage();
      for (const fragment of ["", "#x=1", "#x=2", "#x=3"]) {
        await page.goto("about:blank");
        await page.goto(`${at.below}policy/${fragment}`);
        if (fragment) await question(page, "access").locator(".ladder").first().waitFor();
        else await page.getByRole("heading", { name: "Enter a question" }).waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${fragment}: ${wide} px overflow to the right`);
      }
    }));
}

test("the page is found under Tools, and Escape closes the menu", () =>
  inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(at.below);
    const tools = page.getByRole("button", { name: "Tools" });
    await press(page, tools);
    await page.getByRole("link", { name: /^Policy/ }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("link", { name: /^Policy/ }).count(), 0);
    assert.ok(await tools.evaluate((button) => document.activeElement === button));
    await page.keyboard.press("Enter");
    await press(page, page.getByRole("link", { name: /^Policy/ }));
    await page.getByRole("heading", { name: "Would a request be allowed?" }).waitFor();
  }));

test("a shared question in a new profile knows who could: the photo app is there", () =>
  inContext({ viewport: { width: 1280, height: 800 } }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.below}policy/#x=1`);
    await question(page, "access").locator(".question-header .verdict").first().waitFor();
    await press(page, page.getByRole("button", { name: "Who is allowed?" }));
    const candidates = page.locator(".candidates").first();
    await candidates.waitFor();
    assert.match(await candidates.innerText(), /photos-signed-in/);
    assert.doesNotMatch(await candidates.innerText(), /444455556666/);
  }));
