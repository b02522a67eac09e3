import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { authority, failure, includes, run, scope, whoAmI, world } from "./peer.mjs";

function token(credential) {
  const app = new ConfidentialClientApplication({
    auth: { clientId: world.client, authority, knownAuthorities: world.microsoft ? [] : [world.login], ...credential },
  });
  return app.acquireTokenByClientCredential({ scopes: [scope] });
}

function certificate() {
  const pem = readFileSync(world.certificate, "utf8");
  const thumbprintSha256 = createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
  return { thumbprintSha256, privateKey: pem.slice(pem.indexOf("-----BEGIN PRIVATE KEY-----")) };
}

await run("@azure/msal-node", {
  secret: async () => whoAmI((await token({ clientSecret: world.secret })).accessToken),
  certificate: async () => whoAmI((await token({ clientCertificate: certificate() })).accessToken),
  "wrong-secret": async () => {
    const error = await failure(() => token({ clientSecret: "wrong~wrong~wrong~wrong~wrong~wrong~wron" }));
    includes(error.errorMessage, "AADSTS7000215", "message");
    if (!error.correlationId) throw new Error("no correlation ID");
  },
});
