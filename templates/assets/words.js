// The words of a text and their families: the same few lines as in generator/vocabulary/wordforms.py, on the same data.
"use strict";
function SessionalWords(data) {
  var PLAIN = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th" }, WORD = /[\p{L}\p{N}\p{M}]+/gu, languages = {}, small = {};
  Object.keys(data).forEach(function (language) {
    var one = data[language], kept = {};
    one.kept.split(" ").forEach(function (word) { kept["=" + word] = true; });
    one.stop.split(" ").forEach(function (word) { small["=" + word] = true; });
    languages[language] = { kept: kept, irregular: new Map(Object.entries(one.irregular)), endings: one.endings };
  });
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[ßæœøłđðıþ]/g, function (sign) { return PLAIN[sign]; });
  }
  function fold(text) {
    var found = [], match;
    WORD.lastIndex = 0;
    while ((match = WORD.exec(text))) {
      var word = plain(match[0]).replace(/[^\p{L}\p{N}]/gu, "");
      if (word) found.push({ word: word, start: match.index, end: match.index + match[0].length });
    }
    return found;
  }
  function key(word, language) {
    var of = languages[language];
    if (!of) return word;
    word = of.irregular.get(word) || word;
    if (word.length < 4 || of.kept["=" + word] || /\p{N}/u.test(word)) return word;
    for (var number = 0; number < of.endings.length; number++) {
      var step = of.endings[number];
      for (var n = 0; n < step.length; n++) {
        var left = word.length - step[n][0].length;
        if (left >= step[n][2] && word.slice(left) === step[n][0]) { word = word.slice(0, left) + step[n][1]; break; }
      }
      if (number === 0) {
        word = of.irregular.get(word) || word;
        if (of.kept["=" + word]) return word;
      }
    }
    return word;
  }
  return { fold: fold, key: key, isStop: function (word) { return !!small["=" + word]; }, irregular: function (language) { return languages[language] ? Array.from(languages[language].irregular.keys()) : []; } };
}
