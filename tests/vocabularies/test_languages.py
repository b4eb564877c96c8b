"""French and Spanish beside English: ordinals, and bodies of the State that are not the Committee."""

from __future__ import annotations

import re

import pytest

from generator.vocabulary import ordinals
from generator.vocabulary.grammar import ORDINAL


@pytest.mark.parametrize(
    ("written", "lang", "numbers"),
    [
        ("TROISIÈME ET QUATRIÈME", "fr", (3, 4)),
        ("CINQUANTE-NEUVIEME", "fr", (59,)),
        ("soixante et onzième", "fr", (71,)),
        ("quatre-vingt-dix-septième", "fr", (97,)),
        ("cent unième", "fr", (101,)),
        ("deuxième à cinquième", "fr", (2, 3, 4, 5)),
        ("81ème", "fr", (81,)),
        ("initiaux", "fr", (1,)),
        ("SEXAGÉSIMO OCTAVO", "es", (68,)),
        ("tercero y cuarto", "es", (3, 4)),
        ("vigesimoprimero", "es", (21,)),
        ("centésimo primer", "es", (101,)),
        ("96.º", "es", (96,)),
        ("52°", "es", (52,)),
        ("iniciales", "es", (1,)),
    ],
)
def test_ordinals(written: str, lang: str, numbers: tuple[int, ...]) -> None:
    assert ordinals(written, lang) == numbers
    assert re.fullmatch(ORDINAL[lang], written, re.IGNORECASE)


@pytest.mark.parametrize(
    "sentence",
    [
        "La Présidente du Comité national a recommandé la gratuité de l'école.",
        "Les membres du Comité interministériel ont exprimé leur préoccupation.",
        "Le Comité des ministres a recommandé la réforme de la loi.",
        "Le rapporteur spécial sur la traite a recommandé la réforme de la loi.",
        "La Presidenta del Comité Nacional recomendó la gratuidad de la escuela.",
        "Los miembros del Comité Interinstitucional expresaron su preocupación por los niños.",
        "El Relator Especial sobre la trata recomendó la reforma de la ley.",
    ],
)
def test_bodies_of_the_state_are_not_the_committee(read, sentence: str) -> None:
    statements = read(f"## Education\n\n{sentence}\n").statements
    assert [s.text for s in statements if s.speaker == "committee"] == []
