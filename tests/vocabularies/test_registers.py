"""Treaties, sessions, people, ratifications, languages: dates in order, references that hold."""

from __future__ import annotations

import re

from generator.recognise import cited_treaties

ISO = re.compile(r"\d{4}-\d\d-\d\d")


def test_sessions_start_before_they_end(vocabulary) -> None:
    wrong = [s.key for s in vocabulary.sessions.values() if s.start and s.end and not s.start <= s.end]
    assert wrong == []


def test_sessions_follow_one_another(vocabulary) -> None:
    for body in {body for body, _ in vocabulary.sessions}:
        starts = [s.start for key, s in sorted(vocabulary.sessions.items()) if key[0] == body and s.start]
        assert starts == sorted(starts)


def test_dates_are_dates(vocabulary) -> None:
    dates = [d for s in vocabulary.sessions.values() for d in (s.start, s.end) if d]
    dates += [d for t in vocabulary.treaties.by_id.values() for d in (t.adopted, t.in_force) if d]
    assert [date for date in dates if not ISO.fullmatch(date)] == []


def test_every_treaty_is_found_by_its_own_title_and_id(vocabulary) -> None:
    for treaty in vocabulary.treaties.by_id.values():
        for text in (f"the {treaty.title}", treaty.id):
            assert [found.id for found, _, _ in cited_treaties(text, vocabulary.treaties)] == [treaty.id]


def test_protocols_belong_to_treaties(vocabulary) -> None:
    known = vocabulary.treaties.by_id
    assert [t.id for t in known.values() if t.protocol_to and t.protocol_to not in known] == []


def test_people_have_states_and_one_form_is_one_person(vocabulary) -> None:
    assert [p.id for p in vocabulary.people.values() if p.state and p.state not in vocabulary.states.by_code] == []
    for person in vocabulary.people.values():
        assert vocabulary.person_named(person.name) == person


def test_a_treaty_is_ratified_or_only_signed_or_neither(vocabulary) -> None:
    register = vocabulary.ratifications
    for code in {*register.signed, *register.neither}:
        assert code in vocabulary.states.by_code
        told = [*register.years.get(code, ()), *register.signed.get(code, ()), *register.neither.get(code, ())]
        assert len(told) == len(set(told)), code
        assert set(told) <= set(vocabulary.treaties.by_id), code


def test_ratifications_are_of_known_states_and_treaties(vocabulary) -> None:
    years = vocabulary.ratifications.years
    assert [code for code in years if code not in vocabulary.states.by_code] == []
    assert {treaty for row in years.values() for treaty in row} <= set(vocabulary.treaties.by_id)
    assert [y for row in years.values() for y in row.values() if not 1989 <= y <= 2030] == []


def test_defaults_of_families_are_treaties(vocabulary) -> None:
    defaults = [f.default_treaty for f in vocabulary.families.values() if f.default_treaty]
    assert set(defaults) <= set(vocabulary.treaties.by_id)
