"""What machines are given: valid by the field's own tools, and the same numbers as the pages."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from posixpath import normpath

import frictionless
import pytest
from building import INVENTED, Built, Order, run, site
from csvw import CSVW
from jsonschema import Draft202012Validator
from reading_back import Element, content, is_item, permalink
from records import statements_of_examination
from referencing import Registry, Resource

from generator.contract import ALWAYS, COLUMNS
from generator.exports.tables import MARK


@site
def silent_site(folder: Path) -> Order:
    """The invented corpus, of which one source may not be quoted and of another only excerpts are shown."""
    for path in (INVENTED / "sources").iterdir():
        (folder / "sources").mkdir(exist_ok=True)
        (folder / "sources" / path.name).write_bytes(path.read_bytes())
    register = (INVENTED / "sources.yaml").read_text(encoding="utf-8")
    first, *others = re.split(r"(?m)^(?=- file:)", register)
    terms = ["none", "excerpts", *["full"] * len(others)]
    told = [
        re.sub(r"(?m)^  source_text: .*$", f"  source_text: {how}", one)
        for one, how in zip(others, terms, strict=False)
    ]
    (folder / "sources.yaml").write_text(first + "".join(told), encoding="utf-8")
    return Order(("--sources", folder / "sources", "--vocabularies", INVENTED / "vocabularies"))


@pytest.fixture(params=["seed", "invented"])
def built(request: pytest.FixtureRequest, seed_site: Built, arcadia_site: Built) -> Built:
    """Each of the two sites."""
    return {"seed": seed_site, "invented": arcadia_site}[request.param]


def read_json(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def tables(built: Built) -> dict[str, list[dict[str, str]]]:
    """The table beside each page that has one, by the page's address."""
    found = sorted(built.site.rglob("index.csv"))
    return {f"{path.parent.relative_to(built.site).as_posix()}/": read_table(path) for path in found}


def examinations(built: Built) -> dict[str, dict]:
    """The JSON beside each examination, by its address."""
    return {told["page"]: told for told in map(read_json, sorted(built.site.rglob("index.json")))}


def states(built: Built) -> dict[str, list[dict[str, str]]]:
    """The table of each State, by its name in addresses."""
    return {path.stem: read_table(path) for path in sorted((built.site / "data/states").glob("*.csv"))}


def validator(site: Path, name: str) -> Draft202012Validator:
    folder = site / "data/schemas"
    registry = Registry().with_resources(
        (path.name, Resource.from_contents(read_json(path))) for path in folder.glob("*.json")
    )
    schema = read_json(folder / name)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, registry=registry)


def copied(built: Built, folder: Path) -> Path:
    """The data in a folder of its own, to be broken."""
    shutil.copytree(built.site / "data", folder / "data")
    return folder / "data"


# --- counts -------------------------------------------------------------------------------------------------------


def shown_at(built: Built, address: str) -> set[str] | None:
    """The ids that a page shows with the pages that continue it; None where it counts and does not list."""
    template = template_of(content(built.site, address))
    if template in ("country", "session"):
        return None
    if template == "kind":
        themes = [one for one in built.pages if re.fullmatch(rf"{address}[a-z-]+/", one)]
        return set().union(*(shown_at(built, one) or () for one in themes))
    found: set[str] = set()
    if template == "theme":
        # Concerns and recommendations stand in the indexes of their kinds.
        indexes = (address.replace("themes/", f"{kind}/") for kind in ("concerns", "recommendations"))
        found.update(*(shown_at(built, one) or () for one in indexes if one in built.pages))
    for one in continued(built, address):
        tree = content(built.site, one)
        if template == "examination":
            found |= {element.id for element in tree.walk() if is_statement(element) and element.id}
        else:
            found |= {href.split("#")[1] for e in tree.walk() if is_statement(e) for href in permalinks(e)}
    return found


def template_of(tree: Element) -> str:
    (name,) = (one.removeprefix("s-page-") for one in tree.classes if one.startswith("s-page-"))
    return name


def is_statement(element: Element) -> bool:
    """Whether it is a card, a row of a list, or a sentence told inside another."""
    card = element.tag in ("article", "span") and bool({"t", "i"} & element.classes)
    return card or is_item(element) or (element.tag == "tr" and bool(permalinks(element) or "." in element.id))


def permalinks(element: Element) -> list[str]:
    """The last link under the words, the one of an item, or that of the number of a row."""
    if is_item(element):
        return [f"#{permalink(element)}"]
    links = element.hrefs[-1:] if element.tag == "article" else element.hrefs[:1]
    return [href for href in links if "." in href.partition("#")[2]]


