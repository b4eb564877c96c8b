// Finds statements and pages with no server: every file of the index is loaded by a script element, so that the same
// search works from http and from a stick. What was searched is said in words; nothing is replaced in silence.
"use strict";
(function () {
  var MOST_CHARACTERS = 400, MOST_WORDS = 32, MOST_FORMS = 10, MANY = 20, ROOT = document.currentScript.src.replace(/assets\/sessional\/[^/]*$/, "");
  var EXACT = 1, SAME_FAMILY = 0.85, BEGINS_SO = 0.7, NAMED = 0.6, LENGTHS = [1, 0.95, 0.85];
  var KINDS = { concern: 1, recommendation: 1, commitment: 0.97, question: 0.97, positive: 0.95, reply: 0.92 };
  var meta = null, words = null, starts = [], waiting = {}, arrived = {}, shards = {};

  // --- files ---------------------------------------------------------------------------------------------------
  window.__sessionalSearch = function (kind, number, data) { arrived[kind + number] = data; };
  function load(kind, number) {
    var name = kind + number;
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = ROOT + "search/" + (/^(meta|facets|words|characters)$/.test(kind) ? kind : kind + "/" + number) + ".js" + (meta ? "?" + meta.version : "");
        script.onload = function () { script.remove(); if (name in arrived) { done(arrived[name]); delete arrived[name]; } else failed(new Error("The file " + script.src + " is not part of this index.")); };
        script.onerror = function () { script.remove(); delete waiting[name]; failed(new Error("A part of the index could not be loaded.")); };
        document.head.append(script);
      });
    }
    return waiting[name];
  }
  function ready() {
    return Promise.all([load("meta", 0), load("characters", 0)]).then(function (both) {
      if (meta) return;
      var data = meta = both[0];
      words = SessionalWords(data.words, both[1]);
      var counts = numbers(data.counts), at = 0, first = 0;
      meta.codes = [""].concat(data.states ? data.states.split(" ") : []);
      meta.shelves = data.shelves.map(function (one) { return { kind: one[0], label: one[1], many: one[2], speaker: one[3], reviewed: !!one[4], weight: (KINDS[one[0]] || 0.9) * LENGTHS[one[5]] }; });
      meta.shelves.forEach(function (shelf, s) {
        meta.codes.forEach(function (_, n) {
          var count = counts[at++];
          if (count) { starts.push({ first: first, count: count, shelf: s, state: n }); first += Math.ceil(count / meta.slot) * meta.slot; }
        });
      });
      meta.pages = starts.reduce(function (end, part) { return meta.shelves[part.shelf].kind === "page" ? part.first + part.count : end; }, 0);
    });
  }

  // --- numbers in signs: the first 56 end a number, the other 32 say that more follows ---------------------------
  function numbers(text) {
    var found = [], value = 0, scale = 1;
    for (var at = 0; at < text.length; at++) {
      var digit = text.charCodeAt(at) - 35;
      if (digit > 57) digit--;
      if (digit < 56) { found.push(value + digit * scale); value = 0; scale = 1; }
      else { value += (digit - 56) * scale; scale *= 32; }
    }
    return found;
  }
  function rising(text) {
    if (text[0] === "~") return bits(text);
    var found = numbers(text), sum = 0;
    for (var n = 0; n < found.length; n++) found[n] = sum += found[n];
    return Uint32Array.from(found);
  }
  function bits(text) {  // signs of six bits each, the smallest number first
    var found = new Uint32Array(6 * text.length), size = 0;
    for (var at = 1; at < text.length; at++) {
      var digit = text.charCodeAt(at) - 35;
      if (digit > 57) digit--;
      for (var bit = 0; digit; bit++, digit >>= 1) if (digit & 1) found[size++] = 6 * (at - 1) + bit;
    }
    return found.slice(0, size);
  }
  // --- lists of records with weights ------------------------------------------------------------------------------
  function list(docs, weight) { return { docs: docs, weights: new Float32Array(docs.length).fill(weight) }; }
  function merge(a, b, both, lone) {  // of two rising lists: what stands in both, and, if asked for, in one of them
    var room = lone ? a.docs.length + b.docs.length : Math.min(a.docs.length, b.docs.length), docs = new Uint32Array(room), weights = new Float32Array(room), n = 0, i = 0, j = 0;
    while (i < a.docs.length || j < b.docs.length) {
      var x = i < a.docs.length ? a.docs[i] : Infinity, y = j < b.docs.length ? b.docs[j] : Infinity;
      if (x === y) { docs[n] = x; weights[n++] = both(a.weights[i++], b.weights[j++]); }
      else if (x < y) { if (lone) { docs[n] = x; weights[n++] = a.weights[i]; } i++; }
      else { if (lone) { docs[n] = y; weights[n++] = b.weights[j]; } j++; }
    }
    return { docs: docs.subarray(0, n), weights: weights.subarray(0, n) };
  }
  function add(a, b) { return a + b; }
  function all(a, b) { return merge(a, b, add, false); }
  function any(a, b) { return merge(a, b, Math.max, true); }
  function without(a, b) {
    var keep = [], j = 0;
    for (var i = 0; i < a.docs.length; i++) {
      while (j < b.docs.length && b.docs[j] < a.docs[i]) j++;
      if (b.docs[j] !== a.docs[i]) keep.push(i);
    }
    return { docs: Uint32Array.from(keep, function (i) { return a.docs[i]; }), weights: Float32Array.from(keep, function (i) { return a.weights[i]; }) };
  }
  var NOTHING = list(new Uint32Array(0), 0);
  function recordsOfParts(of) {
    var docs = [];
    starts.forEach(function (part) { if (of(part)) for (var n = 0; n < part.count; n++) docs.push(part.first + n); });
    return Uint32Array.from(docs);
  }
  function isPage(part) { return meta.shelves[part.shelf].kind === "page"; }
  function everything() { return list(recordsOfParts(function (part) { return !isPage(part); }), 0.1); }
  function rarity(count) { return Math.log(1 + (meta.statements - count + 0.5) / (count + 0.5)) + 0.1; }

  // --- words in the index -------------------------------------------------------------------------------------------
  function shardOf(family) {
    var low = 0, high = meta.first.length - 1;
    while (low < high) { var middle = (low + high + 1) >> 1; if (meta.first[middle] <= family) low = middle; else high = middle - 1; }
    return low;
  }
  // A shard's families in order, by key: { key, forms: [{ word, count, records, shard, at, language }], pairs }.
  function shard(number) {
    if (!meta.first.length) return Promise.resolve(new Map());
    if (!shards[number]) {
      shards[number] = load("t", number).then(function (rows) {
        var at = 0, found = new Map();
        rows.forEach(function (row) {
          var forms = [], pairs = [];
          row.slice(1).forEach(function (one) {
            if (one.length === 3) forms.push({ word: one[0], count: one[1], records: one[2], shard: number, at: at++, language: row[0].split("'")[1] || "en" });
            else pairs.push(one);
          });
          found.set(row[0], { key: row[0], forms: forms, pairs: pairs });
        });
        return found;
      });
      shards[number].catch(function () { delete shards[number]; });
    }
    return shards[number];
  }
  function family(key) { return shard(shardOf(key)).then(function (found) { return found.get(key); }); }
  function keysOf(word) {
    return unique(meta.languages.map(function (language) { return words.key(word, language) + (language === "en" ? "" : "'" + language); }));
  }
  function formsOf(word) {  // every form of the word's families, one family a language
    return Promise.all(keysOf(word).map(family)).then(function (found) {
      return [].concat.apply([], found.filter(Boolean).map(function (one) { return one.forms; }));
    });
  }
  function beginning(start) {
    // A form that begins so is of a family that begins so, or of one whose name is a beginning of it: "childr" of "child".
    var numbers_ = [], last = shardOf(start + "\uffff");
    for (var n = shardOf(start); n <= last; n++) numbers_.push(n);
    for (var size = start.length - 1; size >= 3 && size >= start.length - 4; size--) numbers_.push(shardOf(start.slice(0, size)));
    meta.languages.forEach(function (language) {
      words.irregular(language).forEach(function (form) { if (form.indexOf(start) === 0) numbers_.push(shardOf(words.key(form, language))); });
    });
    return Promise.all(unique(numbers_).map(shard)).then(function (found) {
      var forms = [];
      found.forEach(function (one) { one.forEach(function (family_) { family_.forms.forEach(function (form) { if (words.solid(form.word).indexOf(start) === 0) forms.push(form); }); }); });
      return forms.sort(function (a, b) { return b.count - a.count || (a.word < b.word ? -1 : 1); });
    });
  }
  function recordsOf(form) {
    if (!form.list) form.list = typeof form.records === "string" ? Promise.resolve(rising(form.records)) : load("b", form.records).then(rising);
    return form.list;
  }
  function placesOf(form) {
    return typeof form.records === "string" ? load("p", form.shard).then(function (places) { return places[form.at]; }) : load("q", form.records);
  }
  function union(forms, weigh) {
    var total = forms.reduce(function (sum, form) { return sum + form.count; }, 0);
    return Promise.all(forms.map(recordsOf)).then(function (found) {
      return found.reduce(function (sum, docs, n) { return any(sum, list(docs, weigh(forms[n].word) * rarity(total))); }, NOTHING);
    });
  }
  function listed(key, name) {  // what stands under a name of the index that is no word
    return family(key).then(function (found) {
      var form = found && found.forms.filter(function (one) { return one.word === name; })[0];
      return form ? recordsOf(form) : new Uint32Array(0);
    });
  }
  // The names that begin with one of these words, with the keys of what they name.
  function namesWith(sought) {
    var kept = sought.filter(function (one) { return !words.isStop(one); });
    return Promise.all((kept.length ? kept : sought).map(function (one) { return family(words.key(one, "en")); })).then(function (found) {
      var names = { longest: 1, keys: new Map() };
      found.filter(Boolean).forEach(function (one) {
        one.pairs.forEach(function (pair) { names.keys.set(pair[0], pair[1]); names.longest = Math.max(names.longest, pair[0].split(" ").length); });
      });
      return names;
    });
  }
  // --- phrases ------------------------------------------------------------------------------------------------------
  // A phrase is a list of parts, each { word } and, where it is a compound, { parts }, its words; { begins } is one letter
  // of a script without spaces, { gap } a place of which nothing is asked. Small words leave a gap, too.
  function partsOf(text) {
    var found = words.fold(text), compounds = {}, parts = [];
    found.compounds.forEach(function (one) { compounds[one.place] = one; });
    for (var n = 0; n < found.words.length; n++) {
      var one = found.words[n], compound = compounds[n];
      if (compound) {
        parts.push({ word: words.solid(compound.word), parts: compound.word.split("-"), said: compound.word });
        n += compound.size - 1;
      } else if (one.first) {
        // Every other pair holds all letters of a run, with the last pair; the last letter alone only keeps its place.
        var run = found.words.slice(n, n + one.more + 1), letters = run.map(function (each) { return each.first; }).join("");
        if (run.length === 1) parts.push({ word: one.word, begins: true, said: letters });
        else run.forEach(function (each, m) { parts.push(each.more && (m % 2 === 0 || each.more === 1) ? { word: each.word, said: m ? "" : letters } : { gap: true, said: "" }); });
        n += one.more;
      } else parts.push({ word: one.word, said: one.word });
    }
    return parts;
  }
  function plainParts(name) { return name.map(function (word) { return { word: word, said: word }; }); }
  function isGap(part) { return !!part.gap || (!part.parts && !part.begins && words.isStop(part.word)); }
  function trimmed(parts) {
    var first = 0, last = parts.length;
    while (first < last && isGap(parts[first])) first++;
    while (last > first && isGap(parts[last - 1])) last--;
    return parts.slice(first, last);
  }
  function sayParts(parts) { return parts.map(function (part) { return part.said; }).filter(Boolean).join(" "); }
  function exactly(word) { return formsOf(word).then(function (forms) { return forms.filter(function (form) { return form.word === word; }); }); }
  // The ways in which a part may be written, each a list of words, for every word its forms; null is a gap.
  function waysOf(part) {
    if (isGap(part)) return Promise.resolve(null);
    if (part.begins) return beginningWith(part.word).then(function (forms) { return forms.map(function (form) { return [[form]]; }); });
    return formsOf(part.word).then(function (forms) {
      var ways = forms.filter(function (form) { return words.solid(form.word) === part.word; }).map(function (form) { return form.word; });
      if (part.parts) ways.push(part.parts.join("-"));
      return Promise.all(unique(ways).map(function (way) {
        return Promise.all(way.split("-").map(function (word, _, all) { return all.length > 1 && words.isStop(word) ? null : exactly(word); }));
      }));
    });
  }
  function beginningWith(letter) {  // words of scripts without spaces whose first letter, with its marks, is this one
    return beginning(letter).then(function (forms) { return forms.filter(function (form) { return !words.startsWithMark(form.word.slice(letter.length)); }); });
  }
  function phrase(parts) {  // of one language
    parts = trimmed(parts);
    if (!parts.length) return Promise.resolve(NOTHING);
    return Promise.all(parts.map(waysOf)).then(function (found) {
      return Promise.all(meta.languages.map(function (language) {
        var ways = found.map(function (all) {
          return all && all.map(function (way) {
            return way.map(function (forms) { return forms && forms.filter(function (form) { return form.language === language; })[0]; });
          }).filter(function (way) { return way.every(function (form) { return form !== undefined; }); });
        });
        return ways.every(function (all) { return !all || all.length; }) ? inOrder(ways) : NOTHING;
      }));
    }).then(function (found) { return found.reduce(any, NOTHING); });
  }
  function inOrder(ways) {
    var asked = ways.filter(Boolean), forms = unique([].concat.apply([], [].concat.apply([], asked)).filter(Boolean));
    return Promise.all(forms.map(recordsOf)).then(function (records) {
      function recordsOfWay(way) {
        var of = way.filter(Boolean).map(function (form) { return list(records[forms.indexOf(form)], 0); });
        return of.length ? of.reduce(all) : list(recordsOfParts(function () { return true; }), 0);
      }
      var docs = asked.map(function (some) { return some.map(recordsOfWay).reduce(any); }).reduce(all).docs, weigh = function (left) { return list(left, asked.length * rarity(left.length)); };
      if (ways.length === 1 && ways[0].every(function (way) { return way.length === 1; })) return weigh(docs);
      return Promise.all(forms.map(placesOf)).then(function (places) {
        var here = new Map();
        forms.forEach(function (form, n) { here.set(form, placesIn(records[n], places[n], docs)); });
        return weigh(docs.filter(function (_, n) { return follows(ways, function (form) { return here.get(form)[n]; }); }));
      });
    });
  }
  // Whether the parts follow each other in a record, whose places of a form `at` gives.
  function follows(ways, at) {
    function next(place) { return Math.min(place + 1, meta.last); }
    function step(ends, form) {  // where the next word may stand; null is anywhere
      if (!form) return ends && ends.map(next);
      return (ends ? at(form).filter(function (place) { return ends.indexOf(place) >= 0; }) : at(form)).map(next);
    }
    var ends = null;
    return ways.every(function (some) {
      ends = some ? unique([].concat.apply([], some.map(function (way) { return way.reduce(step, ends) || []; }))) : step(ends, null);
      return !ends || ends.length;
    });
  }
  function placesIn(docs, places, kept) {  // of a word, for each of the records kept
    var found = Array.from(kept, function () { return []; }), numbers_ = numbers(places), doc = 0, keep = 0;
    for (var n = 0; n < numbers_.length; n++) {
      while (keep < kept.length && kept[keep] < docs[doc]) keep++;
      if (keep === kept.length) break;
      if (kept[keep] === docs[doc]) found[keep].push(numbers_[n] >> 1);
      if (!(numbers_[n] & 1)) doc++;
    }
    return found;
  }

  // --- the query ----------------------------------------------------------------------------------------------------
  // or = and ("OR" and)*; and = not (["AND"] not)*; not = ("NOT" | "-") not | word | phrase | "(" or ")". What cannot be
  // understood is left out and said.
  function parse(query, typing, names) {
    var notes = [], tokens = [], sign = /(\()|(\))|["“”„«»]([^"“”„«»]*)(["“”„«»]|$)|(-(?=[^\s-]))|([^\s()"“”„«»]+)/g, match;
    if (query.length > MOST_CHARACTERS) { notes.push("Only the first " + MOST_CHARACTERS + " characters were searched."); query = query.slice(0, MOST_CHARACTERS); }
    query = query.replace(/\ufeff/g, "");  // a space to a script, and no character to a reader
    while ((match = sign.exec(query))) {
      var last = sign.lastIndex === query.length;
      if (match[1]) tokens.push({ open: true });
      else if (match[2]) tokens.push({ close: true });
      else if (match[3] !== undefined) { tokens.push({ phrase: partsOf(match[3]), open_quote: !match[4] }); }
      else if (match[5]) tokens.push({ not: true });
      else if (/^(AND|&&?)$/.test(match[6])) tokens.push({ and: true });
      else if (/^(OR|\|\|?)$/.test(match[6])) tokens.push({ or: true });
      else if (match[6] === "NOT") tokens.push({ not: true });
      else {
        var parts = partsOf(match[6]), kept = parts.filter(function (one, n) { return !(n && one.word === "s"); });
        if (parts.length === 1) tokens.push(Object.assign({ starts: /\*$/.test(match[6]) ? "*" : typing && last && parts[0].word.length >= 3 }, parts[0]));
        else if (kept.length === 1) tokens.push(kept[0]);
        else if (kept.length) tokens.push({ phrase: kept, joined: kept.every(function (one) { return !one.gap; }) });
      }
    }
    var count = 0;
    tokens = tokens.filter(function (token) { return !(token.word || token.phrase) || count++ < MOST_WORDS; });
    if (count > MOST_WORDS) notes.push("Only the first " + MOST_WORDS + " words were searched.");
    if (tokens.some(function (one) { return one.phrase && one.open_quote; })) notes.push("A quotation mark was not closed; the rest was taken as quoted.");
    var at = 0, small = [], lost = false;
    function or() {
      var parts = [];
      do { var part = and(); if (part) parts.push(part); else lost = true; } while (tokens[at] && tokens[at].or && ++at);
      return parts.length > 1 ? { or: parts } : parts[0];
    }
    function and() {
      var parts = [], dangling = false;
      while (tokens[at] && !tokens[at].or && !tokens[at].close) {
        if (tokens[at].and) { at++; if (!parts.length || dangling) lost = true; dangling = true; continue; }
        var part = not();
        if (part) { parts.push(part); dangling = false; }
      }
      if (dangling) lost = true;
      parts = named(parts);
      return parts.length > 1 ? { and: parts } : parts[0];
    }
    function not() {
      var token = tokens[at++];
      if (!token) { lost = true; return null; }
      if (token.not) {
        if (!tokens[at] || tokens[at].or || tokens[at].close || tokens[at].and) { lost = true; return null; }
        var inner = not();
        // "NOT the school" leaves out what "NOT school" does; a small word alone leaves out nothing, and is said.
        while (inner && inner.small) inner = tokens[at] && tokens[at].word ? not() : null;
        return inner && (inner.not ? inner.not : { not: inner });
      }
      if (token.open) {
        var group = or();
        if (tokens[at] && tokens[at].close) at++; else lost = true;
        return group ? (group.not || group.word || group.phrase ? group : { group: group }) : null;
      }
      if (token.phrase) {
        if (trimmed(token.phrase).length) return token;
        token.phrase.forEach(function (one) { small.push(one.word); });
        return null;
      }
      if (isGap(token) && !token.starts) { small.push(token.word); return { small: token.word }; }
      return token;
    }
    // Words that together are a State's name or an abbreviation's meaning are searched as that.
    function named(parts) {
      var found = [];
      for (var n = 0; n < parts.length;) {
        var taken = 0, group = null, said = "";
        for (var size = Math.min(names.longest, parts.length - n); size > 0 && !group; size--) {
          var run = parts.slice(n, n + size);
          if (!run.every(function (part) { return part.word || part.small || part.joined; })) continue;
          said = run.map(function (part) { return part.small || (part.phrase || [part]).map(function (one) { return one.parts ? one.parts.join(" ") : one.word; }).join(" "); }).join(" ");
          group = names.keys.get(said);
          taken = size;
        }
        if (group) {
          parts.slice(n, n + taken).forEach(function (part) { if (part.small) small.splice(small.indexOf(part.small), 1); });
          found.push({ name: group, starts: taken === 1 && parts[n].starts, word: taken === 1 && !parts[n].parts ? parts[n].word : "", said: said });
          n += taken;
        } else { if (!parts[n].small) found.push(parts[n]); n++; }
      }
      return found.map(function (part) { return part.not && part.not.word && !part.not.name ? { not: named([part.not])[0] } : part; });
    }
    var tree = null;
    while (at < tokens.length) {
      var more = or();
      if (more) tree = tree ? { and: [tree, more] } : more;
      if (tokens[at] && tokens[at].close) { at++; lost = true; }
    }
    if (lost) notes.push("Operators or brackets with nothing to join were left out.");
    if (small.length) notes.push(unique(small).join(", ") + ": too common to be searched outside a phrase, left out.");
    return { tree: tree, notes: notes };
  }
  function unique(values) { return values.filter(function (one, n) { return values.indexOf(one) === n; }); }

  // Each part of the tree gives { list, said, marks (tests for words to mark), missing (words that nothing has) }.
  function evaluate(part) {
    if (part.group) return evaluate(part.group).then(function (found) { found.said = "(" + found.said + ")"; return found; });
    if (part.and) {
      return Promise.all(part.and.map(function (one) { return evaluate(one.not || one); })).then(function (found) {
        var kept = found.filter(function (_, n) { return !part.and[n].not; }), left = found.filter(function (_, n) { return part.and[n].not; });
        var docs = kept.length ? kept.map(function (one) { return one.list; }).reduce(all) : everything();
        docs = left.reduce(function (sum, one) { return without(sum, one.list); }, docs);
        return { list: docs, said: found.map(function (one, n) { return part.and[n].not ? "NOT " + bracketed(one.said) : bracketed(one.said); }).join(" AND "), marks: together(kept, "marks"), missing: together(found, "missing") };
      });
    }
    if (part.or) {
      return Promise.all(part.or.map(evaluate)).then(function (found) {
        return { list: found.map(function (one) { return one.list; }).reduce(any), said: found.map(function (one) { return one.said; }).join(" OR "), marks: together(found, "marks"), missing: together(found, "missing") };
      });
    }
    if (part.not) {
      return evaluate(part.not).then(function (found) { return { list: without(everything(), found.list), said: "NOT " + bracketed(found.said), marks: [], missing: found.missing }; });
    }
    if (part.phrase) {
      return phrase(part.phrase).then(function (found) {
        var gaps = trimmed(part.phrase).some(function (one) { return !one.gap && isGap(one); });
        return { list: found, said: "“" + sayParts(part.phrase) + "”" + (gaps ? " (its small words may differ)" : ""), marks: [{ phrase: part.phrase }], missing: [] };
      });
    }
    if (part.name) return named(part);
    if (part.begins) return letter(part);
    return part.parts ? compound(part) : word(part);
  }
  function bracketed(said) { return / OR | AND /.test(said) && !/^\(.*\)$/.test(said) ? "(" + said + ")" : said; }
  function together(found, what) { return [].concat.apply([], found.map(function (one) { return one[what]; })); }
  function word(part) {
    return formsOf(part.word).then(function (own) {
      var known = own.reduce(function (sum, form) { return sum + form.count; }, 0);
      // While a word is typed, one that many statements hold is taken for the whole word; "…*" says that it is not.
      return Promise.all([own, part.starts === "*" || (part.starts && known < MANY) ? beginning(part.word) : []]);
    }).then(function (both) {
      var own = both[0].map(function (form) { return form.word; }), same = function (form) { return words.solid(form) === part.word; };
      var more = both[1].filter(function (form) { return own.indexOf(form.word) < 0; }), left = more.length - MOST_FORMS;
      var forms = both[0].concat(more.slice(0, MOST_FORMS)), names = unique(forms.map(function (form) { return form.word; }));
      names.sort(function (a, b) { return same(b) - same(a) || own.indexOf(b) - own.indexOf(a) || (a < b ? -1 : 1); });
      return union(forms, function (form) { return same(form) ? EXACT : own.indexOf(form) >= 0 ? SAME_FAMILY : BEGINS_SO; }).then(function (found) {
        return { list: found, said: (names.length ? names : [part.word + (part.starts ? "…" : "")]).join(" OR ") + (left > 0 ? " (and " + left + " rarer words that begin so are not searched)" : ""), marks: [{ forms: names }], missing: forms.length ? [] : [part.word] };
      });
    });
  }
  // A compound is the word without its hyphens, however that is written, and its parts apart.
  function compound(part) {
    var apart = plainParts(part.parts);
    return Promise.all([word(part), phrase(apart)]).then(function (both) {
      var found = any(both[0].list, list(both[1].docs, EXACT * rarity(both[1].docs.length))), more = found.docs.length > both[0].list.docs.length;
      if (!more) return both[0];
      return { list: found, said: (both[0].missing.length ? "" : both[0].said + " OR ") + "“" + sayParts(apart) + "”", marks: both[0].marks.concat({ phrase: apart }), missing: [] };
    });
  }
  function letter(part) {
    return beginningWith(part.word).then(function (forms) {
      return union(forms, function () { return EXACT; }).then(function (found) {
        return { list: found, said: part.word, marks: [{ phrase: [part] }], missing: [] };
      });
    });
  }
  function named(part) {
    return family(part.name).then(function (group) {
      var label = group.pairs[0][0], marks = group.pairs[0][1].split("|").map(mark), own = marks.some(function (one) { return one.name === part.said; });
      // A name that is unsafe in running text is a word as well: what holds it is found, whatever it means there.
      var also = own ? part.starts && part.word : true;
      return Promise.all([meaning(part.name), also ? (part.word ? word(part) : phrase(plainParts(part.said.split(" "))).then(function (found) { return { list: found, said: "“" + part.said + "”", marks: [mark(part.said)], missing: [] }; })) : null]).then(function (found) {
        var first = { list: found[0], said: /^@[A-Z]/.test(part.name) ? label + " (as the State examined, as one that spoke, or by name)" : / or /.test(label) ? "(" + label + ")" : label, marks: marks, missing: [] };
        // A word that is a name of the group already adds nothing to it.
        if (!found[1] || !found[1].list.docs.length || (own && found[1].marks[0].forms.join() === part.word)) return first;
        return { list: any(first.list, found[1].list), said: first.said + " OR " + found[1].said, marks: marks.concat(found[1].marks), missing: [] };
      });
    });
  }
  function meaning(key) {
    if (!/^@[A-Z]/.test(key)) return listed(key, "name").then(function (docs) { return list(docs, rarity(docs.length)); });
    return Promise.all([listed(key, "name"), listed(key, "by")]).then(function (both) {
      var state = meta.codes.indexOf(key.slice(1));
      var own = recordsOfParts(function (part) { return part.state === state && !isPage(part); });
      var pages = recordsOfParts(function (part) { return part.state === state && isPage(part); });
      var scale = rarity(both[0].length + own.length + both[1].length);
      var found = any(any(list(own, scale), list(both[0], NAMED * scale)), list(both[1], NAMED * scale));
      return any(list(pages, scale), found);
    });
  }
  function mark(name) { var parts = name.split(" "); return parts.length > 1 ? { name: name, phrase: plainParts(parts) } : { name: name, forms: parts }; }

  // --- narrowing and counting ---------------------------------------------------------------------------------------
  var FACETS = ["kind", "speaker", "state", "region", "treaty", "session", "year", "reviewed"];
  var examinations = null;
  function withExaminations() {
    return load("facets", 0).then(function (data) {
      if (examinations) return examinations;
      var state = numbers(data.state), columns = ["treaty", "session", "year"].map(function (name) { return numbers(data[name][1]).map(function (place) { return data[name][0][place]; }); });
      var counts = numbers(data.counts), at = 0, firsts = [], which = [], parts = {};
      starts.forEach(function (part) { parts[part.shelf + " " + part.state] = part; });
      meta.shelves.forEach(function (_, shelf) {
        var next = {};
        state.forEach(function (of, n) {
          var count = counts[at++];
          if (!count) return;
          var first = of in next ? next[of] : parts[shelf + " " + of].first;
          firsts.push(first); which.push(n); next[of] = first + count;
        });
      });
      return examinations = { states: data.states, themes: data.themes, columns: columns, firsts: Uint32Array.from(firsts), which: which };
    });
  }
  // For each thing one can narrow by, how many would be left: a thing's own choice does not narrow its own counts. What
  // is true of one record is true of those beside it, so whole runs are judged.
  function narrow(found, filters, detailed) {
    var names = detailed ? FACETS : ["kind"], chosen = names.filter(function (name) { return filters[name]; }), counts = {}, docs = [], weights = [], part = -1, row = 0, values = {}, failing = null, run = 0;
    names.forEach(function (name) { counts[name] = {}; });
    function count() {
      if (run) names.forEach(function (name) { if (!failing || failing === name) counts[name][values[name]] = (counts[name][values[name]] || 0) + run; });
      run = 0;
    }
    for (var n = 0; n < found.docs.length; n++) {
      var doc = found.docs[n], moved = part < 0;
      while (part + 1 < starts.length && starts[part + 1].first <= doc) { part++; moved = true; }
      if (detailed) while (row + 1 < examinations.firsts.length && examinations.firsts[row + 1] <= doc) { row++; moved = true; }
      if (moved) {
        count();
        var shelf = meta.shelves[starts[part].shelf], state = starts[part].state;
        values = { kind: shelf.kind, speaker: shelf.speaker, reviewed: shelf.reviewed ? "yes" : "no", state: meta.codes[state] };
        if (detailed) {
          values.region = examinations.states[state][1];
          ["treaty", "session", "year"].forEach(function (name, column) { values[name] = examinations.columns[column][examinations.which[row]]; });
        }
        var against = chosen.filter(function (name) { return filters[name].indexOf(values[name]) < 0; });
        failing = values.kind === "page" || against.length > 1 ? null : against[0] || "";
      }
      if (failing === null) continue;
      run++;
      if (!failing) { docs.push(doc); weights.push(found.weights[n] * shelf.weight); }
    }
    count();
    return { docs: docs, weights: weights, counts: counts };
  }
  // The best first; of equally good ones one of each State in turn, so that no State's name puts it in front.
  function ranked(docs, weights, most) {
    var alike = new Map(), order = [], part = 0;
    docs.forEach(function (doc, n) {
      while (part + 1 < starts.length && starts[part + 1].first <= doc) part++;
      var weight = Math.fround(weights[n]), same = alike.get(weight);
      if (!same) alike.set(weight, same = { turns: [], of: [] });
      var turn = same.of[starts[part].state] = (same.of[starts[part].state] || 0) + 1;
      (same.turns[turn - 1] = same.turns[turn - 1] || []).push(doc);
    });
    Array.from(alike.keys()).sort(function (a, b) { return b - a; }).some(function (weight) {
      return alike.get(weight).turns.some(function (turn) { turn.forEach(function (doc) { order.push(doc); }); return order.length >= most; });
    });
    return order.slice(0, most);
  }
  function partOf(doc) {
    var low = 0, high = starts.length - 1;
    while (low < high) { var middle = (low + high + 1) >> 1; if (starts[middle].first <= doc) low = middle; else high = middle - 1; }
    return starts[low];
  }

  // --- what is shown --------------------------------------------------------------------------------------------------
  function record(doc) {
    return load("d", Math.floor(doc / meta.block)).then(function (data) {
      var row = data[1][doc % meta.block], names = data[0], part = partOf(doc), shelf = meta.shelves[part.shelf];
      if (shelf.kind === "page") return { page: row[0], title: row[1], what: row[2] };
      var examination = names[row[1]];
      return { id: examination[0] + "." + row[0], kind: shelf.kind, label: shelf.label, state: examination[3], code: meta.codes[part.state], examination: examination[1], badge: examination[2], address: row[2] ? names[row[2]] : examination[4], speaker: names[row[3]], text: row[4] || "The source’s terms do not let us show these words.", by: row[5] || "", digest: row[6], tag: row[7] || "" };
    });
  }
  function records(docs) { return Promise.all(docs.map(record)); }

  // --- words that may have been meant -----------------------------------------------------------------------------------
  function distance(a, b, most) {  // letters to add, leave out, change or swap; more than `most` is more than most
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = [], row = [], i, j;
    for (j = 0; j <= b.length; j++) row[j] = j;
    for (i = 1; i <= a.length; i++) {
      var next = [i], least = i;
      for (j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
        least = Math.min(least, next[j]);
      }
      if (least > most) return most + 1;
      before = row; row = next;
    }
    return row[b.length];
  }
  function suggestions(word) {
    return load("words", 0).then(function (data) {
      var most = word.length < 5 ? 1 : 2, all = data[0].split(" "), found = [];
      all.forEach(function (other, n) { score(other, parseInt(data[1][n], 36)); });
      function score(other, weight) {
        var far = other === word ? 9 : distance(word, other, most);
        for (var alike = 0; other[alike] === word[alike] && alike < word.length; alike++);
        if (far <= most) found.push([other, far * 4 - weight * 0.5 - alike * 0.7]);
      }
      for (var cut = 3; cut <= word.length - 3; cut++) {
        if (all.indexOf(word.slice(0, cut)) >= 0 && all.indexOf(word.slice(cut)) >= 0) found.push([word.slice(0, cut) + " " + word.slice(cut), 2]);
      }
      found.sort(function (a, b) { return a[1] - b[1] || (a[0] < b[0] ? -1 : 1); });
      var families = {};
      return found.map(function (one) { return one[0]; }).filter(function (other) {
        var key = keysOf(other)[0];
        return families[key] ? false : (families[key] = true);
      }).slice(0, 3);
    });
  }

  // A search: { query, typing, filters, theme, by } → what was found, with everything that is to be said about it.
  function search(asked) {
    return ready().then(function () {
      return namesWith(unique(words.fold(asked.query.slice(0, MOST_CHARACTERS)).words.map(function (one) { return one.word; })).slice(0, MOST_WORDS));
    }).then(function (names) {
      var parsed = parse(asked.query, asked.typing, names), filters = asked.filters || {};
      var narrowed = Object.keys(filters).some(function (name) { return filters[name]; }) || asked.theme;
      var detailed = asked.detailed || asked.theme || Object.keys(filters).some(function (name) { return filters[name] && name !== "kind"; });
      if (!parsed.tree && !(narrowed && !asked.query.trim())) return { said: "", notes: parsed.notes, total: 0, docs: [], pages: [], counts: {}, marks: [], missing: [], empty: true, asked: !!asked.query.trim() };
      return Promise.all([
        parsed.tree ? evaluate(parsed.tree) : { list: everything(), said: "every statement", marks: [], missing: [] },
        asked.theme ? listed("@theme:" + asked.theme, "all") : null,
        detailed ? withExaminations() : null,
      ]).then(function (all_) {
        var found = all_[0], left = found.list, pages = [];
        for (var n = 0; n < left.docs.length && left.docs[n] < meta.pages; n++) pages.push(n);
        pages.sort(function (a, b) { return left.weights[b] - left.weights[a] || a - b; });
        pages = narrowed ? [] : pages.map(function (one) { return left.docs[one]; });
        if (all_[1]) left = all(left, list(all_[1], 0));
        var result = narrow(left, filters, !!all_[2]);
        return { said: found.said, notes: parsed.notes, total: result.docs.length, found: result, pages: pages, counts: result.counts, marks: found.marks, missing: unique(found.missing) };
      });
    });
  }
  function best(result, most) { return result.found ? ranked(result.found.docs, result.found.weights, most) : []; }

  // Words to mark in a text, as ranges of it.
  function marked(text, marks) {
    var found = words.fold(text), here = found.words, compounds = {}, ranges = [];
    found.compounds.forEach(function (one) { compounds[one.place] = one; });
    function mark(first, last, cut) { ranges.push([here[first].start, cut ? here[last].cut : here[last].end]); }
    // Where parts that begin at a place end: the place after them, or -1.
    function endOf(parts, place) {
      if (!parts.length) return place;
      var part = parts[0], one = here[place], ends = [];
      if (!one) return -1;
      if (isGap(part) || one.word === part.word || (part.begins && one.first === part.word)) ends.push(1);
      if (compounds[place] && words.solid(compounds[place].word) === part.word) ends.push(compounds[place].size);
      var apart = part.parts ? endOf(plainParts(part.parts), place) : -1;
      if (apart >= 0) ends.push(apart - place);
      return ends.map(function (size) { return endOf(parts.slice(1), place + size); }).reduce(function (a, b) { return Math.max(a, b); }, -1);
    }
    here.forEach(function (one, n) {
      marks.forEach(function (of) {
        if (of.forms) {
          if (of.forms.indexOf(one.word) >= 0) mark(n, n);
          if (compounds[n] && of.forms.indexOf(compounds[n].word) >= 0) mark(n, n + compounds[n].size - 1);
        } else {
          var parts = trimmed(of.phrase), end = parts.length ? endOf(parts, n) : -1;
          if (end >= 0) mark(n, end - 1, parts[parts.length - 1].begins);
        }
      });
    });
    return ranges.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }

  window.SessionalSearch = { folded: function (text) { return partsOf(text).map(function (part) { return part.word; }).join(" "); }, root: ROOT, facets: FACETS, ready: ready, search: search, best: best, records: records, suggestions: suggestions, marked: marked, examinations: function () { return examinations; }, meta: function () { return meta; } };
})();
