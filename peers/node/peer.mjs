// What every client program has in common: the world that it is run in, and how
// it reports.
import { createRequire } from "node:module";
import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

const env = process.env;

// The connection and what is known of it, as "s2scheck serve" and the driver of
// the test name them.
export const world = {
  environment: env.S2S_ENVIRONMENT,
  tenant: env.S2S_TENANT_ID,
  client: env.S2S_CLIENT_ID,
  secret: env.S2S_CLIENT_SECRET,
  certificate: env.AZURE_CLIENT_CERTIFICATE_PATH,
  proxy: env.HTTPS_PROXY,
  login: env.PEERS_LOGIN,
  graph: env.PEERS_GRAPH,
  user: env.PEERS_USER_ID,
  organization: env.PEERS_ORGANIZATION_ID,
  microsoft: env.PEERS_NAMES === "microsoft",
};
export const scope = world.environment + "/.default";
export const authority = `https://${world.login}/${world.tenant}`;

// Node's own fetch reads no proxy from the environment before Node 24. A managed identity's
// endpoint is on http, for which there is none.
setGlobalDispatcher(new EnvHttpProxyAgent());

export function same(got, want, what) {
  if (got !== want) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export function includes(text, part, what) {
  if (!String(text).includes(part)) throw new Error(`${what}: ${JSON.stringify(text)} does not contain ${JSON.stringify(part)}`);
}

// failure returns the error that work ends in.
export async function failure(work) {
  let value;
  try {
    value = await work();
  } catch (error) {
    return error;
  }
  throw new Error(`no error, but ${JSON.stringify(value)}`);
}

// whoAmI proves a token at the Web API, for clients that get tokens only.
export async function whoAmI(token) {
  const response = await fetch(world.environment + "/api/data/v9.2/WhoAmI", {
    headers: { Authorization: "Bearer " + token, Accept: "application/json", "OData-Version": "4.0", "OData-MaxVersion": "4.0" },
  });
  const body = await response.json();
  same(response.status, 200, "status of WhoAmI");
  same(body.UserId, world.user, "UserId");
}

// run tries the cases that the driver asks for and prints one JSON line each.
export async function run(name, cases) {
  const { version } = createRequire(import.meta.url)(`./node_modules/${name}/package.json`);
  for (const asked of env.PEERS_CASES.split(",")) {
    let error = "";
    try {
      if (!cases[asked]) throw new Error("there is no such case");
      await cases[asked]();
    } catch (e) {
      error = String(e?.message ?? e) || "unknown error";
    }
    console.log(JSON.stringify({ client: name, version, case: asked, error }));
  }
}
