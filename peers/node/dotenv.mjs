// Reads a .env with dotenv and prints it as JSON.
import { readFileSync } from "node:fs";
import { parse } from "dotenv";

console.log(JSON.stringify(parse(readFileSync(process.argv[2]))));
