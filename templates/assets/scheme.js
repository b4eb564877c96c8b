// Light, dark, or as the system is: known before anything shows, so that no page flashes in the wrong colours.
"use strict";
(function () {
  var KEY = "sessional-colours", ORDER = ["", "default", "slate"], NAMES = ["as the system", "light", "dark"];
  var root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)"), chosen = 0;
  // Some browsers let a file keep nothing: the choice then holds for one page.
  try { chosen = Math.max(0, ORDER.indexOf(localStorage.getItem(KEY) || "")); } catch (error) { chosen = 0; }
  function show() {
    var scheme = ORDER[chosen] || (dark.matches ? "slate" : "default"), meta = document.querySelector("meta[name=theme-color]");
    root.setAttribute("data-md-color-scheme", scheme);
    if (meta) meta.content = scheme === "slate" ? "#14171d" : "#fbfaf7";
  }
  function ready() {
    var button = document.querySelector(".s-scheme");
    function name() {
      button.textContent = "Colours: " + NAMES[chosen];
      button.title = button.textContent + ". Switch to: " + NAMES[(chosen + 1) % 3];
      button.dataset.colours = ORDER[chosen] || "system";
    }
    if (!button) return;
    button.addEventListener("click", function () {
      chosen = (chosen + 1) % 3;
      try { localStorage.setItem(KEY, ORDER[chosen]); } catch (error) { /* it holds for this page */ }
      show(); name();
    });
    name();
  }
  dark.addEventListener("change", show);
  show();
  document.addEventListener("DOMContentLoaded", ready);
})();
