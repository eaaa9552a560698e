import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

import { STUDIO, chain, clients } from "../lib/chain.mjs";
import { handler } from "../lib/handler.mjs";

const inbox = () =>
  fetch("https://cognito-idp.us-east-1.amazonaws.com/_cognitab/inbox").then((answer) => answer.json());

window.runChain = () => chain(inbox);
window.runChainByHandle = () => chain(
  async () => (await window.cognitab.handle(
    new Request("https://cognito-idp.us-east-1.amazonaws.com/_cognitab/inbox"),
  )).json(),
  { requestHandler: handler },
);

/** The administrator's account from STS in a Region, at the SDK's endpoint. */
window.callerIn = async (region, useDualstackEndpoint) => {
  const { sts } = clients(STUDIO, { region, useDualstackEndpoint });
  return (await sts.send(new GetCallerIdentityCommand({}))).Account;
};
window.loaded = true;
