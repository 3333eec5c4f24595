/* Before the page starts: does this browser have what the page cannot do without? Written so that any browser can read it.
   Where something is missing, or the page's own script cannot be read, the sentence of index.html stays. */
(function () {
  "use strict";
  var root = document.documentElement;
  var opening = document.getElementById("opening");
  var needed = [
    window.HTMLDialogElement && window.HTMLDialogElement.prototype.showModal,
    window.CompressionStream,
    window.TextEncoder,
    window.fetch,
    window.Promise && window.Promise.allSettled,
    Object.fromEntries,
    Array.prototype.flatMap,
    String.prototype.matchAll,
    window.Intl && window.Intl.NumberFormat && window.Intl.DateTimeFormat
  ];
  var number;
  opening.hidden = false;
  for (number = 0; number < needed.length; number += 1) {
    if (!needed[number]) {
      root.setAttribute("data-too-old", "");
      stay();
    }
  }
  window.addEventListener("error", stay);

  function stay() {
    opening.hidden = true;
  }
})();
