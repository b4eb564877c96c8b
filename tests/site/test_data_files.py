"""What machines are given: valid by the field's own tools, and the same numbers as the pages."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

import frictionless
import pytest
from building import INVENTED, Built, Order, site
from csvw import CSVW
from jsonschema import Draft202012Validator
from reading_back import Element, content
from referencing import Registry, Resource


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


def beside(built: Built) -> Iterator[tuple[str, dict, list[dict[str, str]]]]:
    """Each page with files: its address, its JSON, its table."""
    for path in sorted(built.site.rglob("index.json")):
        yield (
            f"{path.parent.relative_to(built.site).as_posix()}/",
            read_json(path),
            read_table(path.with_suffix(".csv")),
        )


def ids(told: dict) -> list[str]:
    """The ids that the JSON of a page lists."""
    pages = told["pages"] if "pages" in told else [page for one in told["examinations"] for page in one["pages"]]
    return [id_ for page in pages for id_ in page["statements"]]


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
    return bool({"t", "i"} & element.classes) or (
        element.tag == "tr" and bool(permalinks(element) or "." in element.id)
    )


def permalinks(element: Element) -> list[str]:
    """The last link under the words, or that of the number of a row."""
    links = element.hrefs[-1:] if element.tag == "article" else element.hrefs[:1]
    return [href for href in links if "." in href.partition("#")[2]]


def continued(built: Built, address: str) -> list[str]:
    """A page and those that continue it; of an examination also the parts of its document."""
    parts = r"(?:(?:presentation|dialogue|conclusions)/)?(?:\d+/)?"
    return [one for one in built.pages if re.fullmatch(re.escape(address) + parts, one)]


def test_files_beside_a_page_hold_what_it_lists(built: Built) -> None:
    listed = 0
    for address, told, rows in beside(built):
        assert told["page"] == address
        assert told["count"] == len(ids(told)) == len(set(ids(told))) == len(rows), address
        assert sorted(row.get("id") or row["Id"] for row in rows) == sorted(ids(told)), address
        shown = shown_at(built, address)
        if shown is not None:
            listed += 1
            assert shown == set(ids(told)), address
    assert listed > 10


def test_the_number_is_told_in_words_where_the_files_are_offered(built: Built) -> None:
    for address, told, _ in beside(built):
        take = content(built.site, address).one("section", "s-take")
        number = told["count"]
        assert f"{number:,} statement{'s' * (number != 1)} as files: " in take.words, address
        assert {"index.json", "index.csv"} <= {href.rsplit("/", 1)[-1] for href in take.hrefs}
    offered = [one for one, tree in built.pages.items() if tree.all("section", "s-take")]
    assert set(offered) == {address for address, _, _ in beside(built)}


def test_numbers_that_pages_tell_are_those_of_their_files(built: Built) -> None:
    for address, told, _ in beside(built):
        tree = content(built.site, address)
        match template_of(tree):
            case "kind-theme":
                assert tree.all("strong")[0].words.split()[0] == str(told["count"]), address
            case "kind":
                assert tree.all("strong")[0].words == str(told["count"]), address


def test_examinations_together_are_the_collection(built: Built) -> None:
    whole = [told for _, told, _ in beside(built) if "statements" in told]
    counted = [
        record["id"] for told in whole for record in told["statements"] if record["examination"] == told["examination"]
    ]
    assert sorted(counted) == sorted(record["id"] for record in built.statements)
    by_id = {record["id"]: record for record in built.statements}
    assert all(by_id[record["id"]] == record for told in whole for record in told["statements"])
    data = built.site / "data"
    resources = read_json(data / "datapackage.json")["resources"]
    rows = {one["path"]: one["rows"] if one["type"] == "table" else one["records"] for one in resources}
    assert rows == {
        "statements.csv": len(read_table(data / "statements.csv")),
        "statements.jsonl": len(built.statements),
        "recommendations-uhri.csv": len(read_table(data / "recommendations-uhri.csv")),
        "examinations.json": len(read_json(data / "examinations.json")),
    }
    assert rows["statements.csv"] == rows["statements.jsonl"]
    recommended = built.site / "recommendations/index.json"
    assert rows["recommendations-uhri.csv"] == (read_json(recommended)["count"] if recommended.exists() else 0)


def test_a_list_says_where_its_records_stand(built: Built) -> None:
    for address, told, rows in beside(built):
        for one in told.get("examinations", ()):
            records = read_json(built.site / normpath(address + one["data"]))
            assert records["examination"] == one["examination"]
            held = {record["id"] for record in records["statements"]}
            assert {id_ for page in one["pages"] for id_ in page["statements"]} <= held
        for row in rows:
            if "Permalink" in row:
                page, anchor = row["Permalink"].split("#")
                assert any(element.id == anchor for element in content(built.site, page).walk()), row
        assert (built.site / normpath(address + told["schema"])).is_file()


def test_a_table_without_words_says_so(built: Built) -> None:
    for address, _, rows in beside(built):
        worded = "Text" in rows[0] or "text" in rows[0]
        assert worded == ("without their words" not in content(built.site, address).words), address


# --- valid by the tools of the field ------------------------------------------------------------------------------


def test_every_json_file_is_what_its_schema_says(built: Built) -> None:
    data = built.site / "data"
    for name in ("examinations.json", "datapackage.json"):
        validator(built.site, name).validate(read_json(data / name))
    statement = validator(built.site, "statement.json")
    for record in built.statements:
        statement.validate(record)
    whole, listed = validator(built.site, "examination.json"), validator(built.site, "page.json")
    for _, told, _ in beside(built):
        (whole if "statements" in told else listed).validate(told)


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
    assert not statement.is_valid({name: held for name, held in record.items() if name != field})


def test_the_data_package_is_valid(built: Built) -> None:
    report = frictionless.validate(str(built.site / "data/datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])
    assert len(report.tasks) == 4
    assert {task.name: task.stats["rows"] for task in report.tasks if "rows" in task.stats} == {
        "statements": len(built.statements),
        "statements-lines": len(built.statements),
        "recommendations-uhri": len(read_table(built.site / "data/recommendations-uhri.csv")),
    }


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("statements.csv", ",committee,", ",somebody,"),
        ("statements.csv", ",concern,", ",worry,"),
        ("statements.jsonl", '"reviewed":false', '"reviewed":"no"'),
        ("recommendations-uhri.csv", "Recommendations", "Wishes"),
        ("examinations.json", "stated", "said"),
    ],
)
def test_a_broken_data_package_is_not(arcadia_site: Built, tmp_path: Path, name: str, old: str, new: str) -> None:
    data = copied(arcadia_site, tmp_path)
    text = (data / name).read_bytes().decode()
    assert old in text
    (data / name).write_bytes(text.replace(old, new, 1).encode())
    assert not frictionless.validate(str(data / "datapackage.json")).valid


def test_the_metadata_of_the_table_is_valid(built: Built) -> None:
    table = CSVW(str(built.site / "data/statements.csv-metadata.json"), validate=True)
    assert table.is_valid, [str(one.message) for one in table.warnings]
    (read,) = table.tables
    rows = list(read)
    assert [row["id"] for row in rows] == [record["id"] for record in built.statements]
    assert [row["themes"] for row in rows] == [record["themes"] for record in built.statements]
    assert [row["reviewed"] for row in rows] == [record["reviewed"] for record in built.statements]


@pytest.mark.parametrize(
    ("old", "new"), [(",concern,", ",worry,"), (",false,", ",no,"), (",text,lang,", ",words,lang,")]
)
def test_the_metadata_of_a_broken_table_is_not(arcadia_site: Built, tmp_path: Path, old: str, new: str) -> None:
    data = copied(arcadia_site, tmp_path)
    text = (data / "statements.csv").read_bytes().decode()
    (data / "statements.csv").write_bytes(text.replace(old, new, 1).encode())
    assert not CSVW(str(data / "statements.csv-metadata.json"), validate=True).is_valid


# --- terms --------------------------------------------------------------------------------------------------------


def test_the_licence_is_of_our_metadata_only(built: Built) -> None:
    told = read_json(built.site / "data/datapackage.json")
    (licence,) = told["licenses"]
    assert licence["name"] == "CC-BY-4.0"
    assert "not for the quotations" in licence["title"]
    page = content(built.site, "data/").words
    for text in (told["description"], page, *(one["terms"] for _, one, _ in beside(built))):
        assert "This licence does not cover the quotations" in text
    files = {row["path"] for row in read_table(built.site / "data/statements.csv")}
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
    for _, told, rows in beside(silent_site):
        assert told["count"] == len(rows)


def silent_documents(built: Built, how: str) -> list[dict]:
    """The documents whose terms are these."""
    whole = (told for _, told, _ in beside(built) if "statements" in told)
    return [one for told in whole for one in told["documents"] if one["rights"]["source_text"] == how]


# --- the page about it --------------------------------------------------------------------------------------------


def test_the_page_tells_each_file_with_its_size(built: Built) -> None:
    tree = content(built.site, "data/")
    items = [item for files in tree.all("ul", "s-files") for item in files.all("li")]
    told = {item.one("a").words if len(item.all("a")) == 1 else item.all("a")[0].words: item.words for item in items}
    data = built.site / "data"
    assert set(told) == {path.name for path in data.iterdir() if path.is_file()} - {"index.html"}
    for name, words in told.items():
        size = (data / name).stat().st_size
        number, unit = re.search(r"([\d.]+) (bytes?|kB|MB)", words).groups()
        assert abs(float(number) * {"k": 1e3, "M": 1e6}.get(unit[0], 1) - size) <= size / 20, name
    assert f"{len(built.statements):,} record" in told["statements.jsonl"]
    fields = [term.one("code").words for term in tree.one("dl", "s-fields").all("dt")]
    assert set(fields) - {"source.path", "source.sha256", "source.spans"} == built.statements[0].keys() - {"source"}
