import { fileURLToPath } from "node:url";
import axios from "axios";
import { HttpsProxyAgent } from "https-proxy-agent";
import { ClientSecretCredential } from "@azure/identity";
import soap from "soap";
import { failure, includes, run, same, scope, world } from "./peer.mjs";

const credential = new ClientSecretCredential(world.tenant, world.client, world.secret, {
  authorityHost: `https://${world.login}`, disableInstanceDiscovery: !world.microsoft,
});

async function service() {
  const wsdl = fileURLToPath(new URL("organization.wsdl", import.meta.url));
  const client = await soap.createClientAsync(wsdl, {
    request: axios.create({ proxy: false, httpsAgent: new HttpsProxyAgent(world.proxy) }),
    endpoint: world.environment + "/XRMServices/2011/Organization.svc/web?SdkClientVersion=9.2",
  });
  client.setSecurity(new soap.BearerSecurity((await credential.getToken(scope)).token));
  return client;
}

const request = {
  $xml: `<request i:type="b:WhoAmIRequest" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:b="http://schemas.microsoft.com/crm/2011/Contracts">
    <a:Parameters xmlns:c="http://schemas.datacontract.org/2004/07/System.Collections.Generic"/>
    <a:RequestId i:nil="true"/><a:RequestName>WhoAmI</a:RequestName></request>`,
};

await run("soap", {
  "soap-whoami": async () => {
    const [answer] = await (await service()).ExecuteAsync(request);
    const results = answer.ExecuteResult.Results.KeyValuePairOfstringanyType;
    const value = (key) => {
      const found = results.find((pair) => pair.key === key).value;
      return found.$value ?? found;
    };
    same(value("UserId"), world.user, "UserId");
    same(value("OrganizationId"), world.organization, "OrganizationId");
  },
  "no-user": async () => {
    const error = await failure(async () => (await service()).ExecuteAsync(request));
    same(error.response?.status, 403, "status");
    includes(JSON.stringify(error.response?.data), "0x80072560", "body");
  },
});
