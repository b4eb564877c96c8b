// Compares the files of a chosen folder with checksums.js, which was written when the bundle was made.
"use strict";
(function () {
  var published = window.sessionalChecksums, byId = function (id) { return document.getElementById(id); };
  var LISTS = ["checksums.js", "SHA256SUMS"]; // they cannot list themselves; each is checked by the other
  var folder = byId("folder"), bar = byId("progress"), run = 0;
  function many(number, of) { return number.toLocaleString("en") + " " + of + (number === 1 ? "" : "s"); }
  function say(where, well, text) {
    where.className = "box " + (well ? "well" : "ill");
    where.textContent = text;
  }
  if (!published) {
    folder.disabled = true;
    return say(byId("loaded"), false, "The list of checksums (checksums.js) is missing or broken. Unpack the whole archive, then open this page again.");
  }

  // At once: what every page needs can be loaded. What these scripts do does not matter here.
  var quiet = function (event) { event.preventDefault(); }, waiting = published.probes.length, failed = [];
  window.addEventListener("error", quiet);
  function probed(name, well) {
    if (!well) failed.push(name);
    if (--waiting > 0) return;
    window.removeEventListener("error", quiet);
    say(byId("loaded"), !failed.length, failed.length ? "Cannot be loaded: " + failed.join(", ") + "."
      : "Scripts and styles can be loaded. Published: " + many(published.files.length + LISTS.length, "file") + ", " + many(published.statements, "statement") + ".");
  }
  published.probes.forEach(function (name) {
    var style = /\.css$/.test(name), probe = document.createElement(style ? "link" : "script");
    probe.onload = function () { probed(name, true); };
    probe.onerror = function () { probed(name, false); };
    if (style) { probe.rel = "stylesheet"; probe.media = "not all"; probe.href = name; } else probe.src = name;
    document.head.appendChild(probe);
  });
  if (!waiting) { waiting = 1; probed("", true); }

  folder.addEventListener("change", function () { if (folder.files.length) check(Array.from(folder.files), ++run); });

  async function check(files, mine) {
    var expected = new Map(published.files.map(function (file) { return [file[0], file]; }));
    var missing = [], changed = [], additional = [], statements = published.statements ? null : 0, done = 0, own = "", sums = null;
    byId("details").textContent = "";
    bar.hidden = false;
    bar.max = files.length;
    say(byId("result"), true, "Checking " + many(files.length, "file") + " …");
    var seen = new Set();
    for (var file of files) {
      if (mine !== run) return; // another folder was chosen meanwhile
      var name = file.webkitRelativePath.split("/").slice(1).join("/"), listed = expected.get(name);
      seen.add(name);
      if (!listed && LISTS.indexOf(name) < 0) additional.push(name);
      else if (listed && file.size !== listed[1]) changed.push(name);
      else {
        try {
          var bytes = new Uint8Array(await file.arrayBuffer()), digest = await sha256(bytes);
          if (listed && digest.slice(0, listed[2].length) !== listed[2]) changed.push(name);
          if (name === "checksums.js") own = digest;
          if (name === "SHA256SUMS") sums = new TextDecoder().decode(bytes);
        } catch (error) { changed.push(name + " (cannot be read)"); }
      }
      if (/^site\/data\/states\/[^/]+\.csv$/.test(name)) statements += (await file.text()).split("\n").filter(Boolean).length - 1;
      bar.value = ++done;
    }
    if (mine !== run) return;
    bar.hidden = true;
    if (!seen.has("START-HERE.html") && !seen.has("SELF-CHECK.html")) {
      return say(byId("result"), false, "This is another folder: it holds neither START-HERE.html nor SELF-CHECK.html. Choose the one that does.");
    }
    expected.forEach(function (_, name) { if (!seen.has(name)) missing.push(name); });
    LISTS.forEach(function (name) { if (!seen.has(name)) missing.push(name); });
    if (sums !== null && own) {
      // This list has the beginnings of the checksums in that one.
      var enough = published.files[0][2].length;
      var lines = published.files.map(function (file) { return file[2] + "  " + file[0]; }).concat(own.slice(0, enough) + "  checksums.js").sort();
      var told = sums.trim().split("\n").map(function (line) { return line.slice(0, enough) + line.slice(own.length); }).sort();
      if (told.join("\n") !== lines.join("\n")) changed.push("SHA256SUMS or checksums.js (they differ)");
    }
    var well = !missing.length && !changed.length && statements === published.statements;
    var counted = statements === null ? "No statements could be counted." : "Statements counted: " + statements.toLocaleString("en") + " of " + published.statements.toLocaleString("en") + ".";
    say(byId("result"), well && !additional.length, (!well ? "Not all files are as they were published. "
      : (additional.length ? "All published files are as they were, but there are others beside them. " : "All " + many(published.files.length + LISTS.length, "file") + " are as they were published. ")) + counted);
    list("Missing", missing);
    list("Changed", changed);
    list("Additional", additional);
  }

  function list(title, names) {
    if (!names.length) return;
    var head = document.createElement("h3"), items = document.createElement("ul"), most = 200;
    head.textContent = title + ": " + names.length.toLocaleString("en");
    names.sort().slice(0, most).concat(names.length > most ? ["… and " + (names.length - most).toLocaleString("en") + " more"] : []).forEach(function (name) {
      var item = document.createElement("li");
      item.textContent = name;
      items.appendChild(item);
    });
    byId("details").append(head, items);
  }

  async function sha256(bytes) {
    if (!window.crypto || !crypto.subtle) return slowly(bytes);
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  }
  function hex(bytes) { return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join(""); }

  // FIPS 180-4, for browsers that keep crypto.subtle from files.
  function slowly(bytes) {
    var primes = [], n = 2;
    for (; primes.length < 64; n++) if (primes.every(function (p) { return n % p; })) primes.push(n);
    var part = function (x) { return (x - Math.floor(x)) * 4294967296 | 0; };
    var h = primes.slice(0, 8).map(function (p) { return part(Math.sqrt(p)); }), k = primes.map(function (p) { return part(Math.cbrt(p)); });
    var padded = new Uint8Array((bytes.length + 72) >> 6 << 6), view = new DataView(padded.buffer), w = new Int32Array(64);
    padded.set(bytes);
    padded[bytes.length] = 128;
    view.setUint32(padded.length - 8, bytes.length / 536870912);
    view.setUint32(padded.length - 4, bytes.length << 3);
    var turn = function (x, by) { return x >>> by | x << 32 - by; };
    for (var at = 0; at < padded.length; at += 64) {
      var s = h.slice();
      for (var i = 0; i < 64; i++) {
        w[i] = i < 16 ? view.getInt32(at + 4 * i) : w[i - 16] + w[i - 7]
          + (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3) + (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10);
        var a = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + (s[4] & s[5] ^ ~s[4] & s[6]) + k[i] + w[i];
        var b = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]);
        s = [a + b | 0, s[0], s[1], s[2], s[3] + a | 0, s[4], s[5], s[6]];
      }
      h = h.map(function (x, j) { return x + s[j] | 0; });
    }
    return h.map(function (x) { return (x >>> 0).toString(16).padStart(8, "0"); }).join("");
  }
})();
