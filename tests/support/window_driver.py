"""Starts `langnghe-collector run --shell` in this process and plays a person at its window: looks, taps, types, closes it.

Run as a program: window_driver.py SCRIPT PORT. Prints what it found as one JSON line.
"""

import json
import sys
import threading
import time
import traceback
from collections.abc import Callable

import psutil
import webview

from client.cli import main
from tests.support.waiting import LIMIT

PAGE = "JSON.stringify({text: document.body.innerText, classes: [...document.querySelectorAll('main,section,form')].map(e => e.className)})"

# One move of somebody who answers: whatever the page shows now, do the next sensible thing.
MOVE = """
(() => {
  const tap = (selector) => { const found = document.querySelector(selector); if (found) found.click(); return !!found; };
  const type = (selector, text) => {
    const field = document.querySelector(selector);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  if (document.querySelector('.end-screen')) return 'done';
  if (document.querySelector('#again')) {
    ['#pin', '#again'].forEach((field) => type(field, '718293'));
    setTimeout(() => tap('button[type=submit]'), 50);
    return 'pin';
  }
  if (tap('button.site')) return 'site';
  if (tap('.sitting-panel button.primary')) return 'hand over';
  if (document.querySelector('.desk, .opening')) return 'looking';
  const group = [...document.querySelectorAll('input[type=radio]')];
  if (group.length && !group.some((each) => each.checked)) { group[0].click(); return 'choice'; }
  if (tap('.actions .notice button')) return 'left out';
  return tap('.actions button.primary') ? 'onward' : 'nothing';
})()
"""


def look(window: webview.Window, script: str) -> object:
    return window.run_js(script)


def wait(what: str, is_so: Callable[[], bool], window: webview.Window) -> None:
    deadline = time.monotonic() + LIMIT
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}: {look(window, PAGE)}")
        time.sleep(0.05)


def answer_a_survey(window: webview.Window) -> dict[str, object]:
    """From the first start to the thanks at the end."""
    moves: list[object] = []

    def is_done() -> bool:
        moves.append(look(window, MOVE))
        time.sleep(0.15)
        return moves[-1] == "done"

    wait("the thanks", is_done, window)
    return {"moves": moves, "can_seal": look(window, "String(!!crypto.subtle)")}


def look_again(window: webview.Window) -> dict[str, object]:
    """What a second start shows, without touching anything; the page meanwhile hands on what it kept."""
    is_open = "String(document.querySelector('main') !== null && document.querySelector('.opening') === null)"
    wait("a page", lambda: look(window, is_open) == "true", window)
    usable_after = time.time() - psutil.Process().create_time()
    time.sleep(2.0)
    return {
        "usable_after": usable_after,
        "asks_for_a_new_pin": look(window, "String(document.querySelector('#again') !== null)"),
    }


def play(script: str) -> None:
    try:
        while not webview.windows:
            time.sleep(0.05)
        window = webview.windows[0]
        assert window.events.loaded.wait(LIMIT), "the page never loaded"
        print(json.dumps({"answer": answer_a_survey, "look": look_again}[script](window)), flush=True)
    except BaseException:
        traceback.print_exc()
    finally:
        for each in list(webview.windows):
            each.destroy()


if __name__ == "__main__":
    threading.Thread(target=play, args=(sys.argv[1],), daemon=True).start()
    main(["run", "--shell", "--port", sys.argv[2]])
