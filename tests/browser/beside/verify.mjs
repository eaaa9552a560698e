import { CognitoJwtVerifier } from "aws-jwt-verify";

/** What the verifier says of a token: its claims, or the name of its error. */
window.verify = async (userPoolId, clientId, tokenUse, token) => {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
  return verifier.verify(token).then((claims) => ({ claims }), (error) => ({ error: error.name }));
};
window.loaded = true;
