import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";

import { STUDIO, clients } from "../lib/chain.mjs";
import { handler } from "../lib/handler.mjs";

// Through the service worker, or through the page's own worker.
const ways = { worker: clients(STUDIO).s3, handle: clients(STUDIO, { requestHandler: handler }).s3 };
const Bucket = "written-photos";

window.makeBucket = async () => void (await ways.worker.send(new CreateBucketCommand({ Bucket })));

/** Writes `count` objects; each is acknowledged before the next is sent. */
window.writeObjects = async (prefix, count, way = "worker") => {
  for (let at = 0; at < count; at += 1) {
    await ways[way].send(new PutObjectCommand({ Bucket, Key: `${prefix}/${at}`, Body: `${prefix} ${at}` }));
    window.written = at + 1;
  }
};

window.keys = async (way = "worker") => {
  const found = [];
  let ContinuationToken;
  do {
    const page = await ways[way].send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    found.push(...(page.Contents ?? []).map((entry) => entry.Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return found;
};
window.loaded = true;
