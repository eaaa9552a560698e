import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";

import { STUDIO, clients } from "../lib/chain.mjs";

const { s3 } = clients(STUDIO);
const Bucket = "written-photos";

window.makeBucket = async () => void (await s3.send(new CreateBucketCommand({ Bucket })));

/** `count` objects, each acknowledged before the next is sent. */
window.writeObjects = async (prefix, count) => {
  for (let at = 0; at < count; at += 1) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `${prefix}/${at}`, Body: `${prefix} ${at}` }));
    window.written = at + 1;
  }
};

window.keys = async () => {
  const found = [];
  let ContinuationToken;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
    found.push(...(page.Contents ?? []).map((entry) => entry.Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  return found;
};
window.loaded = true;
