import { createPrivateKey, createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as client from "openid-client";
import { authority, failure, includes, run, same, scope, whoAmI, world } from "./peer.mjs";

const discover = (credential) => client.discovery(new URL(authority + "/v2.0"), world.client, undefined, credential);

async function token(credential) {
  const config = await discover(credential);
  return client.clientCredentialsGrant(config, { scope });
}

// Entra finds the certificate by its thumbprint in the assertion's header.
async function certificate() {
  const pem = readFileSync(world.certificate, "utf8");
  const der = createPrivateKey(pem).export({ type: "pkcs8", format: "der" });
  const key = await crypto.subtle.importKey("pkcs8", der, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, false, ["sign"]);
  const thumbprint = createHash("sha1").update(new X509Certificate(pem).raw).digest("base64url");
  return client.PrivateKeyJwt(key, {
    [client.modifyAssertion]: (header, payload) => {
      header.x5t = thumbprint;
      payload.aud = authority + "/oauth2/v2.0/token";
    },
  });
}

await run("openid-client", {
  secret: async () => whoAmI((await token(client.ClientSecretPost(world.secret))).access_token),
  basic: async () => whoAmI((await token(client.ClientSecretBasic(world.secret))).access_token),
  certificate: async () => whoAmI((await token(await certificate())).access_token),
  "wrong-secret": async () => {
    const error = await failure(() => token(client.ClientSecretPost("wrong~wrong~wrong~wrong~wrong~wrong~wron")));
    same(error.error, "invalid_client", "error");
    same(error.status, 401, "status");
    includes(error.error_description, "AADSTS7000215", "description");
  },
});
