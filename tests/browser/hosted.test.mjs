// The managed login pages in the workbench's simulated browser: a user signs up, finds the code in the
// inbox, signs in, and returns to the app's page with tokens in the URL.

import assert from "node:assert/strict";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const USER = { username: "cleo", email: "cleo@studio.example", password: "Cleo-Photos-1!" };

const address = (page) => page.getByRole("group", { name: "Address" });

async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`.hosted input[name=${name}]`).fill(value);
  }
}

/** From the app's button to the login page, which has its AWS URL. */
async function toLogin(page) {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.locator(".hosted input[name=password]").waitFor();
  assert.match(await address(page).innerText(), /^https:\/\/photos-demo\.auth\.us-east-1\.amazoncognito\.com\/login/);
}

/** The app's callback page, with tokens in the fragment. */
async function calledBack(page) {
  await page.getByRole("button", { name: "Store the tokens" }).waitFor();
  const text = (await address(page).innerText()).replace(/\s/g, "");
  assert.match(text, /^https:\/\/photos\.example\/callback#.*id_token=.*access_token=|^https:\/\/photos\.example\/callback#.*access_token=.*id_token=/);
  await page.getByRole("button", { name: "Store the tokens" }).click();
  await page.getByText("Signed in. The app holds the tokens below.").waitFor();
}

for (const serviceWorkers of ["allow", "block"]) {
  test(`sign up, confirm, sign in (service workers: ${serviceWorkers})`, () =>
    inContext({ serviceWorkers }, async (context) => {
      const page = await context.newPage();
      await page.goto(`${at.below}lab/`);
      await toLogin(page);
      await page.locator(".hosted").getByRole("link", { name: "Sign up" }).click();
      await page.locator(".hosted input[name=email]").waitFor();
      await fill(page, { ...USER, password: "weak" });
      await page.keyboard.press("Enter");
      await page.locator(".hosted").getByText("Password did not conform with policy").waitFor();
      await fill(page, USER);
      await page.keyboard.press("Enter");
      await page.locator(".hosted input[name=code]").waitFor();
      await page.getByRole("tab", { name: /^Inbox/ }).click();
      const message = page.locator(".inbox li").filter({ hasText: USER.email });
      const [code] = /\d{6}/.exec(await message.innerText());
      await page.getByRole("tab", { name: "Browser" }).click();
      await fill(page, { code: code === "000000" ? "000001" : "000000" });
      await page.keyboard.press("Enter");
      await page.locator(".hosted").getByText("Invalid verification code provided").waitFor();
      await fill(page, { code });
      await page.keyboard.press("Enter");
      await calledBack(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByText("Nobody is signed in.").waitFor();
      await toLogin(page);
      await fill(page, { username: USER.username, password: "Wrong-Photos-1!" });
      await page.keyboard.press("Enter");
      await page.locator(".hosted").getByText("Incorrect username or password.").waitFor();
      await fill(page, { username: USER.username, password: USER.password });
      await page.keyboard.press("Enter");
      await calledBack(page);
    }));
}
