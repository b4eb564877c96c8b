// Shows what a search finds: on the search page with counts and choices, and in the box at the top of every page.
"use strict";
(function () {
  var engine = window.SessionalSearch, PAGE = 10, MOST_PAGES = 4, MOST_RANKED = 1000, MOST_ROWS = 5000;

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { if (attributes[name] !== "") element.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }
  function count(number, one, many) { return number.toLocaleString("en") + " " + (number === 1 ? one : many); }
  function kindOf(name) { return engine.meta().shelves.filter(function (one) { return one.kind === name; })[0]; }
  function withMarks(into, text, marks) {
    var at = 0;
    engine.marked(text, marks).forEach(function (range) {
      if (range[0] < at) return;
      into.append(text.slice(at, range[0]), make("mark", {}, [text.slice(range[0], range[1])]));
      at = range[1];
    });
    into.append(text.slice(at));
    return into;
  }
  function addressOf(one) { return engine.root + one.address + "index.html#" + one.id; }
  function card(one, marks) {
    var words = make("blockquote", { class: one.digest ? "o" : "" }, [withMarks(make("bdi"), one.text, marks)]);
    return make("article", { class: "t " + one.kind, "data-id": one.id }, [
      make("p", {}, [make("b", {}, [one.label]), " " + one.speaker + (one.by ? ": " + one.by : "")]),
      words,
      make("p", {}, [make("a", { href: addressOf(one) }, [one.state + " · " + one.examination])].concat(one.tag ? [make("i", {}, [one.tag])] : [], [make("i", {}, [one.badge])])),
    ]);
  }
  function searched(result) {
    if (result.empty) return result.notes.join(" ") || (result.asked ? "There are no words to search for in this." : "");
    var what = count(result.total, "statement", "statements");
    return (result.total ? what : "No statement") + (result.said === "every statement" ? "." : " for " + result.said + ".") + (result.notes.length ? " " + result.notes.join(" ") : "");
  }
  function suggest(result, query, into, link) {
    if (!result.missing.length) return Promise.resolve();
    return Promise.all(result.missing.map(engine.suggestions)).then(function (found) {
      found.forEach(function (words, n) {
        var line = make("p", {}, ["“" + result.missing[n] + "” stands in no statement." + (words.length ? " Did you mean " : "")]);
        words.forEach(function (word, m) {
          line.append(m ? (m === words.length - 1 ? " or " : ", ") : "", link(word, replaced(query, result.missing[n], word)), m === words.length - 1 ? "?" : "");
        });
        into.append(line);
      });
    });
  }
  // The query with another word in the place of one that was not found.
  function replaced(query, word, other) {
    var parts = query.split(/([\s()"“”«»]+)/);
    return parts.map(function (part) { return engine.folded(part.replace(/^-|\*$/g, "")) === word ? other : part; }).join("");
  }

  // Searches at once, and again at its end when more was typed meanwhile: never two at a time. What is shown on the way
  // is never marked as done ("data-done"): only the answer to what stands in the box is.
  function soon(run) {
    var busy = false, again = false;
    return function go() {
      if (busy) { again = true; return; }
      busy = true;
      Promise.resolve(run()).then(function () { busy = false; if (again) { again = false; go(); } });
    };
  }

  // --- the search page ----------------------------------------------------------------------------------------------
  function searchPage(box) {
    var form = box.closest("form"), said = document.getElementById("s-searched"), suggested = document.getElementById("s-suggestions"), pages = document.getElementById("s-pages"), kinds = document.getElementById("s-kinds"), facets = document.getElementById("s-facets"), choices = facets.querySelector("form"), results = document.getElementById("s-results"), more = document.getElementById("s-more"), download = document.getElementById("s-download");
    var filters = {}, theme = "", turn = 0, current = null, shown = 0, order = [];

    function fromAddress() {
      var asked = new URLSearchParams(location.search);
      box.value = asked.get("q") || "";
      filters = {}; theme = asked.get("theme") || "";
      engine.facets.forEach(function (name) { var values = asked.getAll(name); if (values.length) filters[name] = values; });
    }
    function address() {
      var asked = new URLSearchParams();
      if (box.value.trim()) asked.set("q", box.value.trim());
      Object.keys(filters).forEach(function (name) { filters[name].forEach(function (value) { asked.append(name, value); }); });
      if (theme) asked.set("theme", theme);
      var text = asked.toString();
      return text ? "?" + text : location.pathname;
    }
    function run(typing) {
      var mine = ++turn, asked = box.value;
      said.removeAttribute("data-done");
      try { history.replaceState(null, "", address()); } catch (error) { /* some browsers keep a file's address as it is */ }
      return engine.search({ query: asked, typing: typing, filters: filters, theme: theme, detailed: facets.open }).then(function (result) {
        if (mine !== turn) return;
        current = result; shown = 0;
        order = engine.best(result, MOST_RANKED);
        return Promise.all([engine.records(order.slice(0, PAGE)), engine.records(result.pages.slice(0, MOST_PAGES))]).then(function (found) {
          if (mine !== turn) return;
          results.replaceChildren(); pages.replaceChildren(); suggested.replaceChildren(); kinds.replaceChildren();
          said.textContent = searched(result);
          showPages(found[1]); showKinds(result); showFacets(result);
          add(found[0]);
          return suggest(result, asked, suggested, function (word, query) { return make("a", { href: "?q=" + encodeURIComponent(query) }, [word]); }).then(function () {
            if (mine === turn && box.value === asked) said.setAttribute("data-done", result.total);
          });
        });
      }).catch(function (error) {
        if (mine !== turn) return;
        said.textContent = error.message;
        if (box.value === asked) said.setAttribute("data-done", "-1");
      });
    }
    function add(found) {
      found.forEach(function (one) { results.append(card(one, current.marks)); });
      shown += found.length;
      more.hidden = shown >= order.length;
      more.textContent = "Show " + Math.min(PAGE, order.length - shown) + " more";
      download.hidden = !current.total;
      download.textContent = "Download " + (current.total > MOST_ROWS ? "the first " + count(MOST_ROWS, "", "") : count(current.total, "statement", "statements")).trim() + " (CSV)";
    }
    function showPages(found) {
      if (!found.length) return;
      pages.append(make("h2", {}, ["Pages"]), make("ul", { class: "s-list" }, found.map(function (one) {
        return make("li", {}, [make("a", { href: engine.root + one.page + "index.html" }, [withMarks(make("span"), one.title, current.marks)]), " ", make("span", { class: "s-note" }, [one.what])]);
      })));
    }
    function showKinds(result) {
      var counts = result.counts.kind || {}, names = Object.keys(counts);
      engine.meta().shelves.map(function (one) { return one.kind; }).filter(function (name, n, all) { return all.indexOf(name) === n && names.indexOf(name) >= 0; }).forEach(function (name) {
        var kind = kindOf(name), chosen = (filters.kind || []).indexOf(name) >= 0;
        var button = make("button", { type: "button", class: "s-kind " + name, "aria-pressed": String(chosen), "data-kind": name }, [count(counts[name], kind.label.toLowerCase(), kind.many)]);
        button.addEventListener("click", function () {
          var kept = (filters.kind || []).filter(function (one) { return one !== name; });
          filters.kind = chosen ? kept : kept.concat(name);
          if (!filters.kind.length) delete filters.kind;
          run().then(function () { var again = kinds.querySelector("[data-kind=" + name + "]"); if (again) again.focus(); });
        });
        kinds.append(button);
      });
    }
    function showFacets(result) {
      var known = engine.examinations(), states = {};
      if (!known) return;
      engine.meta().codes.forEach(function (code, n) { states[code] = known.states[n][0]; });
      choices.querySelectorAll("select").forEach(function (select) {
        var name = select.name, counts = result.counts[name];
        if (name === "theme" || !counts) return;
        var chosen = (filters[name] || [""])[0], values = Object.keys(counts).filter(Boolean);
        if (chosen && values.indexOf(chosen) < 0) values.push(chosen);
        values.sort(name === "year" ? undefined : function (a, b) { return label(a).localeCompare(label(b), "en", { numeric: true }); });
        if (name === "year") values.reverse();
        function label(value) { return name === "state" ? states[value] || value : name !== "reviewed" ? value : value === "yes" ? "yes" : "not yet"; }
        select.replaceChildren(new Option("any", ""));
        values.forEach(function (value) { select.append(new Option(label(value) + " (" + (counts[value] || 0).toLocaleString("en") + ")", value, false, value === chosen)); });
      });
      var select = choices.querySelector("[name=theme]");
      if (select.options.length < 2) known.themes.slice().sort(function (a, b) { return a[1].localeCompare(b[1]); }).forEach(function (one) { select.append(new Option(one[1], one[0])); });
      select.value = theme;
      var active = Object.keys(filters).filter(function (name) { return name !== "kind"; }).length + (theme ? 1 : 0);
      facets.querySelector("summary").textContent = "Narrow the search" + (active ? " (" + count(active, "choice", "choices") + ")" : "");
      if (facets.open) facets.setAttribute("data-facets-done", "");
    }
    function rows() { return engine.records(engine.best(current, MOST_ROWS)); }
    function saveTable() {
      rows().then(function (found) {
        var columns = ["id", "kind", "speaker", "by", "state", "examination", "position", "text", "source_kind", "address"];
        var lines = [columns].concat(found.map(function (one) { return [one.id, one.kind, one.speaker, one.by, one.code, one.examination, one.tag, one.text, one.badge, one.address + "index.html#" + one.id]; }));
        var text = "\ufeff" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
        var link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: "sessional-search.csv" });
        document.body.append(link); link.click(); link.remove();
        setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
      });
    }
    // What a spreadsheet would run as a formula is kept from running by an apostrophe.
    function cell(value) { var text = String(value); return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""') + '"'; }

    box.addEventListener("input", soon(function () { return run(true); }));
    form.addEventListener("submit", function (event) { event.preventDefault(); run(false); });
    choices.addEventListener("change", function (event) {
      if (event.target.name === "theme") theme = event.target.value;
      else if (event.target.value) filters[event.target.name] = [event.target.value];
      else delete filters[event.target.name];
      run(false);
    });
    choices.addEventListener("reset", function () { filters = filters.kind ? { kind: filters.kind } : {}; theme = ""; setTimeout(function () { run(false); }); });
    facets.addEventListener("toggle", function () { if (facets.open) run(false); });
    more.addEventListener("click", function () {
      engine.records(order.slice(shown, shown + PAGE)).then(function (found) {
        var first = results.children.length;
        add(found);
        var link = results.children[first] && results.children[first].querySelector("a");
        if (link) link.focus({ preventScroll: true });
      });
    });
    download.addEventListener("click", saveTable);
    window.addEventListener("popstate", function () { fromAddress(); run(false); });
    suggested.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      box.value = new URLSearchParams(link.getAttribute("href")).get("q");
      run(false); box.focus();
    });
    // All ids that were found, best first: for what drives this page from outside.
    window.__sessionalFound = function () { return engine.records(engine.best(current, 1e9)).then(function (found) { return found.map(function (one) { return one.id; }); }); };
    // Words typed before this script ran are kept: a page from a slow stick shows its box first.
    var typedBefore = box.value;
    fromAddress();
    if (!box.value) box.value = typedBefore;
    if (Object.keys(filters).some(function (name) { return name !== "kind" || !box.value; }) || theme) facets.open = true;
    if (box.value || facets.open || filters.kind) run(false); else { box.focus(); engine.ready(); }
  }

  // --- the box at the top of every page -----------------------------------------------------------------------------
  function headerBox(box) {
    var form = box.closest("form"), said = make("p", { role: "status" }), items = make("ul", { "aria-label": "Results" }), panel = make("div", { id: "s-quick" }, [said, items]), turn = 0, closed = false;
    panel.hidden = true;
    box.after(panel);
    box.setAttribute("aria-controls", "s-quick");
    box.spellcheck = false;
    function run() {
      var mine = ++turn, asked = box.value;
      if (!asked.trim()) { panel.hidden = true; return null; }
      return engine.search({ query: asked, typing: true }).then(function (result) {
        return Promise.all([engine.records(result.pages.slice(0, 3)), engine.records(engine.best(result, 5))]).then(function (found) {
          if (mine !== turn) return;
          panel.hidden = false;
          said.textContent = searched(result);
          items.replaceChildren();
          found[0].forEach(function (one) { items.append(make("li", {}, [make("a", { href: engine.root + one.page + "index.html" }, [make("strong", {}, [withMarks(make("span"), one.title, result.marks)])])])); });
          found[1].forEach(function (one) {
            items.append(make("li", {}, [make("a", { href: addressOf(one) }, [
              make("span", { class: "s-quick-head" }, [one.label + ", " + one.speaker + (one.by ? ": " + one.by : "") + " · " + one.state + ", " + one.examination + (one.digest ? " · our digest" : "")]),
              withMarks(make("span", { class: "s-quick-words" + (one.digest ? " s-ours" : "") }), one.text, result.marks),
            ])]));
          });
          var hint = make("div");
          return suggest(result, asked, hint, function (word, query) { return make("a", { href: engine.root + "search/index.html?q=" + encodeURIComponent(query) }, [word]); }).then(function () {
            if (mine !== turn) return;
            if (hint.firstChild) items.append(make("li", { class: "s-quick-hint" }, [hint]));
            items.append(make("li", {}, [make("a", { class: "s-quick-all", href: engine.root + "search/index.html?q=" + encodeURIComponent(asked.trim()) }, ["All results, with filters"])]));
            if (box.value === asked) panel.setAttribute("data-done", result.total);
          });
        });
      }).catch(function (error) { if (mine === turn) { panel.hidden = false; said.textContent = error.message; } });
    }
    function links() { return Array.from(panel.querySelectorAll("a")); }
    function close() { turn++; panel.hidden = true; }
    var typed = soon(run);
    box.addEventListener("input", function () { closed = false; panel.removeAttribute("data-done"); typed(); });
    box.addEventListener("focus", function () { if (box.value.trim() && !closed) run(); else engine.ready(); closed = false; });
    form.addEventListener("keydown", function (event) {
      var all = panel.hidden ? [] : links(), here = all.indexOf(document.activeElement);
      if (event.key === "Escape") { close(); closed = true; box.focus(); }
      else if (event.key === "ArrowDown" && all.length) { event.preventDefault(); (all[here + 1] || all[0]).focus(); }
      else if (event.key === "ArrowUp" && all.length && here >= 0) { event.preventDefault(); (here ? all[here - 1] : box).focus(); }
    });
    form.addEventListener("focusout", function (event) { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
    document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
    if (box.value.trim()) run(); else engine.ready();
  }

  var page = document.getElementById("q"), header = document.getElementById("s-header-q");
  if (page) searchPage(page);
  if (header) headerBox(header);
})();
