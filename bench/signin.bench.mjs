// InitiateAuth USER_PASSWORD_AUTH through the AWS SDK for JavaScript in Node: the native endpoint
// beside its peers, one client, one call after the other on a kept connection.

import { generateKeyPairSync, sign } from "node:crypto";

import { medianRate, report } from "./lib/measure.mjs";
import { BESIDE, OTHER, PEERS, start } from "./lib/servers.mjs";
import { client, prepare, signIn } from "./lib/work.mjs";

async function measure(name) {
  const server = await start(name);
  try {
    const pools = client({ endpoint: server.endpoint });
    const id = await prepare(pools);
    return await medianRate(() => signIn(pools, id));
  } finally {
    await server.stop();
  }
}

const work = "InitiateAuth, SDK in Node";
const ours = await measure("cognitab");
if (BESIDE) report({ work, ours, beside: OTHER, theirs: await measure(OTHER), atLeast: 1 });
for (const peer of PEERS) {
  report({ work, ours, beside: peer, theirs: await measure(peer), atLeast: 3 });
}

// A sign-in makes two RS256 signatures; this is what they alone would allow.
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const input = Buffer.alloc(700, "a");
const two = () => [sign("sha256", input, privateKey), sign("sha256", input, privateKey)];
const signatures = await medianRate(() => void two());
report({ work, ours, beside: "two RS256 signatures alone", theirs: signatures, atLeast: 0.6 });
