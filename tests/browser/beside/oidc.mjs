import {
  CreateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { UserManager as ImplicitManager } from "oidc-client";
import { UserManager } from "oidc-client-ts";

import { REGION, STUDIO, clients } from "../lib/chain.mjs";

/** Creates an app client with the callback URL `callback`; returns its ID. */
window.makeClient = async (UserPoolId, callback) => {
  const { UserPoolClient } = await clients(STUDIO).pools.send(new CreateUserPoolClientCommand({
    UserPoolId, ClientName: "app", CallbackURLs: [callback],
    AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ["code", "implicit"],
    AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
    SupportedIdentityProviders: ["COGNITO"],
  }));
  return UserPoolClient.ClientId;
};

const here = `${location.origin}${location.pathname}`;

/** The library as an app configures it; the login pages are below the site's path. */
window.byCode = ({ pool, login, client }) => new UserManager({
  authority: `https://cognito-idp.${REGION}.amazonaws.com/${pool}`,
  metadataSeed: { authorization_endpoint: `${login}oauth2/authorize` },
  client_id: client, redirect_uri: here, response_type: "code", scope: "openid email profile",
});

/** The library's predecessor, which supports the implicit grant. */
window.byImplicit = ({ pool, login, client }) => {
  const issuer = `https://cognito-idp.${REGION}.amazonaws.com/${pool}`;
  return new ImplicitManager({
    authority: issuer, metadata: { issuer, authorization_endpoint: `${login}oauth2/authorize` },
    client_id: client, redirect_uri: here, response_type: "token",
    scope: "aws.cognito.signin.user.admin",
  });
};
window.loaded = true;
