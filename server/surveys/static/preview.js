/** Follows the survey's file: when it changed, the page is loaded again and opens at the question that was on the screen. */
"use strict";

const PERIOD = 1500;
const frame = document.querySelector("iframe");

function atQuestion() {
  const label = frame?.contentDocument?.querySelector("main [id$='-label']");
  return label?.id.replace(/-label$/, "");
}

async function follow() {
  try {
    const answer = await fetch("/mark", { cache: "no-store" });
    const { mark } = await answer.json();
    if (mark !== document.body.dataset.mark) {
      const address = new URL(location.href);
      const at = atQuestion();
      if (at) address.searchParams.set("at", at);
      location.replace(address);
      return;
    }
  } catch {
    // The preview has ended, or the file is just being saved.
  }
  setTimeout(follow, PERIOD);
}

document.querySelector("select[name=at]")?.addEventListener("change", (event) => event.target.form.submit());
setTimeout(follow, PERIOD);
