// Parses files with a grammar of tree-sitter and fails where one has an error.
// usage: node parse.mjs c-sharp|powershell FILE...
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { Language, Parser } from "web-tree-sitter";

const files = { "c-sharp": "tree-sitter-c-sharp/tree-sitter-c_sharp.wasm", powershell: "tree-sitter-powershell/tree-sitter-powershell.wasm" };
const require = createRequire(import.meta.url);
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve(files[process.argv[2]])));

// broken returns the first node that is an error or missing.
function broken(node) {
  if (node.isError || node.isMissing) return node;
  for (const child of node.children) {
    const found = child && broken(child);
    if (found) return found;
  }
  return null;
}

for (const file of process.argv.slice(3)) {
  const text = readFileSync(file, "utf8");
  const found = broken(parser.parse(text).rootNode);
  if (found) {
    console.error(`${file}:${found.startPosition.row + 1}: ${JSON.stringify(found.text.slice(0, 80))}\n${text}`);
    process.exitCode = 1;
  }
}
