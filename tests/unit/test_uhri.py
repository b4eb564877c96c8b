"""The recommendations of a built site with the column names of the Universal Human Rights Index."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented import report, review
from staging import INVENTED, Stage

from generator.cli import cli
from generator.published import PublishedError
from generator.uhri import COLUMNS, recommendations

REVIEW = review("Open more schools (Freedonia, Ruritania);", "Keep its registers complete (Sylvania);")


def test_recommendations_have_the_names_of_the_index(stage: Stage) -> None:
    site, _ = stage.write({"arcadia.md": REVIEW})
    table = b"".join(recommendations(site, stage.vocabulary)).decode("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert [row["Text"] for row in rows] == [
        "Open more schools",
        "Keep its registers complete",
        "Abolish the death penalty",
    ]
    first, last = rows[0], rows[-1]
    assert list(first) == [one.name for one in COLUMNS]
    assert (first["Countries Concerned"], first["Reccomending Body"]) == ("Arcadia", "UPR")
    assert (first["Document Symbol"], first["UPR Session"]) == ("A/HRC/99/7", "90")
    assert (first["UPR Reccomending States"], first["UPR Position"]) == ("Freedonia;Ruritania", "Supported")
    assert (first["number"], first["listed"], first["response"]) == ("7.1", "true", "supported")
    # A position that is still to come is none.
    assert (last["UPR Position"], last["response"]) == ("", "pending")
    address, _, anchor = first["permalink"].partition("#")
    assert anchor == first["id"]
    assert f'id="{anchor}"' in (site / address / "index.html").read_text(encoding="utf-8")


def test_the_command_writes_the_table(stage: Stage, tmp_path: Path) -> None:
    site, _ = stage.write({"arcadia.md": REVIEW})
    to = tmp_path / "new/uhri.csv"
    vocabularies = ["--vocabularies", str(INVENTED / "vocabularies")]
    done = CliRunner().invoke(cli, ["export", "uhri", "--site-dir", str(site), "--to", str(to), *vocabularies])
    assert done.exit_code == 0, done.output
    assert "3 recommendations" in done.output
    assert to.read_bytes() == b"".join(recommendations(site, stage.vocabulary))


def test_where_nothing_is_recommended_there_is_a_heading(stage: Stage) -> None:
    site, _ = stage.write({"arcadia.md": report()})
    assert len(list(recommendations(site, stage.vocabulary))) == 1


def test_a_folder_that_is_no_site_is_named(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(PublishedError, match="cannot be read as the index of recommendations"):
        list(recommendations(tmp_path, stage.vocabulary))
