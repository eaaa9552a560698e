// The small world that cases are made of: few names, so that matches and near misses are frequent.

export const STUDIO = "111122223333";
export const ARCHIVE = "444455556666";

const user = (account, name, id) => ({ kind: "user", arn: `arn:aws:iam::${account}:user/${name}`, id, account });
const session = (account, path, name) => ({
  kind: "session",
  role_arn: `arn:aws:iam::${account}:role/${path}${name}`,
  session_arn: `arn:aws:sts::${account}:assumed-role/${name}/work`,
  account,
});

export const PRINCIPALS = {
  dana: user(STUDIO, "dana", "AIDADANAQQQQQQQQQQQQQ"),
  eve: user(ARCHIVE, "staff/eve", "AIDAEVEQQQQQQQQQQQQQQ"),
  archivist: session(STUDIO, "team/", "archivist"),
  guest: session(ARCHIVE, "", "guest"),
  fay: { kind: "federated-user", arn: `arn:aws:sts::${STUDIO}:federated-user/fay`, account: STUDIO },
  root: { kind: "root", account: STUDIO },
};
export const OUTSIDERS = {
  nobody: { kind: "anonymous" },
  lambda: { kind: "service", name: "lambda.amazonaws.com" },
  pool: { kind: "web-identity", provider: "cognito-identity.amazonaws.com" },
  github: { kind: "web-identity", provider: `arn:aws:iam::${STUDIO}:oidc-provider/token.actions.example` },
  corp: { kind: "saml", provider: `arn:aws:iam::${STUDIO}:saml-provider/corp` },
};

/** The unique id of the role behind a session, as `aws:userid` begins. */
export const ROLE_ID = "AROAARCHIVISTQQQQQQQQ";

/** What a policy of a resource may name. */
export const NAMED = [
  "*", STUDIO, ARCHIVE, `arn:aws:iam::${STUDIO}:root`, `arn:aws:iam::${ARCHIVE}:root`,
  PRINCIPALS.dana.arn, PRINCIPALS.dana.id, PRINCIPALS.eve.arn, PRINCIPALS.archivist.role_arn,
  PRINCIPALS.archivist.session_arn, PRINCIPALS.guest.role_arn, PRINCIPALS.guest.session_arn,
  PRINCIPALS.fay.arn, ROLE_ID, `arn:aws:iam::${STUDIO}:user/fay`,
];
export const FEDERATED = [OUTSIDERS.pool.provider, OUTSIDERS.github.provider, OUTSIDERS.corp.provider];
export const SERVICES = [OUTSIDERS.lambda.name, "sns.amazonaws.com"];

const ask = (action, resource, account = STUDIO) => ({ action, resource, account });
const role = (account, name) => `arn:aws:iam::${account}:role/${name}`;

/** What is asked; the account is the resource's. */
export const REQUESTS = [
  ask("s3:GetObject", "arn:aws:s3:::photos/dana/a?b.jpg"),
  ask("s3:GetObject", "arn:aws:s3:::photos/Dana/2026:11/é.jpg"),
  ask("s3:PutObject", "arn:aws:s3:::masters/d*na", ARCHIVE),
  ask("s3:ListBucket", "arn:aws:s3:::photos"),
  ask("s3:ListAllMyBuckets", "*"),
  ask("dynamodb:GetItem", `arn:aws:dynamodb:us-east-1:${STUDIO}:table/dana`),
  ask("dynamodb:Query", `arn:aws:dynamodb:us-east-1:${ARCHIVE}:table/plays/index/by-day`, ARCHIVE),
  ask("sqs:SendMessage", `arn:aws:sqs:eu-west-1:${STUDIO}:dana-queue`),
  ask("sns:Publish", `arn:aws:sns:us-east-1:${ARCHIVE}:news`, ARCHIVE),
  ask("lambda:InvokeFunction", `arn:aws:lambda:us-east-1:${STUDIO}:function:dana`),
  ask("ec2:CreateTags", `arn:aws:ec2:us-east-1:${STUDIO}:volume/vol-1`),
];
/** What only the policy of the resource can open. */
export const GUARDED = [
  ask("sts:AssumeRole", role(STUDIO, "team/archivist")),
  ask("sts:AssumeRole", role(ARCHIVE, "guest"), ARCHIVE),
  ask("kms:Decrypt", `arn:aws:kms:us-east-1:${STUDIO}:key/1234`),
];
/** What somebody without an account asks for. */
export const ASKED_OUTSIDE = [
  ask("sts:AssumeRoleWithWebIdentity", role(STUDIO, "guest")),
  ask("sts:AssumeRoleWithSAML", role(STUDIO, "guest")),
  ask("s3:GetObject", "arn:aws:s3:::photos/dana/a?b.jpg"),
];

