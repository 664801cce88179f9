import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = process.env.DRUMBEAT_URL ?? "http://127.0.0.1:8000";
// The page itself is ours, even where it is called /sign-in; a sign-in link is the server's.
const SERVED = ["^/api/", "^/static/", "^/_allauth/", "^/u/", "^/pictures/", "^/sign-in/."];
// The server compares where a change comes from with the host it was sent to: both must stay this one.
const proxy = Object.fromEntries(SERVED.map((path) => [path, { target: SERVER, changeOrigin: false }]));

// Django serves the built files below /static/spa/; `npm run dev` asks a running drumbeat for everything else.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/spa/" : "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    outDir: "../src/drumbeat/spa",
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
    // What nearly every page needs comes in one file: small ones are worse to compress, and each is a request.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "base", minShareCount: 40 }] } } },
  },
  server: { proxy },
  test: {
    environment: "jsdom",
    setupFiles: ["src/app/testing/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 20_000, // a page loads its code at the first visit, beside others that do
  },
}));