def continued(built: Built, address: str) -> list[str]:
    """A page and those that continue it; of an examination also the parts of its document."""
    parts = r"(?:(?:presentation|dialogue|conclusions)/)?(?:\d+/)?"
    return [one for one in built.pages if re.fullmatch(re.escape(address) + parts, one)]


def test_tables_beside_pages_hold_what_these_list(built: Built) -> None:
    listed = 0
    for address, rows in tables(built).items():
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids)), address
        shown = shown_at(built, address)
        if shown is not None:
            listed += 1
            assert shown == set(ids), address
    assert listed > 10


def test_each_page_has_the_files_of_its_sort_and_no_others(built: Built) -> None:
    beside: dict[str, set[str]] = {}
    for path in built.site.rglob("index.*"):
        if path.name != "index.html":
            beside.setdefault(f"{path.parent.relative_to(built.site).as_posix()}/", set()).add(path.name)
    examination = {"index.json", "index.csv", "index.ris", "index.bib", "index.csl.json"}
    for address, names in beside.items():
        template = template_of(content(built.site, address))
        assert template in ("examination", "theme", "session", "kind", "ledger"), address
        assert names == (examination if template == "examination" else {"index.csv"}), address
        # Never beside a page that continues another.
        assert template == "session" or not re.search(r"/\d+/$", address), address
    for address in ("concerns/", "recommendations/", "questions/", "commitments/"):
        listed = [one for one in built.pages[address].walk() if is_statement(one)]
        assert not listed or address in beside, address
    assert not list(built.site.rglob("feed.json"))


def test_all_tables_begin_alike_and_each_statement_has_one_line_in_all_of_them(built: Built) -> None:
    heading, lines = (MARK + ",".join(COLUMNS) + "\r\n").encode(), {}
    files = [*built.site.rglob("index.csv"), *(built.site / "data/states").glob("*.csv")]
    for path in files:
        data = path.read_bytes()
        assert data.startswith(heading), path
        for line in data.removeprefix(heading).splitlines(keepends=True):
            assert line.endswith(b"\r\n"), path
            assert lines.setdefault(line.partition(b",")[0], line) == line, path
    assert sorted(id_.decode() for id_ in lines) == sorted(one["id"] for one in built.statements)
    for path in built.site.rglob("*.csv"):
        assert path.read_bytes().startswith(MARK.encode()), path


def test_the_number_is_told_in_words_where_the_files_are_offered(built: Built) -> None:
    number = {address: len(rows) for address, rows in tables(built).items()}
    number |= {f"countries/{slug}/": len(rows) for slug, rows in states(built).items()}
    for address, many in number.items():
        take = content(built.site, address).one("section", "s-take")
        assert f"{many:,} statement{'s' * (many != 1)} as " in take.words, address
    told = re.compile(r"[\d,]+ statements? as (?:CSV|JSON)")
    offered = [one for one, tree in built.pages.items() if told.search(tree.words)]
    assert set(offered) == number.keys()
    for slug in states(built):
        hrefs = content(built.site, f"countries/{slug}/").one("section", "s-take").hrefs
        assert {f"../../data/states/{slug}.csv", f"../../data/states/{slug}.jsonl"} <= set(hrefs)


def test_a_kind_on_a_theme_leads_to_the_tables_that_hold_it(built: Built) -> None:
    seen = 0
    for address in built.pages:
        if match := re.fullmatch(r"(concerns|recommendations)/([a-z-]+)/", address):
            kind, theme = match.groups()
            names = {f"{kind}/index.csv"} | ({f"themes/{theme}/index.csv"} if theme != "without-theme" else set())
            hrefs = content(built.site, address).one("section", "s-take").hrefs
            assert {normpath(address + href) for href in hrefs if href.endswith(".csv")} == names, address
            shown = shown_at(built, address)
            assert all(shown <= {row["id"] for row in tables(built)[name.removesuffix("index.csv")]} for name in names)
            seen += 1
    assert seen > 5


def test_numbers_that_pages_tell_are_those_of_their_files(built: Built) -> None:
    for address, rows in tables(built).items():
        tree = content(built.site, address)
        if template_of(tree) == "kind":
            assert tree.all("strong")[0].words == str(len(rows)), address


def test_examinations_together_are_the_collection(built: Built) -> None:
    whole = [(told, statements_of_examination(told)) for told in examinations(built).values()]
    counted = [one["id"] for told, records in whole for one in records if one["examination"] == told["examination"]]
    assert sorted(counted) == sorted(record["id"] for record in built.statements)
    by_id = {record["id"]: record for record in built.statements}
    for told, records in whole:
        assert told["count"] == len(records)
        assert all(by_id[record["id"]] == record for record in records)
        assert (built.site / normpath(told["page"] + told["schema"])).is_file()
    data = built.site / "data"
    resources = read_json(data / "datapackage.json")["resources"]
    rows = {one["name"]: one["rows"] if "rows" in one else one["records"] for one in resources}
    assert rows == {
        "statements": sum(map(len, states(built).values())),
        "statements-lines": len(built.statements),
        "examinations": len(read_json(data / "examinations.json")),
    }
    assert rows["statements"] == rows["statements-lines"]


