// The whole chain from an empty account to an object in a bucket, with the unmodified SDK. It runs in a
// page and in Node; expected errors are identified by AWS's error names.

import {
  CognitoIdentityClient, CreateIdentityPoolCommand, GetCredentialsForIdentityCommand, GetIdCommand,
  SetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import {
  CognitoIdentityProviderClient, ConfirmSignUpCommand, CreateUserPoolClientCommand,
  CreateUserPoolCommand, GetUserCommand, InitiateAuthCommand, SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

export const REGION = "us-east-1";
export const STUDIO = {
  account: "111122223333",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
export const ARCHIVE = {
  account: "444455556666",
  accessKeyId: "AKIAI44QH8DHBEXAMPLE",
  secretAccessKey: "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
};
export const USER = { name: "cleo", email: "cleo@studio.example", password: "Cleo-Photos-1!" };
const SUB = "${cognito-identity.amazonaws.com:sub}";

export function equal(actual, expected, about) {
  const [actualText, expectedText] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (actualText !== expectedText) throw new Error(`${about}: expected ${expectedText}, got ${actualText}`);
}

/** Expects that a call fails with this error, whose message contains `words`. */
export async function refused(name, call, words = "") {
  const error = await call.then(() => null, (error) => error);
  if (!error) throw new Error(`expected ${name}, but the call succeeded`);
  if (error.name !== name) throw new Error(`expected ${name}, got ${error.name}: ${error.message}`);
  if (!error.message.includes(words)) throw new Error(`${error.message} does not contain ${words}`);
}

/** The SDK's clients for one caller. Without `settings` they use AWS's endpoints. */
export function clients(credentials, settings = {}) {
  const made = (Client) => new Client({ region: REGION, credentials, ...settings });
  return {
    pools: made(CognitoIdentityProviderClient),
    identities: made(CognitoIdentityClient),
    sts: made(STSClient),
    iam: made(IAMClient),
    s3: made(S3Client),
    tables: made(DynamoDBClient),
  };
}

const policy = (...statements) => JSON.stringify({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
});

/** Creates a user pool, an app client, and a user with a confirmed email address. */
export async function signUp(studio, inbox) {
  const { UserPool } = await studio.pools.send(new CreateUserPoolCommand({
    PoolName: "photos", AutoVerifiedAttributes: ["email"],
  }));
  const { UserPoolClient } = await studio.pools.send(new CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id, ClientName: "web",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }));
  const ClientId = UserPoolClient.ClientId;
  const asked = {
    ClientId, Username: USER.name, UserAttributes: [{ Name: "email", Value: USER.email }],
  };
  const pools = studio.pools;
  await refused("InvalidPasswordException", pools.send(new SignUpCommand({ ...asked, Password: "weak" })));
  const signedUp = await pools.send(new SignUpCommand({ ...asked, Password: USER.password }));
  equal(signedUp.UserConfirmed, false, "a new user is confirmed");
  equal(signedUp.CodeDeliveryDetails.Destination, "c***@s***", "where the code went");
  await refused("UsernameExistsException", pools.send(new SignUpCommand({ ...asked, Password: USER.password })));
  const signIn = signingIn(pools, ClientId);
  await refused("UserNotConfirmedException", signIn(USER.password));
  const mail = (await inbox()).messages.find((message) => message.to === USER.email);
  const confirm = (ConfirmationCode) =>
    pools.send(new ConfirmSignUpCommand({ ClientId, Username: USER.name, ConfirmationCode }));
  const wrong = mail.code === "000000" ? "000001" : "000000";
  await refused("CodeMismatchException", confirm(wrong));
  await confirm(mail.code);
  await refused("NotAuthorizedException", signIn("Wrong-Photos-1!"), "Incorrect username or password.");
  return { poolId: UserPool.Id, clientId: ClientId };
}

export const signingIn = (pools, ClientId) => (PASSWORD) => pools.send(new InitiateAuthCommand({
  AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME: USER.name, PASSWORD },
}));

