// The servers that are measured, each on a free port of loopback and with nothing kept on disk.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const STARTING = 60_000;

const python = process.env.PYTHON ?? "python3";
const local = fileURLToPath(new URL("../node_modules/cognito-local/lib/bin/start.js", import.meta.url));

// Another checkout of this project, built: `cargo xtask bench --beside`.
export const BESIDE = process.env.BESIDE ?? null;

const COMMANDS = {
  cognitab: (port) => [process.env.COGNITAB_ENDPOINT, ["--port", port], {}],
  "other checkout": (port) => [join(BESIDE, "target/native/cognitab-endpoint"), ["--port", port], {}],
  moto: (port) => [python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", port], {}],
  ministack: (port) => [python, ["-m", "ministack"], { GATEWAY_PORT: port, LOG_LEVEL: "ERROR" }],
  "cognito-local": (port) => [process.execPath, [local], { PORT: port, HOST: "127.0.0.1" }],
};

export const OTHER = "other checkout";
export const PEERS = ["moto", "ministack", "cognito-local"];

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return String(port);
}

/** A server that answers, and how long it took to. */
export async function start(name) {
  const port = await freePort();
  const [program, args, env] = COMMANDS[name](port);
  const cwd = mkdtempSync(join(tmpdir(), "bench-"));
  const began = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
  const ended = new Promise((end) => child.once("exit", end).once("error", end));
  const endpoint = `http://127.0.0.1:${port}`;
  while (!(await fetch(endpoint).then(() => true, () => false))) {
    if (child.exitCode !== null || !child.pid) throw new Error(`${name} does not start`);
    if (performance.now() - began > STARTING) throw new Error(`${name} does not answer`);
    await pause(5);
  }
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    rmSync(cwd, { recursive: true, force: true });
  };
  return { name, endpoint, pid: child.pid, started: performance.now() - began, stop };
}