def test_the_records_of_the_site_are_those_that_read_prints(seed_site: Built) -> None:
    printed = run("sessional", "read", "content/sources/lao-pdr-opsc-69.md", "--format", "jsonl").stdout
    assert [json.loads(line) for line in printed.splitlines()] == seed_site.statements


def test_every_statement_stands_where_its_examination_says(built: Built) -> None:
    for address, told in examinations(built).items():
        elsewhere = {id_: page["address"] for page in told["pages"] for id_ in page["statements"]}
        ids = {one["id"] for one in told["statements"]}
        assert elsewhere.keys() <= ids
        for page in {address, *elsewhere.values()}:
            anchors = {element.id for element in content(built.site, page).walk()}
            assert {id_ for id_ in ids if elsewhere.get(id_, address) == page} <= anchors, page


# --- valid by the tools of the field ------------------------------------------------------------------------------


def test_every_json_file_is_what_its_schema_says(built: Built) -> None:
    data = built.site / "data"
    for name in ("examinations.json", "datapackage.json"):
        validator(built.site, name).validate(read_json(data / name))
    statement = validator(built.site, "statement.json")
    for path in (data / "states").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            statement.validate(json.loads(line))
    # What `sessional read` prints has all fields.
    for record in built.statements:
        statement.validate(record)
    whole = validator(built.site, "examination.json")
    for told in examinations(built).values():
        whole.validate(told)


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "opinion"), ("speaker", None), ("text", 3), ("session", "69"), ("themes", "trafficking"),
     ("id", "lao-opsc-69"), ("date", "27 May 2015"), ("due", {"date": "2016"}), ("source", {})],
)  # fmt: skip
def test_a_record_that_breaks_the_contract_is_refused(seed_site: Built, field: str, value: object) -> None:
    statement = validator(seed_site.site, "statement.json")
    record = dict(seed_site.statements[0])
    assert statement.is_valid(record)
    assert not statement.is_valid({**record, field: value})
    without = {name: held for name, held in record.items() if name != field}
    assert statement.is_valid(without) == (field not in ALWAYS)


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "opinion"), ("rule", "explicit"), ("section", -1), ("spans", []), ("spans", [[1, 2]]), ("document", 0)],
)
def test_a_statement_of_an_examination_that_breaks_the_contract_is_refused(
    seed_site: Built, field: str, value: object
) -> None:
    (told,) = examinations(seed_site).values()
    whole = validator(seed_site.site, "examination.json")
    assert whole.is_valid(told)
    assert not whole.is_valid({**told, "statements": [{**told["statements"][0], field: value}]})


def test_the_data_package_is_valid(built: Built) -> None:
    report = frictionless.validate(str(built.site / "data/datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == 3
    assert {task.name: task.stats["rows"] for task in report.tasks if "rows" in task.stats} == {
        "statements": len(built.statements),
        "statements-lines": len(built.statements),
    }


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("states/xar.csv", ",committee,", ",somebody,"),
        ("states/xru.csv", ",concern,", ",worry,"),
        ("states/xar.csv", "\r\n", ",more\r\n"),
        ("states/xfr.jsonl", "{", ""),
        ("examinations.json", "stated", "said"),
    ],
)
def test_a_broken_data_package_is_not(arcadia_site: Built, tmp_path: Path, name: str, old: str, new: str) -> None:
    data = copied(arcadia_site, tmp_path)
    text = (data / name).read_bytes().decode()
    assert old in text
    (data / name).write_bytes(text.replace(old, new, 1).encode())
    assert not frictionless.validate(str(data / "datapackage.json")).valid


def described_tables(data: Path, folder: Path) -> CSVW:
    """The tables of States with their metadata. What the group says of all tables, its reader wants said of each."""
    shutil.copytree(data / "states", folder / "states")
    told = read_json(folder / "states/csv-metadata.json")
    schema = told.pop("tableSchema")
    told["tables"] = [{**table, "tableSchema": schema} for table in told["tables"]]
    (folder / "states/csv-metadata.json").write_text(json.dumps(told), encoding="utf-8")
    return CSVW(str(folder / "states/csv-metadata.json"), validate=True)