/** Signs in, uses the access token and refreshes the tokens; returns the first tokens. */
async function tokens(pools, clientId) {
  const { AuthenticationResult: first } = await signingIn(pools, clientId)(USER.password);
  equal([first.TokenType, first.ExpiresIn], ["Bearer", 3600], "what came with the tokens");
  const user = await pools.send(new GetUserCommand({ AccessToken: first.AccessToken }));
  equal(user.Username, USER.name, "whose access token it is");
  const email = user.UserAttributes.find((attribute) => attribute.Name === "email");
  equal(email.Value, USER.email, "the address in the pool");
  await refused("NotAuthorizedException", pools.send(new GetUserCommand({ AccessToken: first.IdToken })));
  const { AuthenticationResult: next } = await pools.send(new InitiateAuthCommand({
    AuthFlow: "REFRESH_TOKEN_AUTH", ClientId: clientId,
    AuthParameters: { REFRESH_TOKEN: first.RefreshToken },
  }));
  equal(typeof next.IdToken, "string", "a fresh ID token");
  return first;
}

const trust = (pool, amr) => policy({
  Principal: { Federated: "cognito-identity.amazonaws.com" },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: { "cognito-identity.amazonaws.com:aud": pool },
    "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": amr },
  },
});

/** Creates the bucket, the table, the identity pool and its two roles. */
async function build(studio, { poolId, clientId }) {
  const provider = `cognito-idp.${REGION}.amazonaws.com/${poolId}`;
  const pool = await studio.identities.send(new CreateIdentityPoolCommand({
    IdentityPoolName: "photos", AllowUnauthenticatedIdentities: true,
    CognitoIdentityProviders: [{ ProviderName: provider, ClientId: clientId }],
  }));
  // The name looks like a Region.
  const bucket = "chain-photos-2026";
  await studio.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await studio.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "public/hello.txt", Body: "hello" }));
  const { TableDescription: table } = await studio.tables.send(new CreateTableCommand({
    TableName: "chain-albums", BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "owner", AttributeType: "S" }, { AttributeName: "album", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "owner", KeyType: "HASH" }, { AttributeName: "album", KeyType: "RANGE" },
    ],
  }));
  const own = policy(
    { Action: ["s3:GetObject", "s3:PutObject"], Resource: `arn:aws:s3:::${bucket}/home/${SUB}/*` },
    {
      Action: "s3:ListBucket", Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringLike: { "s3:prefix": `home/${SUB}/*` } },
    },
    {
      Action: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], Resource: table.TableArn,
      Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [SUB] } },
    },
  );
  const roles = {
    authenticated: own,
    unauthenticated: policy({ Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/public/*` }),
  };
  const arns = {};
  for (const [amr, allowed] of Object.entries(roles)) {
    const RoleName = `chain-${amr}`;
    const AssumeRolePolicyDocument = trust(pool.IdentityPoolId, amr);
    const made = await studio.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    arns[amr] = made.Role.Arn;
    await studio.iam.send(new PutRolePolicyCommand({
      RoleName, PolicyName: "allowed", PolicyDocument: allowed,
    }));
  }
  await studio.identities.send(new SetIdentityPoolRolesCommand({
    IdentityPoolId: pool.IdentityPoolId, Roles: arns,
  }));
  return { identityPool: pool.IdentityPoolId, provider, bucket };
}

/** Gets an identity and its credentials: a guest's without logins. */
async function credentials(identities, IdentityPoolId, Logins) {
  const { IdentityId } = await identities.send(new GetIdCommand({ IdentityPoolId, Logins }));
  const { Credentials: keys } = await identities.send(
    new GetCredentialsForIdentityCommand({ IdentityId, Logins }),
  );
  return {
    id: IdentityId,
    keys: {
      accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretKey, sessionToken: keys.SessionToken,
    },
  };
}

/** The user can access its own folder in the bucket and its own items in the table, and nothing else. */
async function ownThings(user, id, bucket) {
  const caller = await user.sts.send(new GetCallerIdentityCommand({}));
  equal(caller.Arn, `arn:aws:sts::${STUDIO.account}:assumed-role/chain-authenticated/CognitoIdentityCredentials`, "who the caller is");
  const Key = `home/${id}/lake.txt`;
  const object = { Bucket: bucket, Key };
  await user.s3.send(new PutObjectCommand({ ...object, Body: "a lake", ContentType: "text/plain" }));
  const got = await user.s3.send(new GetObjectCommand(object));
  equal([await got.Body.transformToString(), got.ContentType], ["a lake", "text/plain"], "the object");
  const list = await user.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `home/${id}/` }));
  equal(list.Contents.map((entry) => entry.Key), [Key], "the own folder");
  const otherFolder = `home/${REGION}:00000000-0000-4000-8000-000000000000/lake.txt`;
  const denied = (command) => refused("AccessDenied", user.s3.send(command));
  await denied(new PutObjectCommand({ Bucket: bucket, Key: otherFolder, Body: "mine" }));
  await denied(new GetObjectCommand({ Bucket: bucket, Key: "public/hello.txt" }));
  await denied(new ListObjectsV2Command({ Bucket: bucket }));
  const TableName = "chain-albums";
  const item = { owner: { S: id }, album: { S: "lakes" }, photos: { N: "3" } };
  await user.tables.send(new PutItemCommand({ TableName, Item: item }));
  const Item = { ...item, owner: { S: "somebody else" } };
  await refused("AccessDeniedException", user.tables.send(new PutItemCommand({ TableName, Item })),
    "because no identity-based policy allows the dynamodb:PutItem action");
  const { Item: read } = await user.tables.send(new GetItemCommand({
    TableName, Key: { owner: item.owner, album: item.album },
  }));
  equal(read.photos, { N: "3" }, "the item");
  const ask = (owner) => user.tables.send(new QueryCommand({
    TableName, KeyConditionExpression: "#o = :o", ExpressionAttributeNames: { "#o": "owner" },
    ExpressionAttributeValues: { ":o": { S: owner } },
  }));
  equal((await ask(id)).Count, 1, "the own items");
  await refused("AccessDeniedException", ask("somebody else"));
}

