/** How the page is built: one small script for workers, a second one for staff, and a service worker that keeps both offline. */
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const SHARED_WITH_THE_SERVICE_WORKER = /src\/(transport\/|device\/(send_all|background_sync|permissions|requests|store))\b|node_modules\/idb\//;

/** What sw-sync.ts takes in is built by itself and lies beside it. */
const SERVICE_WORKER = "sw.js";

export default defineConfig({
  base: "./",
  publicDir: "public",
  build: {
    // The browsers of README.md and FIELD_GUIDE.md. All of them read ES2022; functions that are newer are not used, or done without.
    target: "es2022",
    cssTarget: ["chrome94", "edge94", "firefox113", "safari16.4"],
    assetsDir: "assets",
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // One per cent smaller than what Vite brings along, which a worker on a weak line gets as half a kilobyte.
    minify: "terser",
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
    rolldownOptions: {
      input: { index: "index.html", "sw-sync": "src/sw-sync.ts" },
      external: [SERVICE_WORKER],
      output: {
        paths: { [SERVICE_WORKER]: "./sw.js" },
        entryFileNames: ({ name }) => (name === "sw-sync" ? "sw-sync.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          // What everybody loads is two files, however many parts share some of it: one for what the service worker needs as well
          // (it must never meet the page's own start), one for all the rest. More files pack worse.
          groups: [
            { name: "transport", tags: ["$initial"], test: SHARED_WITH_THE_SERVICE_WORKER, priority: 2 },
            { name: "index", tags: ["$initial"], test: /^(?!.*sw-sync)/, priority: 1 },
          ],
        },
      },
    },
  },
  plugins: [
    {
      name: "preload",
      enforce: "pre",
      load: (id) => (id === "\0vite/preload-helper.js" ? `export { withStyles as __vitePreload } from "/src/preload.ts";` : undefined),
    },
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ["index.html", "check.js", "assets/**/*.{js,css}", "icons/icon.svg", "manifest.webmanifest"],
        rollupFormat: "iife",
      },
    }),
  ],
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "node",
    testTimeout: 60_000, // a busy machine is no failure
    env: { TZ: "Asia/Ho_Chi_Minh" },
  },
});
