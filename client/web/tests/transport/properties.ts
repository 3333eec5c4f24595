/** Property tests under one name. */
export * as fc from "fast-check";
