import { ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import { failure, includes, run, scope, whoAmI, world } from "./peer.mjs";

const options = { authorityHost: `https://${world.login}`, disableInstanceDiscovery: !world.microsoft };
const bySecret = (secret) => new ClientSecretCredential(world.tenant, world.client, secret, options).getToken(scope);

await run("@azure/identity", {
  secret: async () => whoAmI((await bySecret(world.secret)).token),
  certificate: async () => {
    const credential = new ClientCertificateCredential(world.tenant, world.client, world.certificate, options);
    await whoAmI((await credential.getToken(scope)).token);
  },
  "wrong-secret": async () => {
    const error = await failure(() => bySecret("wrong~wrong~wrong~wrong~wrong~wrong~wron"));
    includes(error.message, "AADSTS7000215", "message");
  },
});