/** Cross-account access with a role of Archive that callers in Studio can assume. */
async function acrossAccounts(studio, archive, user, as) {
  const Bucket = "chain-archive";
  await archive.s3.send(new CreateBucketCommand({ Bucket }));
  await archive.s3.send(new PutObjectCommand({ Bucket, Key: "old.txt", Body: "old" }));
  const RoleName = "chain-readers";
  const { Role: role } = await archive.iam.send(new CreateRoleCommand({
    RoleName,
    AssumeRolePolicyDocument: policy({
      Principal: { AWS: `arn:aws:iam::${STUDIO.account}:root` }, Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "photos-7" } },
    }),
  }));
  await archive.iam.send(new PutRolePolicyCommand({
    RoleName, PolicyName: "read",
    PolicyDocument: policy({ Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` }),
  }));
  const assume = (who, ExternalId) => who.sts.send(
    new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: "dana", ExternalId }),
  );
  await refused("AccessDenied", assume(user, "photos-7"));
  await refused("AccessDenied", assume(studio, "photos-8"));
  await refused("AccessDenied", studio.s3.send(new GetObjectCommand({ Bucket, Key: "old.txt" })));
  const { Credentials: keys } = await assume(studio, "photos-7");
  const reader = as({
    accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey,
    sessionToken: keys.SessionToken,
  });
  const got = await reader.s3.send(new GetObjectCommand({ Bucket, Key: "old.txt" }));
  equal(await got.Body.transformToString(), "old", "the object of the other account");
  await refused("AccessDenied", reader.s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x" })));
}

/** Runs the whole chain. The SDK's clients have `settings`; `inbox` returns the messages sent. */
export async function chain(inbox, settings = {}) {
  const as = (keys) => clients(keys, settings);
  const [studio, archive] = [as(STUDIO), as(ARCHIVE)];
  const pool = await signUp(studio, inbox);
  const held = await tokens(studio.pools, pool.clientId);
  const built = await build(studio, pool);
  const nobody = as({ accessKeyId: "", secretAccessKey: "" });
  const login = { [built.provider]: held.IdToken };
  const mine = await credentials(nobody.identities, built.identityPool, login);
  const wrongToken = { [built.provider]: held.AccessToken };
  await refused("NotAuthorizedException", credentials(nobody.identities, built.identityPool, wrongToken));
  const user = as(mine.keys);
  await ownThings(user, mine.id, built.bucket);
  const guest = as((await credentials(nobody.identities, built.identityPool)).keys);
  const hello = { Bucket: built.bucket, Key: "public/hello.txt" };
  const got = await guest.s3.send(new GetObjectCommand(hello));
  equal(await got.Body.transformToString(), "hello", "what guests may read");
  await refused("AccessDenied", guest.s3.send(new PutObjectCommand({ ...hello, Body: "mine" })));
  await acrossAccounts(studio, archive, user, as);
  const forged = as({ ...STUDIO, secretAccessKey: "w".repeat(40) });
  await refused("SignatureDoesNotMatch", forged.sts.send(new GetCallerIdentityCommand({})));
  return { ...pool, ...built, identity: mine.id, tokens: held };
}
