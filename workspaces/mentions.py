"""Names behind an @: whom a text means."""

import re
from collections import defaultdict
from collections.abc import Iterable

from workspaces.models import Membership


def mentioned_in(text: str, members: Iterable[Membership]) -> list[Membership]:
    """The members whom a text names, by their whole name or by a first name that only one of them has."""
    whole, first = defaultdict(list), defaultdict(list)
    for member in members:
        whole[str(member).casefold()].append(member)
        first[_first(member).casefold()].append(member)
    called = {name: some for name, some in first.items() if len(some) == 1} | whole
    meant = [called.get(name.casefold(), []) for name in pattern(called).findall(text)] if called else []
    return list({member.pk: member for some in meant for member in some}.values())


def pattern(names: Iterable[str]) -> "re.Pattern[str]":
    """Finds these names behind an @, of two that begin alike the longer one."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def names_of(member: Membership | str) -> list[str]:
    """How a text may call a member, or whoever has that whole name."""
    return [str(member), _first(member)]


def _first(member: Membership | str) -> str:
    return str(member).split()[0]
