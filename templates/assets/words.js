// The words of a text and their families, as generator/search/words.py and generator/vocabulary/wordforms.py have them:
// the same steps on the same data. docs/search-words.md states what a word is; a test compares the two sides.
"use strict";
function SessionalWords(data, table) {
  var NAMED = /\[U\+(10[0-9A-F]{4}|[0-9A-F]{4,5})\]/g, MOST_PARTS = 4, FIRST_HANGUL = 0xac00, LAST_HANGUL = 0xd7a3, languages = {}, small = {};
  Object.keys(data).forEach(function (language) {
    var one = data[language], kept = {};
    one.kept.split(" ").forEach(function (word) { kept["=" + word] = true; });
    one.stop.split(" ").forEach(function (word) { small["=" + word] = true; });
    languages[language] = { kept: kept, irregular: new Map(Object.entries(one.irregular)), endings: one.endings };
  });

  // --- characters -----------------------------------------------------------------------------------------------
  function each(ranges, visit) {  // ranges are written as gaps and lengths in turn
    for (var n = 0, at = 0; n < ranges.length; n += 2) {
      at += ranges[n];
      visit(at, at + ranges[n + 1] - 1);
      at += ranges[n + 1];
    }
  }
  function inClass(ranges) {
    var found = "";
    each(ranges, function (first, last) { found += "\\u{" + first.toString(16) + "}-\\u{" + last.toString(16) + "}"; });
    return found;
  }
  var same = [], into = new Map(), classes = new Map(), texts = table.into.split("|"), next = 0, ordered = "";
  each(table.same, function (first, last) { same.push(first, last + 1); });
  each(table.folded, function (first, last) { for (var code = first; code <= last; code++) into.set(code, texts[next++]); });
  Array.from(table.hyphens).forEach(function (hyphen) { into.set(hyphen.codePointAt(0), "-"); });
  table.classes.forEach(function (one) {
    each(one[1], function (first, last) { for (var code = first; code <= last; code++) classes.set(String.fromCodePoint(code), one[0]); });
    ordered += inClass(one[1]);
  });
  var cluster = "[" + inClass(table.unspaced) + "][" + inClass(table.marks) + "]*", CLUSTER = new RegExp(cluster, "gu"), RUN = new RegExp("((?:" + cluster + ")+)", "u"), ORDERED = new RegExp("[" + ordered + "]{2,}", "gu"), MARK = new RegExp("^[" + inClass(table.marks) + "]", "u");
  // What stands for a character: nothing, its plain letters, "-" for a hyphen, a space for all that separates.
  function character(code) {
    var found = into.get(code);
    if (found !== undefined) return found;
    if (code >= FIRST_HANGUL && code <= LAST_HANGUL) {
      var number = code - FIRST_HANGUL, last = number % 28;
      found = String.fromCharCode(0x1100 + Math.floor(number / 588), 0x1161 + Math.floor(number % 588 / 28)) + (last ? String.fromCharCode(0x11a7 + last) : "");
    } else {
      var low = 0, high = same.length;
      while (low < high) { var middle = (low + high) >> 1; if (same[middle] <= code) low = middle + 1; else high = middle; }
      found = low % 2 ? String.fromCodePoint(code) : " ";
    }
    into.set(code, found);
    return found;
  }
  function inOrder(text) {  // marks that stand on one letter in Unicode's order, however they were typed
    return text.replace(ORDERED, function (marks) { return Array.from(marks).sort(function (a, b) { return classes.get(a) - classes.get(b); }).join(""); });
  }

  // --- words ----------------------------------------------------------------------------------------------------
  // The words of a text by place, { word, start, end }, and the compounds that its hyphens join, { word, place, size }.
  // A word of a script without spaces is two letters with their marks: `first` is the first of the two, which ends at
  // `cut`, and `more` the number of words that follow in its run.
  function fold(text) {
    var plain = "", starts = [], ends = [], words = [], compounds = [];
    // A character that does not show, as pages name it, is taken for itself, in as many places.
    text = text.replace(NAMED, function (name, code) {
      return (character(parseInt(code, 16)) === "" ? "\u200b" : " ").repeat(name.length);
    });
    for (var at = 0; at < text.length;) {
      var code = text.codePointAt(at), end = at + (code > 0xffff ? 2 : 1), found = character(code);
      plain += found;
      for (var n = 0; n < found.length; n++) { starts.push(at); ends.push(end); }
      if (!found && ends.length) ends[ends.length - 1] = end;
      at = end;
    }
    plain = inOrder(plain);
    function add(word, place, size) {
      var one = { word: word, start: starts[place], end: ends[place + size - 1] };
      words.push(one);
      return one;
    }
    function addRun(run, place) {
      var clusters = run.match(CLUSTER);
      clusters.forEach(function (first, n) {
        var word = first + (clusters[n + 1] || ""), one = add(word, place, word.length);
        one.first = first; one.cut = ends[place + first.length - 1]; one.more = clusters.length - 1 - n;
        place += first.length;
      });
    }
    var chunk, chunks = /[^ ]+/g;
    while ((chunk = chunks.exec(plain))) {
      var place = chunk.index, chain = [];
      chunk[0].split("-").concat("").forEach(function (part) {
        var pieces = part.split(RUN), before = words.length, joins = part && pieces.length === 1;
        pieces.reduce(function (from, piece, n) {
          if (n % 2) addRun(piece, from); else if (piece) add(piece, from, piece.length);
          return from + piece.length;
        }, place);
        place += part.length + 1;
        var last = chain[chain.length - 1];
        if (last && joins && !(/[0-9]$/.test(last.part) && /^[0-9]/.test(part))) { chain.push({ part: part, place: before }); return; }
        if (chain.length > 1 && chain.length <= MOST_PARTS) compounds.push({ word: chain.map(function (one) { return one.part; }).join("-"), place: chain[0].place, size: chain.length });
        chain = joins ? [{ part: part, place: before }] : [];
      });
    }
    return { words: words, compounds: compounds };
  }
  function solid(word) { return word.replace(/-/g, ""); }

  // --- families -------------------------------------------------------------------------------------------------
  function size(word) { return word.length - (word.match(/[\ud800-\udbff]/g) || []).length; }
  function key(word, language) {
    var of = languages[language];
    if (!of) return word;
    word = of.irregular.get(word) || word;
    if (size(word) < 4 || of.kept["=" + word] || /[0-9]/.test(word)) return word;
    for (var number = 0; number < of.endings.length; number++) {
      var step = of.endings[number];
      for (var n = 0; n < step.length; n++) {
        if (size(word) - step[n][0].length >= step[n][2] && word.endsWith(step[n][0])) { word = word.slice(0, word.length - step[n][0].length) + step[n][1]; break; }
      }
      if (number === 0) {
        word = of.irregular.get(word) || word;
        if (of.kept["=" + word]) return word;
      }
    }
    return word;
  }
  return { fold: fold, solid: solid, key: key, startsWithMark: function (text) { return MARK.test(text); }, isStop: function (word) { return !!small["=" + word]; }, irregular: function (language) { return languages[language] ? Array.from(languages[language].irregular.keys()) : []; } };
}
