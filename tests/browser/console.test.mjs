// The console: a form for every operation, used by keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { at, inContext, shared } from "./lib/browser.mjs";

shared();

const LAPTOP = { viewport: { width: 1280, height: 800 } };

async function open(context, operation = "") {
  const page = await context.newPage();
  await page.goto(`${at.base}console/#${operation}`);
  await page.locator(".operation-list a").first().waitFor();
  return page;
}

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const status = (page) => page.locator(".call-outcome [role=status] > span");

/** Chooses an operation by its name in the list, types into its fields, and sends it with Enter. */
async function call(page, service, name, fields = {}) {
  await page.getByLabel("Find an operation").fill(`${service} ${name}`);
  await page.getByRole("link", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
  await heading(page, name);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
  const event = page.locator(".call-event .panel-header > .caption");
  const before = (await event.count()) ? await event.innerText() : "none";
  await page.getByRole("button", { name: "Send" }).focus();
  await page.keyboard.press("Enter");
  await event.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
  await status(page).filter({ hasText: `${service}.${name}` }).waitFor();
  const text = await page.locator(".call-outcome pre").innerText();
  return { status: Number.parseInt(await status(page).innerText(), 10), text };
}

test("every operation has a form that sends what it shows", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context);
    const ids = await page.locator(".operation-list a").evaluateAll((links) => links.map((a) => a.hash.slice(1)));
    assert.ok(ids.length > 150, `${ids.length} operations`);
    const wrong = [];
    for (const id of ids) {
      await page.evaluate((hash) => { location.hash = hash; }, id);
      await heading(page, id.split(".")[1]);
      await page.evaluate(() => {
        for (const field of document.querySelectorAll(".operation-form :is(input[type=text], textarea)")) {
          if (field.value) continue;
          field.value = "x1";
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }
      });
      await page.evaluate(() => document.querySelector(".operation-form").requestSubmit());
      const answered = status(page).filter({ hasText: new RegExp(` ${id}$`) });
      const failed = page.locator(".console-form > .error-box");
      await answered.or(failed).first().waitFor();
      if (await failed.count()) wrong.push(`${id}: ${await failed.innerText()}`);
      else if (!(await page.locator(".call-event").count())) wrong.push(`${id}: no event`);
    }
    assert.deepEqual(wrong, []);
  }));

test("a pool is created, listed and described as its caller is allowed to", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context);
    const made = await call(page, "cognito-idp", "CreateUserPool", { "PoolName *": "keyboard" });
    assert.equal(made.status, 200, made.text);
    const { Id } = JSON.parse(made.text).UserPool;
    const code = page.locator(".call-code pre");
    assert.match(await code.innerText(), /aws cognito-idp create-user-pool[\s\S]*--pool-name keyboard/);
    const describe = await call(page, "cognito-idp", "DescribeUserPool", { "UserPoolId *": Id });
    assert.equal(JSON.parse(describe.text).UserPool.Name, "keyboard");
    await page.getByRole("tab", { name: "boto3" }).click();
    assert.match(await code.innerText(), new RegExp(`describe_user_pool\\(\\s+UserPoolId="${Id}"`));
    await page.getByLabel("Caller").selectOption("Administrator of Archive");
    const refused = await call(page, "cognito-idp", "DescribeUserPool", { "UserPoolId *": Id });
    assert.equal(refused.status, 400, refused.text);
    await page.locator(".call-event .ladder").waitFor();
  }));

test("a refused input stays in the form, with AWS's message before it is sent", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context, "cognito-idp.CreateUserPool");
    await heading(page, "CreateUserPool");
    const name = page.getByLabel("PoolName *");
    await name.fill("a/b");
    await page.getByText("Value 'a/b' at 'poolName' failed to satisfy constraint").waitFor();
    await name.press("Enter");
    await status(page).filter({ hasText: "400" }).waitFor();
    assert.equal(await name.inputValue(), "a/b");
    await page.getByRole("link", { name: "DeleteUserPool", exact: true }).click();
    await heading(page, "DeleteUserPool");
    await page.goBack();
    await heading(page, "CreateUserPool");
    assert.equal(await name.inputValue(), "a/b");
  }));

