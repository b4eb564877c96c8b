// How each statement of an examination is known and cited, made from its card when a reader asks for it.
"use strict";
(function () {
  var own = document.currentScript.src;
  // The closed lists of the program (see `pages/evidence.py`): letter, then words.
  var HOW = { e: "The sentence names its speaker", p: "A pronoun stands for the last speaker named", v: "The sentence leaves its speaker out; the State is the one addressed", c: "The sentence names no speaker; it continues the one before", a: "The State is told to act; nobody is said to have announced it", n: "The author’s own voice", x: "The sentence names no speaker, and none is in reach" };
  var SURE = { h: "high", m: "medium", l: "low" };
  var KIND = { c: "concern", r: "recommendation", p: "positive aspect", q: "question", a: "reply", m: "commitment", o: "procedure", b: "told by nobody named" };
  var WHO = { c: "Committee", r: "Reviewing State", d: "Delegation", s: "State", u: "Speaker not named" };

  // --- what a card says of its statement: a card, a row of a list, or the line of a sentence told inside another ---
  function read(card) {
    var row = card.tagName === "TR", cells = row && card.cells, inner = card.className.indexOf("n ") === 0;
    var foot = row ? cells[1].lastElementChild : inner ? card : card.querySelector("blockquote").nextElementSibling;
    while (row && foot.className) foot = foot.previousElementSibling;
    var links = foot.querySelectorAll("a"), link = row ? cells[0].querySelector("a") : links[links.length - 1], line = links[links.length - (row ? 1 : 2)];
    var id = link.getAttribute("href").slice(1), words = row ? cells[1].firstElementChild : inner ? document.getElementById(id) : card.querySelector("blockquote");
    var head = !row && card.firstElementChild.cloneNode(true), number = row && link.textContent;
    if (head) head.querySelectorAll("i").forEach(function (note) { note.remove(); });
    var kind = head ? head.querySelector("b").textContent : "Recommendation", by = row && Array.from(cells[2].querySelectorAll("a, span"), text);
    return {
      id: id, words: words.textContent, foot: foot, link: link, line: line, kind: kind, how: (card.dataset.how || card.closest("table").dataset.how).split("|"),
      who: head ? head.textContent.slice(kind.length).trim() : WHO.r + (by.length ? ": " + joined(by) : ""),
      at: (row && number !== "link" ? number + ", " : "") + line.textContent, document: documentOf(card),
    };
  }
  function text(one) { return one.textContent; }
  function joined(names) { return names.length > 1 ? names.slice(0, -1).join(", ") + " and " + names[names.length - 1] : names.join(); }
  // What the page says once of the document that a card belongs to: before its statements.
  function documentOf(card) {
    var before = Array.from(document.querySelectorAll("template.s-entry")).filter(function (one) { return one.compareDocumentPosition(card) & 4; });
    return JSON.parse(before[before.length - 1].content.textContent);
  }

  function known(one) {
    var how = one.how, cue = how.slice(3).join("|"), others = (how[2] || "").match(/../g) || [];
    return [HOW[how[0][0]] + ".", cue && "“" + cue + "” shows what kind of statement it is.", "Rule: " + how[1] + ". Confidence: " + SURE[how[0][1]] + "."].concat(others.length ? "It may also be read as: " + others.map(function (other) { return KIND[other[0]] + " (" + (WHO[other[1]] || one.document.author) + ")"; }).join(", ") + "." : []).filter(Boolean).join(" ");
  }

  function element(name, look, words) {
    var made = document.createElement(name);
    if (look) made.className = look;
    if (words) made.textContent = words;
    return made;
  }
  // How it is cited is made by another script, which is loaded when it is first asked for.
  function show(one) {
    var box = element("div", "s-how"), script;
    box.append(element("p", "", known(one)));
    one.foot.after(box);
    if (window.__sessionalEntries) { window.__sessionalEntries(one, box); return box; }
    script = element("script");
    script.src = own.replace(/[^/]*$/, "entries.js");
    script.onload = function () { window.__sessionalEntries(one, box); };
    document.head.append(script);
    return box;
  }
  function add(card) {
    var one = read(card), button = element("button", "s-ask", "How we know, how to cite"), box;
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", function () {
      var open = button.getAttribute("aria-expanded") === "false";
      button.setAttribute("aria-expanded", String(open));
      box = box || show(one);
      box.hidden = !open;
    });
    one.foot.append(" ", button);
    // The page of the source marks the words themselves, not only their line.
    one.line.addEventListener("click", function () { one.line.href = one.line.getAttribute("href").replace(/#L\d+$/, "#" + one.id); });
  }
  document.querySelectorAll(".t[id], p.n, .s-listed tr[id]").forEach(add);
})();
