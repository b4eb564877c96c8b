"""Small grammars that patterns of other vocabularies use: ordinal numbers, dates, ranges of dates.

Takes languages as data. Gives parsers of numbers and dates as reports write them; what is not a date is None, and
nothing is ever filled in from the clock.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.datafile import Node
from generator.vocabulary.folding import fold
from generator.vocabulary.telling import Telling, load_telling


@dataclass(frozen=True, slots=True)
class Language:
    """What reading needs to know of a language."""

    id: str
    name: str
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    words: frozenset[str]
    months: Mapping[str, int]
    telling: Telling


def load_languages(entries: Iterable[Node]) -> dict[str, Language]:
    """Languages by id."""
    found = {}
    for entry in entries:
        entry.mapping("id name abbreviations may_end months month_forms words facts")
        months = {fold(name): number for number, name in enumerate(entry.need("months").texts(), 1)}
        months |= {fold(name): node.integer() for name, node in entry.get("month_forms").mapping().items()}
        language = Language(
            id=entry.need("id").text(),
            name=entry.need("name").text(),
            abbreviations=frozenset(entry.get("abbreviations").texts()),
            may_end=frozenset(entry.get("may_end").texts()),
            words=frozenset(entry.get("words").texts()),
            months=months,
            telling=load_telling(entry.need("facts")),
        )
        found[language.id] = language
    return found


# --- ordinal numbers --------------------------------------------------------------------------------------------

_UNITS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth \
fifteenth sixteenth seventeenth eighteenth nineteenth".split()
_TENS = {20: "twent", 30: "thirt", 40: "fort", 50: "fift", 60: "sixt", 70: "sevent", 80: "eight", 90: "ninet"}
_UNITES = "unieme deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme \
treizieme quatorzieme quinzieme seizieme dixseptieme dixhuitieme dixneuvieme".split()
_DIZAINES = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatrevingt"}
_UNIDADES = "primero segundo tercero cuarto quinto sexto septimo octavo noveno".split()
_DECENAS = "decimo vigesimo trigesimo cuadragesimo quincuagesimo sexagesimo septuagesimo octogesimo nonagesimo".split()


def _english() -> dict[str, int]:
    """English ordinals, 1 to 199, with `initial` for the first."""
    words = {word: number for number, word in enumerate(_UNITS, 1)}
    for ten, stem in _TENS.items():
        words[stem + "ieth"] = ten
        for unit in range(1, 10):
            words[f"{stem}y{_UNITS[unit - 1]}"] = ten + unit
    for number, word in [(n, w) for w, n in words.items()]:
        for hundred in ("onehundredand", "hundredand", "onehundred", "hundred"):
            words[f"{hundred}{word}"] = 100 + number
    return words | {"onehundredth": 100, "hundredth": 100, "initial": 1}


def _french() -> dict[str, int]:
    """French ordinals, 1 to 199."""
    words = {word: number for number, word in enumerate(_UNITES, 1)}
    for ten, name in _DIZAINES.items():
        words[name.rstrip("e") + "ieme"] = ten
        for unit in range(1, 20 if ten in (60, 80) else 10):
            words[name + _UNITES[unit - 1]] = words[f"{name}et{_UNITES[unit - 1]}"] = ten + unit
    words |= {f"cent{word}": 100 + number for word, number in words.items()}
    return words | {"centieme": 100, "premier": 1, "premiere": 1, "second": 2, "seconde": 2, "initial": 1}


def _spanish() -> dict[str, int]:
    """Spanish ordinals in the masculine, 1 to 199."""
    units = {word: number for number, word in enumerate(_UNIDADES, 1)} | {
        "primer": 1,
        "tercer": 3,
        "setimo": 7,
        "nono": 9,
    }
    words = dict(units)
    for number, name in enumerate(_DECENAS, 1):
        words |= {name: 10 * number} | {name + unit: 10 * number + one for unit, one in units.items()}
    words |= {"undecimo": 11, "duodecimo": 12, "decimoctavo": 18}
    words |= {f"centesimo{word}": 100 + number for word, number in words.items()}
    return words | {"centesimo": 100, "inicial": 1}


_TEN = "|".join(_TENS.values())
_ENGLISH = (
    r"(?:one[\s-]+)?hundredth|initial|(?:(?:one[\s-]+)?hundred[\s-]+(?:and[\s-]+)?)?"
    rf"(?:(?:{_TEN})(?:ieth|y[\s-]+(?:{'|'.join(_UNITS[:9])}))|{'|'.join(reversed(_UNITS))})"
)
_FRENCH = (
    r"premi(?:er|[eè]re)s?|seconde?s?|initia(?:le?s?|ux)|(?:cent[\s-]+)?"
    r"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[\s-]vingt)[\s-]+(?:et[\s-]+)?)?(?:dix[\s-]+)?"
    r"(?:un|deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|quarant|cinquant|"
    r"soixant|quatre[\s-]vingt|cent)i[eè]mes?"
)
_SPANISH = (
    r"primer|tercer|inicial(?:es)?|(?:(?:cent|dec|d[eé]c|vig|trig|cuadrag|quincuag|sexag|septuag|octog|nonag)"
    r"[eé]?s?[ií]m[oa][\s-]*){0,2}(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[eé]p?tim[oa]|"
    r"octav[oa]|ctav[oa]|noven[oa]|non[oa])s?|(?:cent[eé]simo[\s-]+)?(?:und|duod|d)[eé]cim[oa]s?|"
    r"(?:cent[eé]sim[oa][\s-]+)?(?:cent|vig|trig|cuadrag|quincuag|sexag|septuag|octog|nonag)[eé]sim[oa]s?"
)
_WHOLE = r"(?<!\d)(?<!\d[.,/])\d{1,3}"  # never the end of a longer number
_DIGITS = {
    "en": rf"{_WHOLE}\s?(?:st|nd|rd|th)\b",
    "fr": rf"{_WHOLE}\s?(?:(?:i?[eè]?m)?e|er|[eè]?re|n?de?)s?(?!\w)",
    "es": rf"{_WHOLE}\s?\.?\s?(?:[ºª°]|(?:er|[rdtmv]?[oa])\.?)(?!\w)",
}
_WORDS = {"en": _ENGLISH, "fr": _FRENCH, "es": _SPANISH}
_AND = {"en": "(?:,| and| to| -|,? and)", "fr": "(?:,| et| à| a| au| -|,? et)", "es": "(?:,| y| e| a| al| -|,? y)"}
_TO = re.compile(r"\s*(?:to|à|au?|al|-)\s*", re.IGNORECASE)
_NUMBERS: Mapping[str, Mapping[str, int]] = {"en": _english(), "fr": _french(), "es": _spanish()}
_ONE = {lang: rf"(?:{_DIGITS[lang]}|(?:{words})\b)" for lang, words in _WORDS.items()}
# One or several: "third and fourth", "combined 3rd to 5th", "deuxième, troisième et quatrième".
ORDINAL = {lang: rf"(?:{one}(?:{_AND[lang]} {one}){{0,4}})" for lang, one in _ONE.items()}


def ordinals(written: str, lang: str = "en") -> tuple[int, ...]:
    """The numbers of "third and fourth" or "2nd to 5th" (all of a range); empty where there is none."""
    numbers: list[int] = []
    last = 0
    for match in re.finditer(_ONE[lang], written, re.IGNORECASE):
        number = _number(match[0], lang)
        if number is None:
            continue
        if numbers and _TO.fullmatch(written[last : match.start()]):
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
        last = match.end()
    return tuple(dict.fromkeys(numbers))


def _number(ordinal: str, lang: str) -> int | None:
    """The number of one ordinal in digits or words; None for words that are put together as no number is."""
    digits = re.match(r"\d+", ordinal)
    if digits:
        return int(digits[0])
    word = fold(ordinal).replace(" ", "")
    if lang == "es" and word.startswith("inicial"):
        return 1
    if lang == "es":
        word = re.sub(r"(?:a|o)s?(?=$)|(?<=m)a", "o", word)
    elif lang == "fr":
        word = "initial" if word.startswith("initia") else word.removesuffix("s")
    return _NUMBERS[lang].get(word)


# --- dates ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as far as it is written: `iso`, its place, and `precision`: day, month, year, half-year,
    start-of-year, end-of-year, range."""

    iso: str
    precision: str
    start: int
    end: int


