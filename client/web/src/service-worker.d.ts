/** The service worker itself, built apart; sw-sync.ts takes it in by its name. */
declare module "sw.js";
