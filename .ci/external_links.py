#!/usr/bin/env python3
"""Asks whether the addresses elsewhere that a site leads to still answer: `external_links.py SITE`.

Each is asked for once, hosts one after the other, with a pause between two questions to one host; of a host with very
many, some by chance of their name. Status 1 where one answers that there is nothing (404, 410) or its host is not
found; what else goes wrong (a host that refuses robots, a slow one) is told and does not count.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlsplit

MOST_OF_A_HOST = 60
PAUSE = 1.0  # seconds
_LINK = re.compile(r'<a\b[^>]*?\shref="(https?://[^"]+)"')
_GONE = (404, 410)


def addresses(site: Path) -> dict[str, str]:
    """Every address elsewhere, with the first page that leads to it."""
    found: dict[str, str] = {}
    for page in sorted(site.rglob("*.html")):
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            address = html.unescape(link).partition("#")[0]
            found.setdefault(address, page.relative_to(site).as_posix())
    return found


def some(found: list[str]) -> list[str]:
    """At most so many of a host, the same ones each time."""
    return sorted(sorted(found, key=lambda one: hashlib.sha256(one.encode()).digest())[:MOST_OF_A_HOST])


def ask(address: str) -> tuple[bool, str]:
    """Whether an address is sound as far as is known, and what was answered."""
    asked = quote(address, safe=":/?&=%#+,;@()!*'~")
    request = urllib.request.Request(asked, headers={"User-Agent": "sessional-link-check/1"})  # noqa: S310 - http(s) only
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return True, str(answer.status)
    except urllib.error.HTTPError as error:
        return error.code not in _GONE, str(error.code)
    except urllib.error.URLError as error:
        text = str(error.reason)
        return "name" not in text.lower() and "refused" not in text.lower(), text
    except (OSError, ValueError) as error:
        return True, str(error) or type(error).__name__


def main(arguments: list[str]) -> int:
    """The command."""
    if len(arguments) != 1:
        print("usage: external_links.py SITE", file=sys.stderr)
        return 2
    found = addresses(Path(arguments[0]))
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in found:
        hosts[urlsplit(address).netloc].append(address)
    broken = asked = 0
    for host, all_of_it in sorted(hosts.items()):
        chosen = some(all_of_it)
        for number, address in enumerate(chosen):
            time.sleep(PAUSE if number else 0)
            sound, answer = ask(address)
            broken += not sound
            asked += 1
            if not sound or answer != "200":
                print(f"{'broken' if not sound else 'unsure'}: {address} ({answer}), from {found[address]}")
        if len(chosen) < len(all_of_it):
            print(f"{host}: {len(chosen)} of {len(all_of_it)} asked")
    print(f"{asked} addresses asked, {broken} broken", file=sys.stderr)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
