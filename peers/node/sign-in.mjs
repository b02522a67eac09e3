// A person's sign-in at the sandbox's pages, as a browser does it.
import { world } from "./peer.mjs";

// signIn opens an address, chooses an account, consents, and returns the parameters
// with which the page sends the browser back.
export async function signIn(address, account) {
  let page = await open(address);
  page = await submit(page, { account });
  if (page.html) page = await submit(page, { decision: "accept" });
  return new URL(page.location).searchParams;
}

async function open(address, init) {
  const response = await fetch(address, { redirect: "manual", ...init });
  const location = response.headers.get("location");
  return { address, location, html: location ? "" : await response.text() };
}

function submit(page, answers) {
  const [, action] = page.html.match(/<form[^>]*action="([^"]+)"/) ?? [];
  const [, flow] = page.html.match(/name="flow" value="([^"]+)"/) ?? [];
  if (!action || !flow) throw new Error("no form in " + page.html.slice(0, 300));
  return open(new URL(action, page.address), { method: "POST", body: new URLSearchParams({ flow, ...answers }) });
}
