import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { ConfidentialClientApplication, ManagedIdentityApplication } from "@azure/msal-node";
import { assertionOfFile } from "./assertion.mjs";
import { authority, failure, includes, run, same, scope, whoAmI, world } from "./peer.mjs";
import { signIn } from "./sign-in.mjs";

const application = (credential) => new ConfidentialClientApplication({
  auth: { clientId: world.client, authority, knownAuthorities: world.microsoft ? [] : [world.login], ...credential },
});
const token = (credential) => application(credential).acquireTokenByClientCredential({ scopes: [scope] });

// person signs somebody in and redeems the code.
async function person(app, account) {
  const request = { scopes: [world.environment + "/user_impersonation"], redirectUri: "http://localhost:8400" };
  const answer = await signIn(await app.getAuthCodeUrl(request), account);
  return app.acquireTokenByCode({ ...request, code: answer.get("code") });
}

function certificate() {
  const pem = readFileSync(world.certificate, "utf8");
  const thumbprintSha256 = createHash("sha256").update(new X509Certificate(pem).raw).digest("hex");
  return { thumbprintSha256, privateKey: pem.slice(pem.indexOf("-----BEGIN PRIVATE KEY-----")) };
}

await run("@azure/msal-node", {
  secret: async () => whoAmI((await token({ clientSecret: world.secret })).accessToken),
  certificate: async () => whoAmI((await token({ clientCertificate: certificate() })).accessToken),
  assertion: async () => whoAmI((await token({ clientAssertion: assertionOfFile })).accessToken),
  "managed-identity": async () => {
    const result = await new ManagedIdentityApplication().acquireToken({ resource: world.environment });
    await whoAmI(result.accessToken);
  },
  // MSAL keeps accounts by client_info, and takes an account with another subject
  // for somebody else.
  "sign-in": async () => {
    const app = application({ clientSecret: world.secret });
    const first = await person(app, "administrator");
    const second = await person(app, "administrator");
    same(second.account.homeAccountId, first.account.homeAccountId, "account");
    same(second.idTokenClaims.sub, first.idTokenClaims.sub, "subject");
    await person(app, "application-user");
    same((await app.getTokenCache().getAllAccounts()).length, 2, "accounts");
    const silent = await app.acquireTokenSilent({ account: first.account, scopes: [world.environment + "/user_impersonation"] });
    same(silent.account.homeAccountId, first.account.homeAccountId, "account from the cache");
  },
  "wrong-secret": async () => {
    const error = await failure(() => token({ clientSecret: "wrong~wrong~wrong~wrong~wrong~wrong~wron" }));
    includes(error.errorMessage, "AADSTS7000215", "message");
    if (!error.correlationId) throw new Error("no correlation ID");
  },
});
