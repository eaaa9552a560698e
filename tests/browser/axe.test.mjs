// No violation that axe finds, in both themes, wide and narrow.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
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
          await page.locator(`#run-${run} .out`).filter({ hasText: /Allowed|Stopped/ }).waitFor();
        }
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", { name: "Sequence" }).click();
        assert.deepEqual(await violations(page), []);
      }));

    test(`workbench, ${colorScheme}, ${width} px`, () =>
      inContext(options, async (context) => {
        const page = await context.newPage();
        await page.goto(`${at.below}lab/`);
        await page.getByText("photos-demo").first().waitFor({ state: "attached" });
        assert.deepEqual(await violations(page), []);
        await page.getByRole("button", { name: "Run as Ana" }).click();
        await page.locator(".trace .rows li").nth(5).waitFor({ state: "attached" });
        assert.deepEqual(await violations(page), []);
      }));
  }
}
