// Comforts only: every page reads and links without this file.
"use strict";
(function () {
  var own = document.currentScript.src;
  function addCopyButtons() {
    document.querySelectorAll(".s-citation").forEach(function (citation) {
      if (citation.nextElementSibling && citation.nextElementSibling.className === "s-copies") return;
      var turn = citation.closest(".s-turn"), link = turn && turn.querySelector(".s-permalink"), copies = document.createElement("p");
      copies.className = "s-copies";
      copies.append(copyButton("Copy citation", function () { return citation.textContent + (link ? " " + link.href : ""); }));
      if (link) copies.append(" ", copyButton("Copy link", function () { return link.href; }));
      citation.after(copies);
    });
  }
  function copyButton(name, text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "s-copy";
    button.textContent = name;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", function () {
      copy(text(), function (worked) {
        button.textContent = worked ? "Copied" : "Select the text above and copy it";
        setTimeout(function () { button.textContent = name; }, 2500);
      });
    });
    return button;
  }
  function copy(text, done) {
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
  // A long list of names can be narrowed by a part of a name, its accents aside.
  function addFind() {
    var lists = Array.from(document.querySelectorAll(".s-list")), items = Array.from(document.querySelectorAll(".s-list li"));
    if (items.length < 12) return;
    function plain(text) { return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase(); }
    var names = items.map(function (item) { return plain(item.firstElementChild.textContent); });
    var form = document.createElement("form"), label = document.createElement("label"), box = document.createElement("input"), said = document.createElement("span");
    form.className = "s-find";
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    box.type = "search"; box.autocomplete = "off";
    said.className = "s-note"; said.setAttribute("role", "status");
    label.append("Find in this list", box);
    form.append(label, " ", said);
    box.addEventListener("input", function () {
      var sought = plain(box.value.trim()), left = 0;
      items.forEach(function (item, n) { item.hidden = names[n].indexOf(sought) < 0; if (!item.hidden) left++; });
      lists.forEach(function (list) { list.hidden = !list.querySelector("li:not([hidden])"); });
      said.textContent = sought ? left + " of " + items.length : "";
    });
    lists[0].before(form);
  }
  // A list of recommendations can be narrowed to one State and one position; what is hidden stays on the page.
  function addFilter() {
    var rows = Array.from(document.querySelectorAll(".s-listed tbody tr")), first = document.querySelector(".s-listed");
    if (rows.length < 10 || document.querySelector(".s-filter")) return;
    function states(row) { return Array.from(row.querySelectorAll(".s-by > a, .s-by > span"), function (one) { return one.textContent; }); }
    function position(row) { return [row.querySelector(".s-position").textContent]; }
    var form = document.createElement("form"), said = document.createElement("span");
    form.className = "s-filter";
    said.setAttribute("role", "status");
    var chosen = [["Recommended by", states], ["State’s position", position]].map(function (what) {
      var label = document.createElement("label"), select = document.createElement("select"), names = {};
      rows.forEach(function (row) { what[1](row).forEach(function (name) { names[name] = (names[name] || 0) + 1; }); });
      select.append(new Option("all", ""));
      Object.keys(names).sort(function (a, b) { return a.localeCompare(b); }).forEach(function (name) { select.append(new Option(name + " (" + names[name] + ")", name)); });
      label.append(what[0] + " ", select);
      form.append(label);
      return { select: select, of: what[1] };
    });
    form.append(said);
    form.addEventListener("change", function () {
      var left = rows.filter(function (row) {
        row.hidden = !chosen.every(function (one) { return !one.select.value || one.of(row).indexOf(one.select.value) >= 0; });
        return !row.hidden;
      });
      document.querySelectorAll(".s-list-of, .s-state-group").forEach(function (part) {
        part.hidden = !!part.querySelector(".s-listed") && !part.querySelector(".s-listed tbody tr:not([hidden]), .s-turn");
      });
      said.textContent = left.length + " of " + rows.length + " recommendations on this page";
    });
    (first.closest(".s-list-of, .s-state-group") || first).before(form);
  }
  // An address names the page that held a statement when it was copied; where it stands on another page of its
  // examination by now, go there. Without a script the page that is named opens, with the list of the others.
  function followMoved() {
    var id = location.hash.slice(1), head = document.querySelector("[data-places]");
    if (!head || !/^[a-z0-9-]+\.[0-9a-z]+$/.test(id) || document.getElementById(id)) return;
    var script = document.createElement("script"), base = head.dataset.places.replace(/places\.js$/, "");
    window.__sessionalPlaces = function (pages) {
      Object.keys(pages).forEach(function (page) {
        if (pages[page].split(" ").indexOf(id.split(".")[1]) >= 0) location.replace(base + page + "index.html#" + id);
      });
    };
    script.src = head.dataset.places;
    document.head.append(script);
  }
  function openSearch(event) {
    var tag = (event.target.tagName || "").toLowerCase(), page = document.getElementById("q"), box = page || document.getElementById("s-header-q");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/.test(tag) || event.target.isContentEditable || !box) return;
    event.preventDefault();
    box.focus(); box.select();
  }
  // The search is loaded when its box is first used.
  function readySearch() {
    var box = document.getElementById("s-header-q"), base = own.replace(/[^/]*$/, "");
    if (!box || document.getElementById("q")) return;
    box.addEventListener("focus", function () {
      if (window.__sessionalSearch) return;
      ["words.js", "search.js", "search-view.js"].forEach(function (name) {
        var script = document.createElement("script");
        script.src = base + name; script.async = false;
        document.head.append(script);
      });
      window.__sessionalSearch = function () {};
    });
  }
  function start() { addCopyButtons(); addFilter(); addFind(); followMoved(); readySearch(); }
  window.addEventListener("hashchange", followMoved);
  document.addEventListener("keydown", openSearch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
