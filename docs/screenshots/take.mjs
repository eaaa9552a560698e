// Takes the screenshots in this folder: `cargo xtask screenshots`.

import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage({
  viewport: { width: 1280, height: 1390 }, colorScheme: "light", reducedMotion: "reduce",
});
await page.goto(process.env.BASE);
for (const run of ["ana", "guest", "trust"]) {
  await page.locator(`#run-${run}:focus`).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`#run-${run} .run-outcome`).filter({ hasText: /Allowed|Stopped/ }).waitFor();
}
await page.locator(".reason").waitFor();
await page.evaluate(() => (document.activeElement.blur(), scrollTo(0, 0)));
await page.screenshot({ path: new URL("home.png", import.meta.url).pathname });
await browser.close();
