"""What statements are about: terms, headings, and names that hold no theme."""

from __future__ import annotations

import pytest

from generator.classify import masked


@pytest.fixture(scope="module")
def about(read):
    """Heading and sentence -> themes and groups of its first statement."""

    def found(sentence: str, heading: str = "Concluding remarks") -> tuple[tuple[str, ...], tuple[str, ...]]:
        statement = read(f"## {heading}\n\n{sentence}\n").statements[0]
        return statement.themes, statement.groups

    return found


def test_terms_decide(about) -> None:
    assert about("The Committee regretted the trafficking of girls.") == (("trafficking",), ("girls",))


def test_the_heading_answers_only_where_no_term_speaks(about) -> None:
    assert about("The Committee regretted the delay.", "Data collection") == (("data-collection",), ())


def test_a_ministry_is_no_theme(vocabulary) -> None:
    text = "The Ministry of Labour and Social Welfare helped."
    assert masked(text, vocabulary) == "The                                       helped."


def test_a_whole_title_is_no_theme_but_the_protocol_stays(vocabulary) -> None:
    title = "the Optional Protocol on the sale of children, child prostitution and child pornography"
    assert masked(f"Under {title}.", vocabulary) == "Under " + " " * len(title) + "."
    assert masked("Under the Protocol.", vocabulary) == "Under the Protocol."


def test_a_title_ends_where_it_ends(vocabulary) -> None:
    title = "the Convention on the Rights of Persons with Disabilities"
    assert masked(f"{title} and schools", vocabulary) == "the" + " " * (len(title) - 3) + " and schools"


def test_thanks_have_no_theme(about) -> None:
    assert about("The Committee thanked the delegation for its report on trafficking.") == ((), ())


def test_at_most_three_themes(seed) -> None:
    assert {len(s.themes) for s in seed.statements} <= {0, 1, 2, 3}


def test_themes_and_groups_are_known(seed, vocabulary) -> None:
    assert {theme for s in seed.statements for theme in s.themes} <= set(vocabulary.themes)
    assert {group for s in seed.statements for group in s.groups} <= set(vocabulary.groups)
