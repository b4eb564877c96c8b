// Comforts only: every page reads and links without this file.
"use strict";
(function () {
  var own = document.currentScript.src;
  function addCopyButtons() {
    document.querySelectorAll(".s-cite dt + dd").forEach(function (entry) {
      var copies = element("dd", "s-copies");
      copies.append(copyButton("Copy", function () { return entry.textContent; }));
      entry.after(copies);
    });
  }
  // `cards.js` has buttons of the same kind.
  window.__sessionalCopy = copyButton;
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
  // A list of recommendations can be narrowed to one State and one position. An examination brings the form, with the
  // choices of its whole list; an index has one made of the rows on its page. What is hidden stays on the page.
  function addFilter() {
    var form = document.querySelector(".s-filter") || madeFilter(), said = form && form.querySelector("[role=status]"), asked = new URLSearchParams(location.search);
    if (!form) return;
    var selects = Array.from(form.querySelectorAll("select")), loading = false;
    function rows() { return Array.from(document.querySelectorAll(".s-listed tbody tr, .q > .r")); }
    // A choice is called what the cells of its rows say.
    function name(select) { return select.selectedOptions[0].textContent.replace(/ \([\d,]+\)$/, ""); }
    function narrow() {
      var chosen = selects.filter(function (one) { return one.value; }), left = 0, all = rows();
      all.forEach(function (row) {
        row.hidden = !chosen.every(function (one) { return namesIn(row, one.name).indexOf(name(one)) >= 0; });
        if (!row.hidden) left += 1;
      });
      document.querySelectorAll(".s-list-of, .g").forEach(function (part) {
        part.hidden = !!part.querySelector("tr[hidden], li[hidden]") && !part.querySelector(".s-listed tbody tr:not([hidden]), .t, .q > li:not([hidden])");
      });
      // What other pages hold comes only where something is chosen; their rows stand at their own places.
      var others = document.querySelector(".s-elsewhere");
      if (others && !chosen.length) others.hidden = true;
      said.textContent = chosen.length ? left + " of " + (form.dataset.of || all.length) + " recommendations" : "";
      chosen.forEach(function (one) { asked.set(one.name, one.value); });
      selects.forEach(function (one) { if (!one.value) asked.delete(one.name); });
      try { history.replaceState(null, "", (asked.size ? "?" + asked : location.pathname) + location.hash); } catch (error) { /* some browsers keep a file's address as it is */ }
    }
    // The other pages' rows are loaded once; what is chosen when they come is what counts.
    function seek() {
      if (!form.dataset.list || document.querySelector(".s-elsewhere")) { narrow(); return; }
      said.textContent = "…";
      if (loading) return;
      loading = true;
      addElsewhere(form, narrow);
    }
    selects.forEach(function (one) { one.value = asked.get(one.name) || ""; if (one.selectedIndex < 0) one.value = ""; });
    form.hidden = false;
    form.addEventListener("change", seek);
    form.addEventListener("reset", function () { setTimeout(narrow); });
    if (selects.some(function (one) { return one.value; })) seek();
  }
  // Who made the recommendation of a row, or the position it has: its last cells say it.
  function namesIn(row, what) {
    if (!row.cells) return what === "by" ? row.querySelector("span").textContent.split("; ") : [row.querySelector("i").textContent];
    var cells = row.cells, cell = cells[cells.length - (what === "by" ? 2 : 1)];
    return what === "by" ? Array.from(cell.children, function (one) { return one.textContent; }) : [cell.textContent];
  }
  function madeFilter() {
    var rows = Array.from(document.querySelectorAll(".s-listed tbody tr, .q > .r")), first = document.querySelector(".s-listed, .q"), form = element("form", "s-filter");
    if (rows.length < 10) return null;
    [["by", "Recommended by"], ["position", "State’s position"]].forEach(function (what) {
      var label = element("label", "", what[1] + " "), select = element("select"), counts = {};
      rows.forEach(function (row) {
        namesIn(row, what[0]).forEach(function (name) { counts[name] = (counts[name] || 0) + 1; });
      });
      select.name = what[0];
      select.append(new Option("all", ""));
      Object.keys(counts).sort(function (a, b) { return a.localeCompare(b); }).forEach(function (name) { select.append(new Option(name + " (" + counts[name] + ")", name)); });
      label.append(select);
      form.append(label, " ");
    });
    var reset = element("button", "", "Show all"), said = element("span");
    reset.type = "reset";
    said.setAttribute("role", "status");
    form.append(reset, " ", said);
    (first.closest(".s-list-of, .g") || first).before(form);
    return form;
  }
  function element(name, look, text) {
    var made = document.createElement(name);
    if (look) made.className = look;
    if (text) made.textContent = text;
    return made;
  }
  // The rows of the list's other pages, each with its number linked to its own place.
  function addElsewhere(form, then) {
    var base = form.dataset.list.replace(/list\.js$/, ""), script = document.createElement("script");
    function link(to) {
      var made = element(to[1] ? "a" : "span", "", to[0]);
      if (to[1]) made.href = base + to[1];
      return made;
    }
    window.__sessionalList = function (list) {
      var first = document.querySelector(".s-list-of"), part = element("section", "s-list-of s-elsewhere"), table = element("table", "s-listed"), body = element("tbody"), id = document.querySelector("tr[id]").id.split(".")[0];
      Object.keys(list.pages).forEach(function (page) {
        if (document.getElementById(id + "." + list.pages[page][0][0])) return;
        list.pages[page].forEach(function (told) {
          var row = element("tr"), what = element("td"), words = element("p", told[4] ? "" : "o", told[2]), foot = element("p"), number = element("td"), by = element("td");
          number.append(link([told[1] || "link", page + "index.html#" + id + "." + told[0]]));
          words.lang = told[3];
          if (told[8]) foot.append(element("i", "", told[8]), " ");
          told[7].forEach(function (theme) { foot.append(link(list.themes[theme]), " "); });
          what.append(words, foot);
          told[5].forEach(function (code, at) { by.append(at ? ", " : "", link(list.states[code])); });
          if (!told[5].length) by.append(element("i", "", "no State named"));
          row.append(number, what, by, element("td", "s-" + told[6], list.positions[told[6]]));
          body.append(row);
        });
      });
      table.append(first.querySelector("thead").cloneNode(true), body);
      part.append(element("h2", "", "On other pages of this list"), table);
      Array.from(document.querySelectorAll(".s-list-of")).pop().after(part);
      then();
    };
    script.src = form.dataset.list;
    document.head.append(script);
  }
  // An address names the page that held a statement when it was copied; where it stands on another page of its
  // examination by now, go there. Without a script the page that is named opens, with the list of the others.
  function followMoved() {
    var id = location.hash.slice(1), head = document.querySelector("[data-places]");
    if (!head || !/^[a-z0-9-]+\.[0-9a-z]+$/.test(id) || document.getElementById(id)) return;
    var script = document.createElement("script"), base = head.dataset.places.replace(/places\.js$/, "");
    window.__sessionalPlaces = function (pages) {
      var page = Object.keys(pages).find(function (one) { return pages[one].split(" ").indexOf(id.split(".")[1]) >= 0; });
      // The first page, beside which the file lies, tells of all that stands on no other.
      if (page || base) location.replace(base + (page || "") + "index.html#" + id);
    };
    script.src = head.dataset.places;
    document.head.append(script);
  }
  // A page that moved: go on to where it is now, with the place that was asked for. Where an examination has another key,
  // its statements have kept the second part of their ids. Without a script the page leads on, or shows its links.
  function followInstead() {
    var link = document.querySelector("[data-instead]"), keys = link && (link.dataset.keys || "").split(" "), hash = location.hash;
    if (!link) return;
    if (keys[1] && hash.indexOf("#" + keys[0] + ".") === 0) hash = "#" + keys[1] + hash.slice(keys[0].length + 1);
    location.replace(link.href + hash);
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
  function start() { addCopyButtons(); addFilter(); addFind(); followInstead(); followMoved(); readySearch(); }
  window.addEventListener("hashchange", followMoved);
  document.addEventListener("keydown", openSearch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