_YEAR = re.compile(r"(?:19|20)\d\d")


class Dates:
    """Finds dates in normalised text, in the languages given."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._months = {name: number for language in languages for name, number in language.months.items()}
        month = "|".join(sorted(self._months, key=lambda name: (-len(name), name)))
        month = month.replace("fevrier", "f[eé]vrier").replace("aout", "ao[uû]t").replace("decembre", "d[eé]cembre")
        self.month_name = re.compile(rf"(?:{month})\b", re.IGNORECASE)
        day = r"\d{1,2}(?:\s?(?:st|nd|rd|th|er)\b|[º°.])?"
        year = r"(?:19|20)\d\d(?!\d)"
        of = r"(?:\sof|\sde|\sdu)?"
        dash = r"\s?(?:-|–|—|to|au|al|until)\s?"
        self._pattern = re.compile(
            rf"""
            (?<!\w)(?:
              (?P<range>(?P<d1>{day}){of}(?:\s(?P<m1>{month}))?(?:,?\s(?P<y1>{year}))?{dash}
                        (?P<d2>{day}){of}\s(?P<m2>{month}),?(?:\sde)?\s(?P<y2>{year}))
            | (?P<day>(?P<d>{day})(?:\s(?:et|y)\s{day})?{of}\s(?P<m>{month})\.?,?(?:\sde)?\s(?P<y>{year})
                    | (?P<mm>{month})\.?\s(?P<dd>{day}),?\s(?P<yy>{year}))
            | (?P<half>(?:mid|early|late|beginning\sof|middle\sof|end\sof|start\sof|the\send\sof)[\s-](?P<hy>{year}))
            | (?P<month>\b(?P<mo>{month})\.?,?(?:\sde)?\s(?P<my>{year}))
            | (?P<years>\b(?P<from>{year})\s?(?:-|–|/|to)\s?(?P<until>{year}|\d\d)\b(?![-/]\d))
            | (?P<iso>\b{year}-[01]\d-[0-3]\d\b)
            | (?P<yearonly>(?<![\w/.-]){year}(?![\w/]|-\d|\.\d))
            )""",
            re.VERBOSE | re.IGNORECASE,
        )

    def find(self, text: str) -> list[WrittenDate]:
        """Every date in the text, in its order; impossible days ("31 June") are none."""
        found: list[WrittenDate] = []
        if not _YEAR.search(text):  # the pattern is slow, and every date has a year
            return found
        for match in self._pattern.finditer(text):
            value = self._value(match)
            if value:
                found.append(WrittenDate(*value, match.start(), match.end()))
        return found

    def _value(self, match: re.Match[str]) -> tuple[str, str] | None:
        if match["range"]:
            last = self._day(match["d2"], match["m2"], match["y2"])
            first = self._day(match["d1"], match["m1"] or match["m2"], match["y1"] or match["y2"])
            return (f"{first}/{last}", "range") if first and last else None
        if match["day"]:
            day = self._day(match["d"] or match["dd"], match["m"] or match["mm"], match["y"] or match["yy"])
            return (day, "day") if day else None
        if match["half"]:
            word, year = match["half"].casefold(), match["hy"]
            if word.startswith("mid"):
                return f"{year}-06", "half-year"
            return (f"{year}-12", "end-of-year") if "end" in word or "late" in word else (f"{year}-01", "start-of-year")
        if match["month"]:
            return f"{match['my']}-{self._months[fold(match['mo'])]:02d}", "month"
        if match["years"]:
            until = match["until"] if len(match["until"]) == 4 else match["from"][:2] + match["until"]
            return (f"{match['from']}/{until}", "range") if until > match["from"] else None
        if match["iso"]:
            return match["iso"], "day"
        return match["yearonly"], "year"

    def _day(self, day: str, month: str, year: str) -> str | None:
        number, month_number = int(re.match(r"\d+", day)[0]), self._months[fold(month)]  # type: ignore[index]
        if not 1 <= number <= calendar.monthrange(int(year), month_number)[1]:
            return None
        return f"{int(year):04d}-{month_number:02d}-{number:02d}"
