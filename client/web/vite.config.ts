/** How the page is built: one small script for workers, a second one for staff, and a service worker that keeps both offline. */
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

/** The HPKE library looks for Node's WebCrypto where a browser has none; here it always has, so that way is taken out. */
const withoutNodeCrypto = {
  name: "without-node-crypto",
  apply: "build" as const,
  transform: (code: string, id: string) => (id.includes("@hpke") ? code.replaceAll('await import("crypto")', "{}") : undefined),
};

export default defineConfig({
  base: "/",
  publicDir: "public",
  build: {
    target: "es2022",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What everybody loads is one file, however many parts share some of it: two files pack worse than one.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "index", tags: ["$initial"] }] } } },
  },
  plugins: [
    withoutNodeCrypto,
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "sw.ts",
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ["index.html", "assets/**/*.{js,css}", "icons/icon.svg", "manifest.webmanifest"],
        rollupFormat: "iife",
      },
    }),
  ],
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "node",
    env: { TZ: "Asia/Ho_Chi_Minh" },
  },
});
