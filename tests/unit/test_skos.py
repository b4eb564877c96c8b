"""The themes as a thesaurus: both files say the same, all of the vocabulary and nothing else."""

from __future__ import annotations

import json

import pytest

from generator.skos import theme_files

rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed: the thesaurus is not read back")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
URL = "https://example.org/crc/"


def graphs(vocabulary, url):
    files = dict(theme_files(vocabulary, url))
    # Relative names are those of the file they stand in.
    return [
        rdflib.Graph().parse(data=files[f"data/themes.{end}"], format=form, publicID=f"{URL}data/themes.{end}")
        for end, form in (("jsonld", "json-ld"), ("ttl", "turtle"))
    ]


@pytest.mark.parametrize("url", [URL, None])
def test_both_files_hold_the_same_triples(vocabulary, url) -> None:
    one, other = graphs(vocabulary, url)
    assert set(one) == set(other)
    assert len(one) > 500


def test_every_theme_is_a_concept_with_its_labels_and_its_place(vocabulary) -> None:
    graph, _ = graphs(vocabulary, URL)
    for theme in vocabulary.themes.values():
        concept = rdflib.URIRef(f"{URL}themes/{theme.id}/#theme")
        labels = {(label.language, str(label)) for label in graph.objects(concept, SKOS.prefLabel)}
        assert labels == set(theme.labels.items())
        assert [str(note) for note in graph.objects(concept, SKOS.scopeNote)] == [theme.definition]
        broader = [f"{URL}themes/{theme.broader}/#theme"] if theme.broader else []
        assert [str(one) for one in graph.objects(concept, SKOS.broader)] == broader
    assert {(b, a) for a, b in graph.subject_objects(SKOS.broader)} == set(graph.subject_objects(SKOS.narrower))
    assert set(graph.objects(None, SKOS.member)) == set(graph.subjects(rdflib.RDF.type, SKOS.Concept))


def test_nothing_is_said_that_the_vocabulary_does_not_say(vocabulary) -> None:
    graph, _ = graphs(vocabulary, URL)
    for unsaid in (SKOS.exactMatch, SKOS.closeMatch, SKOS.altLabel, SKOS.related):
        assert not list(graph.triples((None, unsaid, None)))


def test_the_files_need_nobody_elses_context(vocabulary) -> None:
    context = json.loads(dict(theme_files(vocabulary, None))["data/themes.jsonld"])["@context"]
    assert all(isinstance(value, str) and ":" in value for value in context.values())
