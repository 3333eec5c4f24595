/** Looks on from inside the page, the way a stop-watch would: what is painted when, what is durable when. Changes nothing. */
(() => {
  const painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      }),
    );

  /** Resolves once `found` gives something, at the first change of the page after which it does. */
  const until = (found) =>
    new Promise((done) => {
      const look = () => {
        const it = found();
        if (!it) return;
        watch.disconnect();
        done(it);
      };
      const watch = new MutationObserver(look);
      watch.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
      look();
    });

  const one = (selector) => document.querySelector(selector);
  const onward = () => one(".actions .primary:not(:disabled)");
  const screen = () => [...document.querySelectorAll("h1, [id$=-label]")].map((title) => title.textContent).join("|");
  const isReview = () => onward()?.type === "button" && onward().textContent.trim() === "Gửi";

  /** From the start of the navigation to the first question, by whoever taps at once. */
  const toFirstQuestion = async () => {
    (await until(() => one(".welcome .actions .primary"))).focus();
    const welcome = await painted();
    onward().click();
    await until(() => !one(".welcome") && onward());
    onward().click();
    await until(() => one("form .actions .primary"));
    return { welcome, question: await painted() };
  };

  const changed = (before) => until(() => onward() && screen() !== before);

  /** Answer what is on the screen: each group of radio buttons, one box, each field. */
  const fill = () => {
    const groups = new Set([...document.querySelectorAll("input[type=radio]")].map((input) => input.name));
    for (const name of groups) document.querySelectorAll(`input[name="${name}"]`)[0].click();
    one("input[type=checkbox]")?.click();
    for (const field of document.querySelectorAll("textarea, input[type=text]")) {
      field.value = field.tagName === "TEXTAREA" ? "Mong có phòng vắt sữa và chỗ nghỉ trưa cho người làm ca." : "34";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  /** Answer everything up to the last screen. */
  const toReview = async () => {
    while (!isReview()) {
      fill();
      await painted();
      const before = screen();
      onward().click();
      await changed(before);
    }
  };

  let tapped = 0;
  let stored;
  addEventListener("click", (event) => (tapped = event.timeStamp), { capture: true });
  /** Listens before the page does: what the page does with the news must not count. */
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const work = begin.apply(this, given);
    work.addEventListener("complete", () => {
      if (hold.has(work)) stored ??= { after: performance.now() - tapped, durability: work.durability };
    });
    return work;
  };
  const hold = new WeakSet();
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "waiting") hold.add(this.transaction);
    return put.apply(this, given);
  };

  /** Arms the stop-watch for the next tap on the way on; the promise gives milliseconds from the tap to the painted question. */
  let next;
  const armNext = () => {
    const before = screen();
    next = changed(before).then(painted).then((now) => now - tapped);
  };
  /** The same for a tap on a choice. */
  const armChoice = () => {
    next = until(() => one("input:checked")).then(painted).then((now) => now - tapped);
  };
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };

  globalThis.probe = {
    toFirstQuestion,
    toReview,
    stored: async () => {
      while (!stored) await painted();
      return stored;
    },
    choice: () => (armChoice(), middle(one(".choice"))),
    onward: () => (armNext(), middle(onward())),
    taken: () => next,
    isReview,
  };
})();
