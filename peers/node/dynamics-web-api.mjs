import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { ClientSecretCredential } from "@azure/identity";
import { DynamicsWebApi } from "dynamics-web-api";
import { failure, run, same, scope, world } from "./peer.mjs";

// With a proxy the client sends the proxy's name as Host to the server behind it,
// which no server of Microsoft takes either. It is put right here.
const send = https.request;
https.request = (options, ...rest) => {
  if (options.headers?.host === new URL(world.proxy).host) options.headers.host = options.hostname;
  return send(options, ...rest);
};
syncBuiltinESMExports();

const credential = new ClientSecretCredential(world.tenant, world.client, world.secret, {
  authorityHost: `https://${world.login}`, disableInstanceDiscovery: !world.microsoft,
});
const api = new DynamicsWebApi({
  serverUrl: world.environment, dataApi: { version: "9.2" }, proxy: { url: world.proxy },
  onTokenRefresh: async () => (await credential.getToken(scope)).token,
});

await run("dynamics-web-api", {
  whoami: async () => {
    const me = await api.callFunction("WhoAmI");
    same(me.UserId, world.user, "UserId");
    same(me.OrganizationId, world.organization, "OrganizationId");
  },
  read: async () => {
    const { value } = await api.retrieveMultiple({
      collection: "systemusers", select: ["fullname", "applicationid"], filter: `applicationid eq ${world.client}`,
      expand: [{ property: "systemuserroles_association", select: ["name"] }, { property: "businessunitid", select: ["name"] }],
      includeAnnotations: "*", count: true,
    });
    same(value.length, 1, "rows");
    same(value[0].systemuserid, world.user, "systemuserid");
    same(value[0].systemuserroles_association[0].name, "S2S Integration", "role");
    same(value[0].businessunitid.name, "contoso-uat", "business unit");
  },
  order: async () => {
    const { value } = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], orderBy: ["fullname desc"], top: 1 });
    same(value.map((row) => row.fullname).join(), "Lidia Holloway", "first");
  },
  paging: async () => {
    const { value } = await api.retrieveAll({ collection: "systemusers", select: ["fullname"], orderBy: ["fullname"], maxPageSize: 1 });
    same(value.map((row) => row.fullname).join(), "# S2S Integration,Adele Vance,Grady Archie,Lidia Holloway", "all pages");
    const first = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], maxPageSize: 1 });
    same(first.value.length, 1, "rows of the first page");
    if (!first.oDataNextLink) throw new Error("no next link");
  },
  count: async () => same(await api.count({ collection: "systemusers" }), 4, "count"),
  // Its role lacks prvWriteUser.
  write: async () => {
    const error = await failure(() => api.update({ collection: "systemusers", key: world.user, data: { title: "x" } }));
    same(error.status, 403, "status");
    same(error.code, "0x80040220", "code");
  },
  // Its role lacks prvActOnBehalfOfAnotherUser.
  impersonate: async () => {
    const error = await failure(() => api.callFunction({ name: "WhoAmI", impersonateAAD: world.client }));
    same(error.status, 403, "status");
    same(error.code, "0x8004a110", "code");
  },
  "no-user": async () => {
    const error = await failure(() => api.callFunction("WhoAmI"));
    same(error.status, 403, "status");
    same(error.code, "0x80072560", "code");
  },
});
