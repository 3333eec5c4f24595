/** Opens a database of this device, or fails in time: some browsers' stores answer neither yes nor no. */
import { type DBSchema, type IDBPDatabase, openDB, type OpenDBCallbacks } from "idb";

const PATIENCE = 10_000;

/** Once a store did not answer, nobody waits as long for it again, until it does. */
let patience = PATIENCE;

export async function openStore<Tables extends DBSchema>(name: string, callbacks: OpenDBCallbacks<Tables>): Promise<IDBPDatabase<Tables>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const opening = openDB<Tables>(name, 1, callbacks);
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      patience = 500;
      void opening.then((database) => database.close(), () => undefined);
      reject(new Error("the store does not answer"));
    }, patience);
  });
  try {
    const database = await Promise.race([opening, tooLate]);
    patience = PATIENCE;
    return database;
  } finally {
    clearTimeout(timer);
  }
}
