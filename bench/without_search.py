"""`sessional` without its search index, for bench/build.py: all else is built as ever.

python bench/without_search.py build --sources DIR --site-dir DIR
"""

from __future__ import annotations

from generator.build import publication
from generator.cli import main

if __name__ == "__main__":
    if not hasattr(publication, "search_files"):
        raise SystemExit("the build calls its search index by another name: mend bench/without_search.py")
    publication.search_files = lambda *_, **__: ()  # type: ignore[assignment]
    main()
