import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";
import { failure, run, same, world } from "./peer.mjs";

const credential = new ClientSecretCredential(world.tenant, world.client, world.secret, {
  authorityHost: `https://${world.login}`, disableInstanceDiscovery: !world.microsoft,
});
const graph = Client.initWithMiddleware({
  baseUrl: `https://${world.graph}/`, defaultVersion: "v1.0", customHosts: new Set([world.graph]),
  authProvider: { getAccessToken: async () => (await credential.getToken(`https://${world.graph}/.default`)).token },
});

await run("@microsoft/microsoft-graph-client", {
  // The application has no permission for Graph: the service names that.
  graph: async () => {
    const error = await failure(() => graph.api("/organization").get());
    same(error.statusCode, 403, "status");
    same(error.code, "Authorization_RequestDenied", "code");
  },
});
