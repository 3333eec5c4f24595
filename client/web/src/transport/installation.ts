/**
 * Stores belong to a whole origin, and below another path of it there may be another installation, which must neither read nor
 * overwrite what is kept here. So names carry the path that the page was loaded from. At the root they are plain, as they always were.
 */
const path = /\/\/[^/]*(.*)\/assets\//.exec(import.meta.url)?.[1] ?? "";

/** A store's name in this installation. Files may not have a slash in theirs, and no path has a blank. */
export const nameHere = (name: string): string => name + path.replaceAll("/", " ");
