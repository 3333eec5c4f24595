/** Opens a database of this device, or fails in time: some browsers' stores answer neither yes nor no. */
import { type DBSchema, type IDBPDatabase, openDB, type OpenDBCallbacks } from "idb";

const OPEN_TIMEOUT = 10_000;

/** Once a store did not answer, nobody waits as long for it again, until it does. */
let openTimeout = OPEN_TIMEOUT;

export async function openStore<Schema extends DBSchema>(name: string, callbacks: OpenDBCallbacks<Schema>): Promise<IDBPDatabase<Schema>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const opening = openDB<Schema>(name, 1, callbacks);
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      openTimeout = 500;
      void opening.then((database) => database.close(), () => undefined);
      reject(new Error("the store does not answer"));
    }, openTimeout);
  });
  try {
    const database = await Promise.race([opening, tooLate]);
    openTimeout = OPEN_TIMEOUT;
    return database;
  } finally {
    clearTimeout(timer);
  }
}
