// Acknowledged writes survive the end of tabs, workers and service workers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { at, besidePage, inContext, shared, withScript } from "./lib/browser.mjs";

shared();

const numbered = (prefix, count) => Array.from({ length: count }, (_, at) => `${prefix}/${at}`);

test("two tabs write at the same time, and a reload lists every object", () =>
  inContext({}, async (context) => {
    const one = await besidePage(context, "writes");
    await one.evaluate(() => window.makeBucket());
    const two = await besidePage(context, "writes");
    await Promise.all([
      one.evaluate(() => window.writeObjects("one", 250)),
      two.evaluate(() => window.writeObjects("two", 250)),
    ]);
    const wanted = [...numbered("one", 250), ...numbered("two", 250)].sort();
    assert.deepEqual((await two.evaluate(() => window.keys())).sort(), wanted);
    await one.reload();
    await one.waitForFunction(() => window.loaded);
    assert.deepEqual((await one.evaluate(() => window.keys())).sort(), wanted);
  }));

test("two tabs with their own workers and the service worker write at the same time", () =>
  inContext({}, async (context) => {
    const third = await besidePage(context, "writes");
    await third.evaluate(() => window.makeBucket());
    const [one, two] = [await withScript(context, "writes"), await withScript(context, "writes")];
    await Promise.all([
      one.evaluate(() => window.writeObjects("one", 170, "handle")),
      two.evaluate(() => window.writeObjects("two", 170, "handle")),
      third.evaluate(() => window.writeObjects("three", 160)),
    ]);
    const wanted = [...numbered("one", 170), ...numbered("two", 170), ...numbered("three", 160)].sort();
    for (const page of [one, two]) {
      assert.deepEqual((await page.evaluate(() => window.keys("handle"))).sort(), wanted);
    }
    assert.deepEqual((await third.evaluate(() => window.keys())).sort(), wanted);
  }));

test("a worker with an outdated world reads the current one before it writes", () =>
  inContext({}, async (context) => {
    const ahead = await besidePage(context, "writes");
    await ahead.evaluate(() => window.makeBucket());
    const behind = await withScript(context, "writes");
    await behind.evaluate(() => window.writeObjects("first", 1, "handle"));
    // More commits than the store keeps individually.
    await ahead.evaluate(() => window.writeObjects("ahead", 80));
    await behind.evaluate(() => window.writeObjects("last", 1, "handle"));
    const wanted = [...numbered("ahead", 80), "first/0", "last/0"].sort();
    assert.deepEqual((await behind.evaluate(() => window.keys("handle"))).sort(), wanted);
    assert.deepEqual((await ahead.evaluate(() => window.keys())).sort(), wanted);
  }));

for (const [way, open] of [["worker", besidePage], ["handle", withScript]]) {
  test(`a killed tab that writes by ${way} loses no acknowledged write`, () =>
    inContext({}, async (context) => {
      const page = await open(context, "writes");
      await page.evaluate(() => window.makeBucket());
      const writing = page.evaluate((way) => window.writeObjects("killed", 10_000, way), way).catch(() => "killed");
      await page.waitForFunction(() => window.written >= 40);
      const acknowledged = await page.evaluate(() => window.written);
      const tab = await context.newCDPSession(page);
      const crashed = page.waitForEvent("crash");
      tab.send("Page.crash").catch(() => {});
      await crashed;
      await page.close();
      assert.equal(await writing, "killed");
      const next = await besidePage(context, "writes");
      const kept = new Set(await next.evaluate(() => window.keys()));
      assert.deepEqual(numbered("killed", acknowledged).filter((key) => !kept.has(key)), []);
    }));
}

/** Stops every service worker, as a browser can do at any time. */
async function stopWorkers(context, page) {
  const tab = await context.newCDPSession(page);
  const stopped = new Promise((resolve) => {
    tab.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.some((version) => version.runningStatus === "stopped")) resolve();
    });
  });
  await tab.send("ServiceWorker.enable");
  await tab.send("ServiceWorker.stopAllWorkers");
  await stopped;
}

