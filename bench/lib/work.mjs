// The work that all servers do: one user signs in with name and password, again and again.

import {
  AdminCreateUserCommand, AdminSetUserPasswordCommand, CognitoIdentityProviderClient,
  CreateUserPoolClientCommand, CreateUserPoolCommand, InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";

const NAME = "ana@studio.example";
const PASSWORD = "Ana-Photos-1!";

export const client = (settings) => new CognitoIdentityProviderClient({
  region: "us-east-1",
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  },
  maxAttempts: 1,
  ...settings,
});

/** A pool with a client and one user; the client's id. */
export async function prepare(pools) {
  const { UserPool } = await pools.send(new CreateUserPoolCommand({ PoolName: "bench" }));
  const UserPoolId = UserPool.Id;
  const { UserPoolClient } = await pools.send(new CreateUserPoolClientCommand({
    UserPoolId, ClientName: "bench", ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }));
  await pools.send(new AdminCreateUserCommand({
    UserPoolId, Username: NAME, MessageAction: "SUPPRESS",
    UserAttributes: [{ Name: "email", Value: NAME }],
  }));
  await pools.send(new AdminSetUserPasswordCommand({
    UserPoolId, Username: NAME, Password: PASSWORD, Permanent: true,
  }));
  return UserPoolClient.ClientId;
}

export async function signIn(pools, ClientId) {
  const { AuthenticationResult } = await pools.send(new InitiateAuthCommand({
    AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME: NAME, PASSWORD },
  }));
  if (!AuthenticationResult?.IdToken) throw new Error("no tokens");
}
