// Search over every statement, with no server: one script element brings the index, from http and from a stick alike.
"use strict";
(function () {
  var MOST = 50;
  var box = document.getElementById("q"), said = document.getElementById("s-searched"), results = document.getElementById("s-results");
  var form = box.closest("form"), index = null, waiting = [];

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[\u2018\u2019\u02bc]/g, "'");
  }
  function words(query) { return fold(query.slice(0, 500)).match(/[\p{L}\p{N}']+/gu) || []; }

  window.__sessionalSearch = function (data) {
    index = data.statements.map(function (row) {
      return { id: row[0], address: row[1], kind: data.kinds[row[2]], who: data.speakers[row[3]], state: data.states[row[4]], where: data.examinations[row[5]], text: row[6], folded: " " + fold(row[6] + " " + data.states[row[4]] + " " + data.aliases[row[4]]).replace(/[^\p{L}\p{N}']+/gu, " ") };
    });
    waiting.forEach(function (run) { run(); });
  };
  function load(run) {
    if (index) { run(); return; }
    waiting.push(run);
    if (waiting.length > 1) return;
    var script = document.createElement("script");
    script.src = "statements.js";
    script.onerror = function () { said.textContent = "The index could not be loaded."; };
    document.head.append(script);
  }
  function show(query) {
    var terms = words(query);
    results.textContent = "";
    if (!terms.length) { said.textContent = query.trim() ? "There are no words to search for in this." : ""; return; }
    var found = index.filter(function (one) { return terms.every(function (term) { return one.folded.indexOf(" " + term) >= 0; }); });
    said.textContent = (found.length ? found.length + (found.length === 1 ? " statement" : " statements") : "No statement") + " with " + terms.map(function (term) { return "“" + term + "…”"; }).join(" and ") + (found.length > MOST ? "; the first " + MOST + " are shown." : ".");
    found.slice(0, MOST).forEach(function (one) { results.append(card(one, terms)); });
  }
  function card(one, terms) {
    var article = document.createElement("article"), head = document.createElement("p"), quote = document.createElement("blockquote"), foot = document.createElement("p"), link = document.createElement("a");
    article.className = "s-turn";
    head.className = "s-head"; head.textContent = one.kind + " · " + one.who;
    mark(quote, one.text, terms);
    link.href = "../" + one.address + "index.html#" + one.id; link.textContent = one.state + ", " + one.where;
    foot.className = "s-foot"; foot.append(link);
    article.append(head, quote, foot);
    return article;
  }
  function mark(into, text, terms) {
    var parts = text.split(/([\p{L}\p{N}'’]+)/u);
    parts.forEach(function (part) {
      if (terms.some(function (term) { return fold(part).indexOf(term) === 0; })) {
        var marked = document.createElement("mark");
        marked.textContent = part;
        into.append(marked);
      } else into.append(part);
    });
  }
  function run() { load(function () { show(box.value); }); }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(box.value));
    run();
  });
  var timer;
  box.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(run, 120); });
  var asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; run(); } else box.focus();
})();
