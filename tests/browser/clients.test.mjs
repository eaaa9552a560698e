// Unmodified libraries and apps: a token verifier, OpenID Connect clients, an app on another origin.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, at, besidePage, inContext, shared } from "./lib/browser.mjs";

shared();

const PASSWORD = "Ana-Photos-1!";

/** A page that the service worker controls, and the photo app's world with another app client. */
async function photoApp(context, callback) {
  const page = await besidePage(context, "oidc");
  const { values } = await ask(page, "reset", { scenario: "photo-app" });
  const client = await page.evaluate(
    ([pool, callback]) => window.makeClient(pool, callback), [values.userPool, callback],
  );
  const login = `${at.beside}~/${values.domain}.auth.us-east-1.amazoncognito.com/`;
  return { page, set: { pool: values.userPool, login, client } };
}

/** Fills in the login page and submits it by keyboard. */
async function signIn(page) {
  await page.locator("input[name=username]").fill("ana");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.keyboard.press("Enter");
}

test("aws-jwt-verify accepts tokens with the published keys and refuses a changed token", () =>
  inContext({}, async (context) => {
    const chain = await besidePage(context, "chain");
    const { poolId, clientId, tokens } = await chain.evaluate(() => window.runChain());
    await chain.goto(`${at.beside}beside/verify.html`);
    await chain.waitForFunction(() => window.loaded);
    const verify = (use, token) => chain.evaluate(
      (given) => window.verify(...given), [poolId, clientId, use, token],
    );
    const { claims } = await verify("id", tokens.IdToken);
    assert.equal(claims.email, "cleo@studio.example");
    assert.equal((await verify("access", tokens.AccessToken)).claims.client_id, clientId);
    const [head, body, signature] = tokens.IdToken.split(".");
    const changed = { ...JSON.parse(Buffer.from(body, "base64url")), email: "mallory@studio.example" };
    const forged = [head, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
    assert.equal((await verify("id", forged)).error, "JwtInvalidSignatureError");
    assert.equal((await verify("id", tokens.AccessToken)).error, "CognitoJwtInvalidTokenUseError");
  }));

test("oidc-client-ts completes the code grant with PKCE", () =>
  inContext({}, async (context) => {
    const { page, set } = await photoApp(context, `${at.beside}beside/oidc.html`);
    await page.evaluate((set) => void window.byCode(set).signinRedirect(), set);
    await signIn(page);
    await page.waitForURL("**/beside/oidc.html?code=*");
    await page.waitForFunction(() => window.loaded);
    const user = await page.evaluate(async (set) => {
      const { profile, token_type, refresh_token } = await window.byCode(set).signinRedirectCallback();
      return { profile, token_type, refresh: typeof refresh_token };
    }, set);
    assert.equal(user.profile["cognito:username"], "ana");
    assert.equal(user.profile.aud, set.client);
    assert.deepEqual([user.token_type, user.refresh], ["Bearer", "string"]);
    const again = await page.evaluate(
      (set) => window.byCode(set).signinRedirectCallback().then(() => "taken", () => "refused"), set,
    );
    assert.equal(again, "refused");
  }));

test("oidc-client completes the implicit grant", () =>
  inContext({}, async (context) => {
    const { page, set } = await photoApp(context, `${at.beside}beside/oidc.html`);
    await page.evaluate((set) => void window.byImplicit(set).signinRedirect(), set);
    await signIn(page);
    await page.waitForURL("**/beside/oidc.html#*");
    await page.waitForFunction(() => window.loaded);
    const user = await page.evaluate(async (set) => {
      const { access_token, token_type } = await window.byImplicit(set).signinRedirectCallback();
      return { access_token, token_type };
    }, set);
    assert.equal(user.token_type, "Bearer");
    const claims = JSON.parse(Buffer.from(user.access_token.split(".")[1], "base64url"));
    assert.deepEqual([claims.username, claims.client_id], ["ana", set.client]);
  }));

for (const first of [false, true]) {
  test(`an app of another origin completes the implicit grant${first ? " with no service worker yet" : ""}`, () =>
    inContext({}, async (context) => {
      const { page, set } = await photoApp(context, at.other);
      if (first) {
        await page.evaluate(async () => {
          const all = await navigator.serviceWorker.getRegistrations();
          await Promise.all(all.map((one) => one.unregister()));
        });
      }
      await page.close();
      const app = await context.newPage();
      await app.goto(`${at.other}?${new URLSearchParams({ login: set.login, client: set.client })}`);
      await app.locator("#sign-in").click();
      await signIn(app);
      await app.waitForURL(`${at.other}#*`);
      const { state, type, claims } = JSON.parse(await app.locator("#came-back").innerText());
      assert.deepEqual([state, type], ["kept-by-the-app", "Bearer"]);
      assert.deepEqual([claims["cognito:username"], claims.aud], ["ana", set.client]);
    }));
}

/** An app on a developer's machine, at a callback URL of the photo app's client. */
const DEVELOPED = "http://localhost:3000/";

async function developed(context) {
  await context.route(`${DEVELOPED}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === "/app.js" ? "app.js" : "index.html";
    await route.fulfill({ response: await route.fetch({ url: `${at.other}${file}` }) });
  });
  const login = `${at.beside}~/photos-demo.auth.us-east-1.amazoncognito.com/`;
  const back = `${DEVELOPED}callback`;
  const app = await context.newPage();
  await app.goto(`${DEVELOPED}?${new URLSearchParams({ login, client: await shipped(), back })}`);
  await app.locator("#sign-in").click();
  return app;
}

/** The ID of the photo app's client, which is the same in every new lab. */
async function shipped() {
  let client;
  await inContext({}, async (context) => {
    const page = await context.newPage();
    await page.goto(`${at.beside}lab/`);
    await page.getByText("photos-demo").first().waitFor();
    client = (await ask(page, "scenario")).values.client;
  });
  return client;
}

test("an app of another origin completes the implicit grant on the very first visit", () =>
  inContext({}, async (context) => {
    const app = await developed(context);
    await signIn(app);
    await app.waitForURL(`${DEVELOPED}callback#*`);
    const { type, claims } = JSON.parse(await app.locator("#came-back").innerText());
    assert.deepEqual([type, claims["cognito:username"]], ["Bearer", "ana"]);
  }));

test("if service workers are blocked, a login URL opens in the workbench's browser", () =>
  inContext({ serviceWorkers: "block" }, async (context) => {
    const app = await developed(context);
    const address = app.getByRole("group", { name: "Address" });
    await app.locator(".hosted input[name=password]").waitFor();
    assert.match(await address.innerText(), /^https:\/\/photos-demo\.auth\.us-east-1\.amazoncognito\.com\/login/);
    await app.locator(".hosted input[name=username]").fill("ana");
    await app.locator(".hosted input[name=password]").fill(PASSWORD);
    await app.keyboard.press("Enter");
    await app.waitForURL(`${DEVELOPED}callback#*`);
    const { claims } = JSON.parse(await app.locator("#came-back").innerText());
    assert.equal(claims["cognito:username"], "ana");
  }));
