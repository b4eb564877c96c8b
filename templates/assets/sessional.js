// Comforts only: every page reads and links without this file.
"use strict";
(function () {
  function addCopyButtons() {
    document.querySelectorAll(".s-citation").forEach(function (citation) {
      if (citation.nextElementSibling && citation.nextElementSibling.className === "s-copy") return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "s-copy";
      button.textContent = "Copy citation";
      button.addEventListener("click", function () {
        var turn = citation.closest(".s-turn"), link = turn && turn.querySelector(".s-permalink");
        copy(citation.textContent + (link ? " " + link.href : ""), button);
      });
      citation.after(button);
    });
  }
  function copy(text, button) {
    function done(worked) {
      button.textContent = worked ? "Copied" : "Select the text above and copy it";
      setTimeout(function () { button.textContent = "Copy citation"; }, 2500);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(false); });
      return;
    }
    // From a stick there is no clipboard interface: copy from a text area.
    var area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    var worked = false;
    try { worked = document.execCommand("copy"); } catch (error) { worked = false; }
    area.remove();
    done(worked);
  }
  function openSearch(event) {
    var tag = (event.target.tagName || "").toLowerCase();
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || tag === "input" || tag === "textarea" || event.target.isContentEditable) return;
    var box = document.querySelector(".s-search input");
    if (box) { event.preventDefault(); box.focus(); return; }
    var link = document.querySelector('.md-tabs a[href$="search/index.html"], .md-nav a[href$="search/index.html"]');
    if (link) { event.preventDefault(); location.href = link.href; }
  }
  document.addEventListener("keydown", openSearch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", addCopyButtons); else addCopyButtons();
})();