def test_the_metadata_of_the_tables_is_valid(built: Built, tmp_path: Path) -> None:
    group = described_tables(built.site / "data", tmp_path)
    assert group.is_valid, [str(one.message) for one in group.warnings]
    rows = [row for table in group.tables for row in table]
    by_id = {record["id"]: record for record in built.statements}
    assert len(rows) == len(by_id)
    for row in rows:
        record = by_id[row["id"]]
        assert [row[name] for name in ("themes", "reviewed", "session", "text")] == [
            record[name] for name in ("themes", "reviewed", "session", "text")
        ]


@pytest.mark.parametrize(
    ("old", "new"), [(",concern,", ",worry,"), (",false,", ",no,"), (",text,themes,", ",words,themes,")]
)
@pytest.mark.parametrize("state", ["xar", "xru"])
def test_the_metadata_of_a_broken_table_is_not(
    arcadia_site: Built, tmp_path: Path, old: str, new: str, state: str
) -> None:
    data = copied(arcadia_site, tmp_path)
    file = data / f"states/{state}.csv"
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())
    assert not described_tables(data, tmp_path / "described").is_valid


# --- terms --------------------------------------------------------------------------------------------------------


def test_the_licence_is_of_our_metadata_only(built: Built) -> None:
    told = read_json(built.site / "data/datapackage.json")
    (licence,) = told["licenses"]
    assert licence["name"] == "CC-BY-4.0"
    assert "not for the quotations" in licence["title"]
    page = content(built.site, "data/").words
    for text in (told["description"], page, *(one["terms"] for one in examinations(built).values())):
        assert "This licence does not cover the quotations" in text
    files = {row["path"] for rows in states(built).values() for row in rows}
    assert {one["file"] for one in told["sources"]} >= files
    assert all(one["publisher"] and one["rights"]["holder"] and one["rights"]["terms"] for one in told["sources"])
    assert "created" not in told


def test_words_that_may_not_be_shown_stand_in_no_file(arcadia_site: Built, silent_site: Built) -> None:
    silent = {told["path"] for told in silent_documents(silent_site, "none")}
    excerpts = {told["path"] for told in silent_documents(silent_site, "excerpts")}
    assert len(silent) == len(excerpts) == 1
    hidden = [record for record in arcadia_site.statements if record["source"]["path"] in silent]
    others = " ".join(r["text"] for r in arcadia_site.statements if r["source"]["path"] not in silent)
    words = [record["text"] for record in hidden if record["text"] not in others]
    assert len(words) > 5
    files = [p for p in silent_site.site.rglob("*") if p.suffix in (".json", ".jsonl", ".csv", ".md") and p.is_file()]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not [one for one in words if one in text or json.dumps(one, ensure_ascii=False)[1:-1] in text], path
    shown = {record["source"]["path"]: record["text"] for record in silent_site.statements}
    assert all(shown[path] for path in excerpts)
    for address, told in examinations(silent_site).items():
        assert told["count"] == len(tables(silent_site)[address])


def silent_documents(built: Built, how: str) -> list[dict]:
    """The documents whose terms are these."""
    whole = examinations(built).values()
    return [one for told in whole for one in told["documents"] if one["rights"]["source_text"] == how]


# --- the page about it --------------------------------------------------------------------------------------------


def test_the_page_tells_each_file_with_its_size(built: Built) -> None:
    tree = content(built.site, "data/")
    items = [item for files in tree.all("ul", "s-files") for item in files.all("li")]
    told = {item.all("a")[0].words: item.words for item in items}
    data = built.site / "data"
    files = {path.name for path in data.iterdir() if path.is_file()} - {"index.html"}
    assert set(told) == files | {"states/csv-metadata.json"}
    for name, words in told.items():
        size = (data / name).stat().st_size
        number, unit = re.search(r"([\d.]+) (bytes?|kB|MB)", words).groups()
        assert abs(float(number) * {"k": 1e3, "M": 1e6}.get(unit[0], 1) - size) <= size / 20, name
    fields = [term.one("code").words for term in tree.one("dl", "s-fields").all("dt")]
    assert set(fields) - {"source.path", "source.sha256", "source.spans"} == built.statements[0].keys() - {"source"}


def test_the_page_names_the_files_of_each_state(built: Built) -> None:
    tree = content(built.site, "data/")
    items = tree.one("ul", "s-states").all("li")
    assert len(items) == len(states(built))
    offered = {href.removeprefix("../data/") for item in items for href in item.hrefs}
    assert offered == {f"states/{slug}{end}" for slug in states(built) for end in (".csv", ".jsonl")}
    for item in items:
        (slug,) = {href.rsplit("/", 1)[-1].partition(".")[0] for href in item.hrefs}
        assert f" {len(states(built)[slug]):,} " in item.words
