import {
  AzurePipelinesCredential, ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential,
  ManagedIdentityCredential, WorkloadIdentityCredential,
} from "@azure/identity";
import { assertionOfFile, assertionOfJob } from "./assertion.mjs";
import { failure, includes, run, scope, whoAmI, world } from "./peer.mjs";

const options = { authorityHost: `https://${world.login}`, disableInstanceDiscovery: !world.microsoft };
const bySecret = (secret) => new ClientSecretCredential(world.tenant, world.client, secret, options).getToken(scope);
const byAssertion = (assertion) => new ClientAssertionCredential(world.tenant, world.client, assertion, options);
const prove = async (credential) => whoAmI((await credential.getToken(scope)).token);

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
  assertion: () => prove(byAssertion(assertionOfFile)),
  github: () => prove(byAssertion(assertionOfJob)),
  "wrong-subject": async () => {
    const error = await failure(() => byAssertion(assertionOfJob).getToken(scope));
    includes(error.message, "AADSTS700213", "message");
  },
  "workload-identity": () => prove(new WorkloadIdentityCredential({ tenantId: world.tenant, clientId: world.client, ...options })),
  "azure-pipelines": () => prove(new AzurePipelinesCredential(world.tenant, world.client,
    process.env.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, process.env.SYSTEM_ACCESSTOKEN, options)),
  "managed-identity": () => prove(new ManagedIdentityCredential()),
});
