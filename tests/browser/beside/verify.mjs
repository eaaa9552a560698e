import { CognitoJwtVerifier } from "aws-jwt-verify";
import { CognitoJwtInvalidTokenUseError, JwtInvalidSignatureError } from "aws-jwt-verify/error";

const KNOWN = { CognitoJwtInvalidTokenUseError, JwtInvalidSignatureError };
const named = (error) =>
  Object.keys(KNOWN).find((name) => error instanceof KNOWN[name]) ?? String(error);

/** Verifies a token: returns its claims, or the name of the error. */
window.verify = async (userPoolId, clientId, tokenUse, token) => {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
  const claims = (claims) => ({ claims });
  return verifier.verify(token).then(claims, (error) => ({ error: named(error) }));
};
window.loaded = true;
