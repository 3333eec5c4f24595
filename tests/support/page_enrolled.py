"""A tablet that staff enrolled and gave a PIN: done on the screen once, and then put into the browser of every test that begins there."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from sync.keys import Identity, SealingPair
from tests.support.page_walk import Tablet

REMEMBERED = """async () => {
  const all = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const databases = [];
  for (const { name, version } of await indexedDB.databases()) {
    const database = await all(indexedDB.open(name));
    const stores = [];
    for (const store of database.objectStoreNames) {
      const table = database.transaction(store).objectStore(store);
      const [keys, values] = [await all(table.getAllKeys()), await all(table.getAll())];
      stores.push({ store, keyPath: table.keyPath, rows: keys.map((key, at) => [key, values[at]]) });
    }
    database.close();
    databases.push({ name, version, stores });
  }
  return { databases, marks: { ...localStorage } };
}"""
REMEMBER = """async ({ databases, marks }) => {
  Object.assign(localStorage, marks);
  for (const { name, version, stores } of databases)
    await new Promise((done, fail) => {
      const request = indexedDB.open(name, version);
      request.onerror = () => fail(request.error);
      request.onupgradeneeded = () => {
        for (const { store, keyPath, rows } of stores) {
          const table = request.result.createObjectStore(store, keyPath ? { keyPath } : {});
          for (const [key, value] of rows) keyPath ? table.put(value) : table.put(value, key);
        }
      };
      request.onsuccess = () => done(request.result.close());
    });
}"""
IS_KEPT_OFFLINE = "async () => Boolean(await navigator.serviceWorker.ready)"


@dataclass(frozen=True)
class EnrolledTablet:
    """What the page remembers, and the keys of the hop that let it in."""

    remembered: Any
    token: str
    identity: Identity
    pair: SealingPair

    @classmethod
    def enrol(cls, tablet: Tablet) -> "EnrolledTablet":
        """Staff do it as they always do."""
        tablet.enrols()
        [token] = tablet.hop.tokens
        return cls(tablet.page.evaluate(REMEMBERED), token, tablet.hop.identity, tablet.hop.pair)

    def wakes_up_as(self, tablet: Tablet) -> None:
        """This tablet is now that one, with its page open; its hop is the one that knows it."""
        hop, page = tablet.hop, tablet.page
        hop.tokens.add(self.token)
        hop.identity, hop.pair = self.identity, self.pair
        _without_the_page(page, hop.address)
        page.evaluate(REMEMBER, self.remembered)
        tablet.opens()
        page.evaluate(IS_KEPT_OFFLINE)


def _without_the_page(page: Page, address: str) -> None:
    """Somewhere on the page's origin where none of its scripts runs."""
    page.goto(f"{address}/check.js")
