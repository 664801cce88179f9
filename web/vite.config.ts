import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8000";

// Django serves the built files below /static/spa/; `npm run dev` asks a running drumbeat for everything else.
export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/spa/" : "/",
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    outDir: "../src/drumbeat/spa",
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { "/api": SERVER, "/static": SERVER } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/app/testing/setup.ts"],
    css: false,
    restoreMocks: true,
  },
}));
