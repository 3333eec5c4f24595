/** Loads a chunk of the page together with its styles. Stands in for what Vite would put here, which can do more and weighs more. */

const asked = new Map<string, Promise<unknown>>();

/** `names` are the files that the chunk needs besides itself, seen from the script at `from`; the browser finds scripts by itself. */
export async function withStyles<Chunk>(load: () => Promise<Chunk>, names: readonly string[], from: string): Promise<Chunk> {
  await Promise.all(names.filter((name) => name.endsWith(".css")).map((name) => styled(new URL(name, from).href)));
  return load();
}

function styled(href: string): Promise<unknown> {
  const known = asked.get(href);
  if (known) return known;
  const link = document.createElement("link");
  const loading = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = (event) => {
      asked.delete(href); // the next try asks anew
      link.remove();
      reject(event);
    };
  });
  asked.set(href, loading);
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
  return loading;
}
