// How a single statement is cited, in words and as the entry of a reference manager, from what `cards.js` read of its
// card and what the page says of its document: what `citations.py` writes for a statement, byte for byte.
"use strict";
(function () {
  function ended(part) { return /([.?!…]|[.?!]”)$/.test(part) ? part : part + "."; }
  function list(parts) { return parts.filter(Boolean).join(", "); }
  function cite(one) {
    var of = one.document, item = of.item, author = item.author ? item.author[0].literal : "", said = of.says.replace("{words}", function () { return one.words; }) + " – " + one.kind + ", " + one.who;
    var named = of.paraphrased && /\((paras?\. [^()]+)\)(?=[^\p{L}\p{N}_]*(?:–|$))/u.exec(said);
    one.at = named ? named[1] : of.paraphrased ? one.at + " of the digest" : one.at;
    one.citation = [said, list([author, of.described[+one.how[0].slice(2) || 0], item.number, one.at]), item.note].filter(Boolean).map(ended).join(" ");
    one.chicago = ended(list([author, item.number || of.kind, one.at]));
    one.apa = "(" + list([author || item.title, item.issued ? String(item.issued["date-parts"][0][0]).padStart(4, "0") : "n.d.", one.at]) + ")";
    return one;
  }
  function item(one, address) {
    var known = one.document.item, made = {}, own = { id: one.id, section: one.at, "abstract": line(one.citation), note: ("Statement " + one.id + ". " + (known.note || "")).trim(), URL: address };
    ["id", "type", "author", "title", "container-title", "publisher", "number", "issued", "language", "section", "abstract", "note", "URL"].forEach(function (name) {
      var value = name in own ? own[name] : known[name];
      if (value) made[name] = value;
    });
    return made;
  }
  function line(text) { return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ").trim(); }
  function dateOf(one, between) { return one.issued ? one.issued["date-parts"][0].map(function (part) { return String(part).padStart(2, "0"); }).join(between) : ""; }
  function csl(one) { return "[\n" + JSON.stringify(one) + "\n]\n"; }
  function ris(one) {
    var rows = [["TY", "RPRT"], ["ID", one.id], ["AU", one.author && one.author[0].literal.replace(/, /g, ". ")], ["TI", one.title], ["PB", one.publisher], ["SN", one.number], ["PY", dateOf(one, "/").slice(0, 4)], ["DA", dateOf(one, "/")], ["LA", one.language], ["SE", one.section], ["AB", one["abstract"]], ["N1", one.note], ["UR", one.URL]];
    return rows.filter(function (row) { return row[1]; }).map(function (row) { return row[0] + "  - " + line(row[1]) + "\r\n"; }).join("") + "ER  - \r\n";
  }
  function bibtex(one) {
    var marks = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
    function tex(text) { return text ? line(text).replace(/[\\{}~^%&#_$]/g, function (mark) { return marks[mark] || "\\" + mark; }) : ""; }
    var rows = [["author", one.author && "{" + tex(one.author[0].literal) + "}"], ["title", "{" + tex(one.title) + "}"], ["institution", tex(one.publisher || one.author && one.author[0].literal)], ["number", tex(one.number)], ["year", dateOf(one, "-").slice(0, 4)], ["date", dateOf(one, "-")], ["pages", tex(one.section)], ["abstract", tex(one["abstract"])], ["note", tex(one.note)], ["url", one.URL]];
    return "@techreport{" + one.id + ",\n" + rows.filter(function (row) { return row[1]; }).map(function (row) { return "  " + row[0] + " = {" + row[1] + "},\n"; }).join("") + "}\n";
  }
  var forms = { RIS: [".ris", "application/x-research-info-systems", ris], BibTeX: [".bib", "application/x-bibtex", bibtex], "CSL-JSON": [".csl.json", "application/json", csl] };
  // A file made on the spot: that works from a stick too.
  function save(form, one, address) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([forms[form][2](item(one, address))], { type: forms[form][1] }));
    link.download = one.id + forms[form][0];
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
  // The address a page is published at; where it lies on a computer is none.
  function publicAddress(link) {
    var canonical = document.querySelector("link[rel=canonical]");
    return canonical ? new URL(link.getAttribute("href"), canonical.href).href.replace(/index\.html(?=#|$)/, "") : "";
  }
  function paragraph(look, text) {
    var made = document.createElement("p");
    made.className = look;
    made.textContent = text;
    return made;
  }
  window.__sessionalEntries = function (one, box) {
    var copies = paragraph("s-copies", ""), copy = window.__sessionalCopy, address = publicAddress(one.link);
    cite(one);
    copies.append(copy("Copy citation", function () { return one.citation + (address ? " " + address : ""); }), " ", copy("Copy link", function () { return one.link.href; }));
    Object.keys(forms).forEach(function (form) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "s-copy";
      button.textContent = form;
      button.title = "Save the entry of this statement as a file";
      button.addEventListener("click", function () { save(form, one, address); });
      copies.append(" ", button);
    });
    box.append(paragraph("s-citation", one.citation), paragraph("", "Chicago: " + one.chicago + " APA: " + one.apa), copies);
  };
})();