test("the credentials of a guest become a caller", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context);
    const pools = await call(page, "cognito-identity", "ListIdentityPools", { "MaxResults *": "1" });
    const pool = JSON.parse(pools.text).IdentityPools[0].IdentityPoolId;
    const { text } = await call(page, "cognito-identity", "GetId", { "IdentityPoolId *": pool });
    const identity = JSON.parse(text).IdentityId;
    await call(page, "cognito-identity", "GetCredentialsForIdentity", { "IdentityId *": identity });
    await page.getByRole("button", { name: "Use these credentials" }).press("Enter");
    const caller = await call(page, "sts", "GetCallerIdentity");
    assert.match(caller.text, /assumed-role\/photos-guest\/CognitoIdentityCredentials/);
    const buckets = await call(page, "s3", "ListBuckets");
    assert.equal(buckets.status, 403, buckets.text);
  }));

test("a role of the other account is assumed, and its session becomes a caller", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context, "iam.CreateRole");
    await heading(page, "CreateRole");
    await page.getByLabel("Caller").selectOption("Administrator of Archive");
    const trust = { Version: "2012-10-17", Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" },
    ] };
    const role = await call(page, "iam", "CreateRole", {
      "RoleName *": "reader", "AssumeRolePolicyDocument *": JSON.stringify(trust),
    });
    assert.equal(role.status, 200, role.text);
    await page.getByLabel("Caller").selectOption("Administrator of Studio");
    const session = await call(page, "sts", "AssumeRole", {
      "RoleArn *": "arn:aws:iam::444455556666:role/reader", "RoleSessionName *": "dana",
    });
    assert.equal(session.status, 200, session.text);
    await page.getByRole("button", { name: "Use these credentials" }).press("Enter");
    const caller = await call(page, "sts", "GetCallerIdentity");
    assert.match(caller.text, /arn:aws:sts::444455556666:assumed-role\/reader\/dana/);
    await page.getByRole("tab", { name: "JavaScript" }).click();
    assert.match(await page.locator(".call-code pre").innerText(), /sessionToken: "/);
  }));

test("lists, maps and structures of any depth", () =>
  inContext(LAPTOP, async (context) => {
    const page = await open(context, "cognito-idp.CreateUserPool");
    await heading(page, "CreateUserPool");
    await page.getByLabel("PoolName *").fill("deep");
    await page.getByLabel("Add a member to CreateUserPool").selectOption("Policies");
    await page.getByLabel("Add a member to Policies").selectOption("PasswordPolicy");
    await page.getByLabel("Add a member to PasswordPolicy").selectOption("MinimumLength");
    await page.getByLabel("MinimumLength", { exact: true }).fill("12");
    await page.getByLabel("Add a member to CreateUserPool").selectOption("UserPoolTags");
    await page.getByRole("button", { name: "Add to UserPoolTags" }).click();
    await page.getByLabel("UserPoolTags key 1").fill("team");
    await page.getByLabel("UserPoolTags key 1").press("Tab");
    await page.locator("#in-UserPoolTags-team").fill("photos");
    await page.getByRole("button", { name: "Send" }).press("Enter");
    await status(page).filter({ hasText: "200" }).waitFor();
    const { UserPool } = JSON.parse(await page.locator(".call-outcome pre").innerText());
    assert.equal(UserPool.Policies.PasswordPolicy.MinimumLength, 12);
    assert.deepEqual(UserPool.UserPoolTags, { team: "photos" });
    await page.getByRole("button", { name: "Remove CreateUserPool UserPoolTags" }).click();
    assert.equal(await page.getByLabel("UserPoolTags key 1").count(), 0);
  }));
