// One Chromium for each test file. Requests to other machines go to a proxy that refuses and records
// them.

import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, join } from "node:path";
import { after, before } from "node:test";

import { chromium } from "playwright-core";

import { DIST, serve, serveBeside } from "./site.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
  "--disable-domain-reliability",
  // Background requests of the browser itself.
  "--gaia-url=http://127.0.0.1:9", "--component-updater=url-source=http://127.0.0.1:9/",
];

// Chromium's autofill requests, which do not come from the page.
const OWN = ["content-autofill.googleapis.com:443"];

/** Timeout of page actions in milliseconds. They take a second or two, and longer on a busy machine. */
const PATIENCE = 20_000;

/** The installed Chromium, if `CHROMIUM` is not set. */
function installed() {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const places = (process.env.PATH ?? "").split(delimiter);
  const paths = names.flatMap((name) => places.map((place) => join(place, name)));
  return paths.find((path) => existsSync(path)) ?? chromium.executablePath();
}

/** Browser and server addresses that the tests of a file share; set before the first test. */
export const at = {};

/** Starts the browser and the servers, stops them after the last test, and fails if a request left the machine. */
export function shared() {
  const open = [];
  const asked = [];
  before(async () => {
    const proxy = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(502).end();
    });
    proxy.on("connect", (request, socket) => {
      asked.push(request.url);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    proxy.listen(0, "127.0.0.1");
    await new Promise((listening) => proxy.once("listening", listening));
    open.push(() => proxy.close());
    const beside = await serveBeside();
    const other = await serve(new URL("../pages", import.meta.url).pathname, "/");
    open.push(beside.stop, other.stop);
    at.asked = asked;
    at.beside = beside.address;
    at.other = (process.env.OTHER ?? other.address).replace("127.0.0.1", "localhost");
    at.below = process.env.BASE_BELOW ?? (await serveMore(open, "/x/y/"));
    at.base = process.env.BASE ?? (await serveMore(open, "/"));
    at.launch = () => chromium.launch({
      executablePath: process.env.CHROMIUM ?? installed(),
      args: [...FLAGS, `--proxy-server=http://127.0.0.1:${proxy.address().port}`],
    });
    at.browser = await at.launch();
    open.push(() => at.browser.close());
  });
  after(async () => {
    for (const end of open.reverse()) await end();
    const left = asked.filter((address) => !OWN.includes(address));
    if (left.length) throw new Error(`requests that left the machine: ${[...new Set(left)].join(", ")}`);
  });
}

async function serveMore(open, base) {
  const { address, stop } = await serve(DIST, base);
  open.push(stop);
  return address;
}

/** Runs `todo` in a new profile; an uncaught error in a page fails the test. */
export async function inContext(options, todo) {
  const context = await at.browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const errors = [];
  context.on("weberror", (error) => errors.push(String(error.error())));
  try {
    await todo(context);
    if (errors.length) throw new Error(`uncaught in a page: ${errors.join("; ")}`);
  } finally {
    await context.close();
  }
}

/** Opens the workbench and waits until the simulator is ready. */
export async function ready(context, base = at.beside) {
  const page = await context.newPage();
  await page.goto(`${base}lab/`);
  await page.evaluate(() => window.cognitab.ready);
  return page;
}

/** Opens the workbench and adds a test page's script, which can use `window.cognitab`. */
export async function withScript(context, name) {
  const page = await ready(context);
  await page.addScriptTag({ url: `${at.beside}beside/${name}.js`, type: "module" });
  await page.waitForFunction(() => window.loaded);
  return page;
}

/** Opens a test page beside the site, which the service worker controls. */
export async function besidePage(context, name, base = at.beside) {
  const page = await ready(context, base);
  await page.goto(`${base}beside/${name}.html`);
  await page.waitForFunction(() => window.loaded);
  return page;
}

export const SIMULATED = "https://cognito-idp.us-east-1.amazonaws.com";

/** Calls the control API from a page that the service worker controls. */
export const ask = (page, path, body) => page.evaluate(
  async ([url, body]) => {
    const answer = await fetch(url, body && { method: "POST", body: JSON.stringify(body) });
    return answer.json();
  },
  [`${SIMULATED}/_cognitab/${path}`, body],
);
