import { readFile } from "node:fs/promises";

const env = process.env;

// assertionOfFile reads the token that a cluster lays into a file.
export const assertionOfFile = async () => (await readFile(env.AZURE_FEDERATED_TOKEN_FILE, "utf8")).trim();

// assertionOfJob asks GitHub's endpoint as its toolkit does (packages/core/src/oidc-utils.ts).
export async function assertionOfJob() {
  const address = env.ACTIONS_ID_TOKEN_REQUEST_URL + "&audience=" + encodeURIComponent("api://AzureADTokenExchange");
  const response = await fetch(address, { headers: { Authorization: "Bearer " + env.ACTIONS_ID_TOKEN_REQUEST_TOKEN } });
  if (response.status !== 200) throw new Error(`the job's endpoint: ${response.status}`);
  return (await response.json()).value;
}
