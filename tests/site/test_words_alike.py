"""The index and the browser have one definition of a word: both sides split the same texts, and agree in everything.

The browser's script runs in node; `test_words_found.py` searches in a browser.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.search.tabulate import table as made
from generator.search.words import Characters, split, table
from generator.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "templates/assets/words.js"
LANGUAGES = ["en", "fr", "es"]

Fold = Callable[[Sequence[str]], list[dict[str, Any]]]

# For each text its words with their families and places, and its compounds.
ANSWER = """texts => texts.map(text => {
  const found = words.fold(text);
  return {
    places: found.words.map(one => one.word),
    compounds: found.compounds.map(one => one.word),
    families: found.words.map(one => languages.map(of => words.key(one.word, of))),
    ranges: found.words.map(one => [one.start, one.end]),
    first: found.words.map(one => one.first || null),
  };
})"""
NODE = """
const fs = require("fs"), vm = require("vm"), [script, data] = process.argv.slice(1);
vm.runInThisContext(fs.readFileSync(script, "utf8"));
const [forms, table, languages] = JSON.parse(fs.readFileSync(data, "utf8")), words = SessionalWords(forms, table);
const answer = ANSWER;
require("readline").createInterface({input: process.stdin})
  .on("line", line => process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\\n"));
""".replace("ANSWER", ANSWER)


@pytest.fixture(scope="module")
def fold(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fold]:
    """What the browser's script makes of texts."""
    data = [vocabulary.search.data(LANGUAGES), table(), LANGUAGES]
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: words are not compared with the browser's script")
    given = tmp_path_factory.mktemp("words") / "data.json"
    given.write_text(json.dumps(data), encoding="utf-8")
    command = [node, "-e", NODE, str(SCRIPT), str(given)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin
        assert process.stdout
        asked, answers = process.stdin, process.stdout

        def answer(texts: Sequence[str]) -> list[dict[str, Any]]:
            asked.write(json.dumps(texts) + "\n")
            asked.flush()
            return json.loads(answers.readline())

        yield answer
        asked.close()


def both_agree(vocabulary: Vocabulary, fold: Fold, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What the browser found, which is what the index has."""
    found = fold(texts)
    for text, theirs in zip(texts, found, strict=True):
        ours = split(text)
        assert (theirs["places"], theirs["compounds"]) == (ours.places, ours.compounds), text
        families = [[vocabulary.search.key(word, language) for language in LANGUAGES] for word in ours.places]
        assert theirs["families"] == families, text
    return found


# One line for every script that the United Nations write reports or names in, and for everything that is odd in one.
SCRIPTS = """
Türkiye Côte d’Ivoire STRASSE Straße ẞ œuvre Łódź ıĞ naïve Ærø þing ŉ ǅ ſ Việt Nam Ħal Qormi Ɓaɗe Ơ
whistle-blower whistle‐blowers whistle‑blower’s pros\u00adecution traﬃckers oﬀice self-help re-entry
14-year-old COVID-19 2011-2015 a--b -x- a-b-c-d a-b-c-d-e mid-2027 A/HRC/16-17 x-大-y A_B% #9 {plan} 14/2023
135.27 x² ½ ① № ™ €5 𝒜𝓫𝟙 ℃
حقوق الطفل أولاً حُقُوقُ الطِّفْلِ مـــحـــمـــد إلى على آية مدرسة ١٤٣٥ ک ی ﷺ ﻻ ٱ
זכויות הילד שָׁלוֹם בית־ספר Ωμέγα ΣΊΣΥΦΟΣ ᾳ ΐ Київ ёж Й Հայ-երեն ქართული ᲥᲐᲠᲗᲣᲚᲘ አማርኛ ܫܠܡܐ ދިވެހި
ສະຫວັດດີການ ນ້ຳ ໜ ປະເທດລາວ ที่นี่ น้ำ สิทธิเด็ก ๒๕๖๓ ကလေးသူငယ် မြန်မာ ကုမာရ សិទ្ធិកុមារ ᨠᩣᩴ ᬅᬓ᭄ᬱᬭ ꦄꦏ꧀ꦱꦫ
बालकों के अधिकार क़ानून क़ शिशु বাংলা ਪੰਜਾਬੀ ગુજરાતી தமிழ் கொ తెలుగు ಕನ್ನಡ മലയാളം සිංහල བོད་ཡིག་ ᏣᎳᎩ ꮳꮃ ᠮᠣᠩᠭᠣᠯ
大塚 子どもの権利 カタカナ ｶﾀｶﾅ がか\u3099 東 々〇 儿童权利 兒童權利 豈 한국어 어린이 권리 ㄱㅎ ᄒ
ꆈꌠꉙ 𠀀𠀁 \U0001b000
traf\u200bfic \ufeffbom a\u200db \u202ereversed\u202c [U+200B] traf[U+200B]fic [U+2028] [U+110000] [U+FF]
a\x00b \u2028\u2029 👩‍👩‍👧 é e\u0301 e\u0323\u0301
""".strip("\n")
SAMPLES = [*SCRIPTS.split("\n"), *SCRIPTS.split(), *map(chr, range(0x3100)), "", " ", "-", "--", "\u0301", "\u0e48"]


def test_both_sides_agree_on_every_script(vocabulary: Vocabulary, fold: Fold) -> None:
    both_agree(vocabulary, fold, SAMPLES)


def test_both_sides_agree_on_the_texts_and_vocabularies_of_the_project(vocabulary: Vocabulary, fold: Fold) -> None:
    files = [path for end in ("yaml", "md") for path in sorted((ROOT / "content").rglob(f"*.{end}"))]
    texts = [path.read_text(encoding="utf-8") for path in files]
    found = both_agree(vocabulary, fold, texts)
    assert len({word for one in found for word in one["places"]}) > 3000
    assert sum(len(one["compounds"]) for one in found) > 100


def test_both_sides_agree_on_every_character(vocabulary: Vocabulary, fold: Fold) -> None:
    characters = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    lines = [
        " ".join(f"a{chr(code)}b" for code in characters[at : at + 4096]) for at in range(0, len(characters), 4096)
    ]
    both_agree(vocabulary, fold, lines)


# Characters that words are made of, in all their variety, beside any others.
_ODD = "aZ9-\u2010\u2011\u00ad\u200b'’ \u0301\u0327\u0345\u0640ßﬁİıſ" + "".join(SCRIPTS.split("\n")[3:])
TEXTS = st.text(st.sampled_from(_ODD) | st.characters(), max_size=40)


@given(st.lists(TEXTS, max_size=20))
@example(["\U000102e0s \U0001d165\u0323 𐌰𐌱s", "\ud800", "[U+D800]x"])
@example(["ກ\u0eb8\u0ec8 ກ\u0ec8\u0eb8", "เ\u0e38\u0e48-\u0e48"])
def test_both_sides_agree_on_any_text(vocabulary: Vocabulary, fold: Fold, texts: list[str]) -> None:
    both_agree(vocabulary, fold, texts)


@given(TEXTS)
def test_what_a_word_covers_is_that_word(fold: Fold, text: str) -> None:
    (found,) = fold([text])
    units = text.encode("utf-16-le", "surrogatepass")
    last = 0
    for word, first, (start, end) in zip(found["places"], found["first"], found["ranges"], strict=True):
        assert last <= start < end
        last = start
        covered = fold([units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")])[0]["places"]
        # Of a character that stands for two words, such as one half, both words cover all of it.
        assert word in covered
        assert first is None or word.startswith(first)


@given(TEXTS)
def test_texts_that_unicode_calls_equal_have_equal_words(text: str) -> None:
    assert split(unicodedata.normalize("NFC", text)) == split(unicodedata.normalize("NFD", text))


def test_the_table_is_what_its_tool_makes() -> None:
    """A newer version of Unicode may know more characters, but none of those in the table otherwise."""
    fresh, kept = made(), table()
    if fresh["unicode"] == kept["unicode"]:
        assert fresh == kept
    new, old = Characters(fresh), Characters(kept)
    assert [code for code in range(0x110000) if old[code] != " " and new[code] != old[code]] == []
