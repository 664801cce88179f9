// How much script the first pages cost. Builds in memory, adds up what each page loads before it shows anything,
// and fails above the budget: `npm run size`, part of `npm run lint`.
import { gzipSync } from "node:zlib";
import { build } from "vite";

const BUDGET = 200_000;
/** What every page loads: the larger of the languages. */
const START = ["app/main.tsx", "app/frame.de.ts"];
const PAGES = {
  "Sign-in": ["features/session/SignIn.tsx", "features/session/messages.ts"],
  Today: ["features/today/page.tsx", "features/today/messages.ts"],
};

const result = await build({ logLevel: "silent", build: { write: false } });
const outputs = Array.isArray(result) ? result.flatMap(({ output }) => output) : result.output;
const chunks = new Map(
  outputs.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]),
);

let isOver = false;
for (const [page, modules] of Object.entries(PAGES)) {
  const files = closure([...START, ...modules].map(fileOf));
  const bytes = files.reduce((sum, file) => sum + gzipSync(chunks.get(file).code).length, 0);
  const verdict = bytes > BUDGET ? `more than ${kilobytes(BUDGET)}` : "fits";
  console.log(`${page}: ${kilobytes(bytes)} of script (gzip) in ${files.length} files, ${verdict}`);
  isOver ||= bytes > BUDGET;
}
process.exitCode = isOver ? 1 : 0;

/** @param {string} module the end of its path @returns {string} the file that it was built into */
function fileOf(module) {
  for (const [file, chunk] of chunks) {
    if (chunk.moduleIds.some((id) => id.endsWith(module))) return file;
  }
  throw new Error(`size.js: no chunk holds ${module}`);
}

/** @param {string[]} files @returns {string[]} they and all that they import at once */
function closure(files) {
  const found = new Set(files);
  for (const file of found) {
    for (const next of chunks.get(file)?.imports ?? []) found.add(next);
  }
  return [...found];
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
