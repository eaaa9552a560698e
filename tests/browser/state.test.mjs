// Nothing that was acknowledged is lost, whatever ends.

import assert from "node:assert/strict";
import { test } from "node:test";

import { besidePage, inContext, shared } from "./lib/browser.mjs";

shared();

const numbered = (prefix, count) => Array.from({ length: count }, (_, at) => `${prefix}/${at}`);

test("two tabs write at once and a reload finds all of it", () =>
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

test("a killed tab loses nothing that it was told is done", () =>
  inContext({}, async (context) => {
    const page = await besidePage(context, "writes");
    await page.evaluate(() => window.makeBucket());
    const writing = page.evaluate(() => window.writeObjects("killed", 10_000)).catch(() => "killed");
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

test("a stopped service worker starts again with its world", () =>
  inContext({}, async (context) => {
    const page = await besidePage(context, "writes");
    await page.evaluate(() => window.makeBucket());
    await page.evaluate(() => window.writeObjects("before", 20));
    const tab = await context.newCDPSession(page);
    const stopped = new Promise((resolve) => {
      tab.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
        if (versions.some((version) => version.runningStatus === "stopped")) resolve();
      });
    });
    await tab.send("ServiceWorker.enable");
    await tab.send("ServiceWorker.stopAllWorkers");
    await stopped;
    await page.evaluate(() => window.writeObjects("after", 20));
    const wanted = [...numbered("after", 20), ...numbered("before", 20)].sort();
    assert.deepEqual((await page.evaluate(() => window.keys())).sort(), wanted);
  }));
