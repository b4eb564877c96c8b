"""The stages strung together: sources in, a site out. The only reader and writer of disk.

Takes a `Project` and, from the theme, one rendered shell for each part of the navigation and depth. Gives the site's
pages, data and search index on disk, and the check of the finished site.

What stands here is loaded when it is first asked for: a build that finds nothing to do asks for hardly anything.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.build.beginning import BeginningError, begin
    from generator.build.bundle import Bundle, chosen_states, write_bundle
    from generator.build.editions import EditionError, edition, ended_files_of, labels_of
    from generator.build.executors import AUTO, FORMS, Choice, ExecutorError
    from generator.build.faults import fault
    from generator.build.lines import LineFinder
    from generator.build.links import LinkCheck
    from generator.build.neighbours import Neighbours
    from generator.build.output import Output
    from generator.build.preview import Preview
    from generator.build.previewing import Made, Wanted, write_preview
    from generator.build.project import Project, Surroundings
    from generator.build.publication import Publication, load_templates, lost_pages, prepare, publish
    from generator.build.reading import Progress, Reading, read_project, read_source
    from generator.build.registering import Registration, register
    from generator.build.review import Doubt, doubts, skeleton
    from generator.build.server import PreviewServer
    from generator.build.standing import Said, Standing, find_root
    from generator.build.theme import Theme
    from generator.build.timings import Timings
    from generator.build.whole import NotPutAwayError, SiteInUseError, made_whole
    from generator.build.withholding import (
        RedactionError,
        Told,
        Withholding,
        let_pages_go,
        withhold_person,
        withhold_statement,
    )
    from generator.build.workers import read_each

_ROOMS = {
    "beginning": "BeginningError begin",
    "bundle": "Bundle chosen_states write_bundle",
    "editions": "EditionError edition ended_files_of labels_of",
    "executors": "AUTO FORMS Choice ExecutorError",
    "faults": "fault",
    "lines": "LineFinder",
    "links": "LinkCheck",
    "neighbours": "Neighbours",
    "output": "Output",
    "preview": "Preview",
    "previewing": "Made Wanted write_preview",
    "project": "Project Surroundings",
    "publication": "Publication load_templates lost_pages prepare publish",
    "reading": "Progress Reading read_project read_source",
    "registering": "Registration register",
    "review": "Doubt doubts skeleton",
    "server": "PreviewServer",
    "standing": "Said Standing find_root",
    "theme": "Theme",
    "timings": "Timings",
    "whole": "NotPutAwayError SiteInUseError made_whole",
    "withholding": "RedactionError Told Withholding let_pages_go withhold_person withhold_statement",
    "workers": "read_each",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "AUTO",
    "FORMS",
    "BeginningError",
    "Bundle",
    "Choice",
    "Doubt",
    "EditionError",
    "ExecutorError",
    "LineFinder",
    "LinkCheck",
    "Made",
    "Neighbours",
    "NotPutAwayError",
    "Output",
    "Preview",
    "PreviewServer",
    "Progress",
    "Project",
    "Publication",
    "Reading",
    "RedactionError",
    "Registration",
    "Said",
    "SiteInUseError",
    "Standing",
    "Surroundings",
    "Theme",
    "Timings",
    "Told",
    "Wanted",
    "Withholding",
    "begin",
    "chosen_states",
    "doubts",
    "edition",
    "ended_files_of",
    "fault",
    "find_root",
    "labels_of",
    "let_pages_go",
    "load_templates",
    "lost_pages",
    "made_whole",
    "prepare",
    "publish",
    "read_each",
    "read_project",
    "read_source",
    "register",
    "skeleton",
    "withhold_person",
    "withhold_statement",
    "write_bundle",
    "write_preview",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
