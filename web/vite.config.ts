import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

const api = loadEnv("", ".", "TRUNKLINE_")["TRUNKLINE_API"] ?? "http://127.0.0.1:8700";
const forwarded = Object.fromEntries(["/api", "/config.json", "/recordings"].map((path) => [path, { target: api }]));

export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", proxy: forwarded },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