const ARNS = [
  "arn:aws:s3:::photos", `arn:aws:sns:us-east-1:${STUDIO}:news`, `arn:aws:sns:us-east-1:${STUDIO}:news:sub/1`,
  role(STUDIO, "team/archivist"), "arn:aws:s3", "x",
];
const TIMES = [
  "2026-11-23", "2026-11-23T00:00:00Z", "2026-11-23T10:42:07Z", "2026-11-23T10:42:07.250Z",
  "2026-11-23T12:42:07+02:00", "2026-11-23T10:42Z", "2026-11", "1795430527", "1795392000", "never",
];

/** Values by the type of operator. */
export const VALUES = {
  String: ["dana", "Dana", "DANA", "d*na", "dana/x", "photos", "ä", "Ä", "", "a.b", "${x", "$", "{a}"],
  Numeric: ["10", "10.0", "9.5", "-1", "0", "007", "1000000", "x", "10x"],
  Date: TIMES,
  Bool: ["true", "false", "TRUE", "False", "x"],
  Binary: ["QQ==", "Qg==", "QmluYXJ5", "QQ", "?"],
  Address: [
    "203.0.113.9", "203.0.113.200", "10.0.0.1", "2001:db8::7", "2001:DB8:0:0::7", "2001:db8:1::1", "x",
  ],
  Arn: ARNS,
};
/** Values that only policies have. */
export const NETWORKS = [
  "203.0.113.0/24", "203.0.113.0/25", "203.0.113.9/32", "0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32",
  "2001:DB8::/48", "::/0", "203.0.113.9/33",
];

/** Condition keys with the type that AWS gives them; `many` may have several values. */
export const KEYS = [
  { key: "aws:username", type: "String" },
  { key: "aws:PrincipalTag/team", type: "String" },
  { key: "s3:prefix", type: "String" },
  { key: "s3:max-keys", type: "Numeric" },
  { key: "aws:CurrentTime", type: "Date" },
  { key: "aws:EpochTime", type: "Date" },
  { key: "aws:SecureTransport", type: "Bool" },
  { key: "app:Digest", type: "Binary" },
  { key: "aws:SourceIp", type: "Address" },
  { key: "aws:SourceArn", type: "Arn" },
  { key: "aws:TagKeys", type: "String", many: true },
  { key: "dynamodb:LeadingKeys", type: "String", many: true },
  { key: "app:Sizes", type: "Numeric", many: true },
  { key: "app:Days", type: "Date", many: true },
  { key: "app:Hosts", type: "Address", many: true },
  { key: "app:Topics", type: "Arn", many: true },
  { key: "app:Flags", type: "Bool", many: true },
  { key: "app:Digests", type: "Binary", many: true },
];

const order = (type) =>
  ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((end) => type + end);

/** Every operator and the type of its values. */
export const OPERATORS = new Map([
  ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"]
    .map((name) => [name, "String"]),
  ...order("Numeric").map((name) => [name, "Numeric"]),
  ...order("Date").map((name) => [name, "Date"]),
  ["Bool", "Bool"],
  ["BinaryEquals", "Binary"],
  ["IpAddress", "Address"],
  ["NotIpAddress", "Address"],
  ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"].map((name) => [name, "Arn"]),
]);
export const PREFIXES = ["", "ForAnyValue:", "ForAllValues:"];