test("a stopped service worker starts again with its world", () =>
  inContext({}, async (context) => {
    const page = await besidePage(context, "writes");
    await page.evaluate(() => window.makeBucket());
    await page.evaluate(() => window.writeObjects("before", 20));
    await stopWorkers(context, page);
    await page.evaluate(() => window.writeObjects("after", 20));
    const wanted = [...numbered("after", 20), ...numbered("before", 20)].sort();
    assert.deepEqual((await page.evaluate(() => window.keys())).sort(), wanted);
  }));

test("a service worker that is stopped during a write loses no acknowledged write", () =>
  inContext({}, async (context) => {
    const page = await besidePage(context, "writes");
    await page.evaluate(() => window.makeBucket());
    const writing = page.evaluate(() => window.writeObjects("cut", 120).catch((error) => error.name));
    await page.waitForFunction(() => window.written >= 20);
    await stopWorkers(context, page);
    // The pending write can fail; all earlier writes were acknowledged.
    await writing;
    const acknowledged = await page.evaluate(() => window.written);
    assert.ok(acknowledged >= 20);
    const kept = new Set(await page.evaluate(() => window.keys()));
    assert.deepEqual(numbered("cut", acknowledged).filter((key) => !kept.has(key)), []);
  }));

/** Stores a world of another format version, as a newer build does. */
const foreign = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const request = indexedDB.open("cognitab");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const transaction = request.result.transaction(["meta", "rows"], "readwrite");
    transaction.objectStore("meta").put({ generation: 7, form: 99 }, "head");
    transaction.objectStore("rows").put("kept as it was", "of another form");
    transaction.oncomplete = () => (request.result.close(), resolve());
    transaction.onabort = () => reject(transaction.error);
  };
}));

for (const without of [false, true]) {
  test(`a stored lab of another format version is kept until the user deletes it${without ? ", without service workers" : ""}`, () =>
    inContext({}, async (context) => {
      if (without) await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
      const first = await context.newPage();
      await first.goto(`${at.beside}lab/`);
      await first.getByText("photos-demo").first().waitFor();
      await foreign(first);
      await first.close();
      const page = await context.newPage();
      await page.goto(`${at.beside}lab/`);
      await page.getByText("its format version is 99").waitFor();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download the stored lab" }).click();
      const file = await readFile(await (await download).path(), "utf8");
      assert.match(file, /"kept as it was"/);
      await page.getByRole("button", { name: "Delete it and start over" }).click();
      await page.getByText("photos-demo").first().waitFor();
      const again = await context.newPage();
      await again.goto(`${at.beside}lab/`);
      await again.getByText("photos-demo").first().waitFor();
    }));
}

test("a tab shows the reset and the undo of another tab", () =>
  inContext({}, async (context) => {
    const [one, two] = [await context.newPage(), await context.newPage()];
    for (const page of [one, two]) {
      await page.goto(`${at.beside}lab/`);
      await page.getByText("photos-demo").first().waitFor();
    }
    const rows = (page) => page.locator(".trace .event-rows li");
    await one.getByRole("button", { name: "Run as guest", exact: true }).click();
    await rows(one).nth(2).waitFor();
    const before = await rows(one).count();
    await two.bringToFront();
    await rows(two).nth(before - 1).waitFor();
    await two.getByRole("button", { name: "Undo" }).click();
    await rows(two).nth(before - 1).waitFor({ state: "detached" });
    const undone = await rows(two).count();
    await one.bringToFront();
    await rows(one).nth(before - 1).waitFor({ state: "detached" });
    assert.equal(await rows(one).count(), undone);
    await two.bringToFront();
    await two.getByRole("button", { name: "Reset" }).click();
    await rows(two).first().waitFor({ state: "detached" });
    await one.bringToFront();
    await rows(one).first().waitFor({ state: "detached" });
    await one.getByRole("button", { name: "Run as guest", exact: true }).click();
    await rows(one).nth(2).waitFor();
  }));
