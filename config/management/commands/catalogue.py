"""The German catalogue: extract, check, compile. Babel does it, because GNU gettext is not on a fresh machine."""

import ast
import io
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
SOURCES = (
    "config",
    "scorecards",
    "journeys",
    "measures",
    "feedback",
    "touchpoints",
    "personas",
    "workspaces",
    "templates",
)


class Command(BaseCommand):
    """Bring the German catalogue up to date; `--check` fails on anything missing, `--compile` makes it usable."""

    help = "Update, check or compile the German catalogue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either of the two, or neither to update the file."""
        parser.add_argument("--check", action="store_true", help="fail when a text is missing, unused or fuzzy")
        parser.add_argument("--compile", dest="binary", action="store_true", help="write the compiled catalogue")

    def handle(self, *, check: bool, binary: bool, **options: Any) -> None:
        """Do one of the three."""
        path = Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES" / "django.po"
        catalogue = read(path)
        if binary:
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
            return
        fresh = updated(catalogue)
        if check:
            self.check_complete(catalogue, fresh)
            return
        with path.open("wb") as file:
            write_po(file, fresh, sort_output=True, no_location=True, width=120, omit_header=False)
        missing = [message.id for message in fresh if message.id and not is_translated(message)]
        self.stdout.write(f"{len(fresh)} texts, {len(missing)} without German: {missing}")

    def check_complete(self, catalogue: Catalog, fresh: Catalog) -> None:
        """Fail with the list of what is missing in the file, empty, fuzzy or no longer used."""
        faults = [f"missing: {message.id}" for message in fresh if message.id and not is_translated(message)]
        used = {(message.id, message.context) for message in fresh}
        faults += [f"unused: {entry.id}" for entry in catalogue if (entry.id, entry.context) not in used]
        faults += [f"in an f-string, where it is not found: {place}" for place in hidden()]
        if faults:
            raise CommandError("The German catalogue is not complete:\n" + "\n".join(faults))


def read(path: Path) -> Catalog:
    """The catalogue in that file."""
    with path.open("rb") as file:
        return read_po(file, locale="de")


def is_translated(message: Message) -> bool:
    """Whether there is German for it, in the plural too, and nobody doubts it."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(texts) and not message.fuzzy


def updated(catalogue: Catalog) -> Catalog:
    """A catalogue of exactly the texts in the source, with the translations that are there."""
    fresh = Catalog(
        locale="de", project="Etappe", charset="utf-8", header_comment="# German texts of Etappe.", fuzzy=False
    )
    fresh.creation_date = fresh.revision_date = catalogue.creation_date
    for path in source_files():
        for _line, text, _comments, context in messages_in(path):
            known = catalogue.get(text if isinstance(text, str) else text[0], context)
            fresh.add(text, known.string if known else None, context=context, flags=known.flags if known else ())
    return fresh


def hidden() -> Iterator[str]:
    """Where a text to translate stands in an f-string: there it is not extracted, and would stay English."""
    for path in source_files():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.JoinedStr) and any(_translates(inner) for inner in ast.walk(node)):
                    yield f"{path}:{node.lineno}"


def _translates(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS


def source_files() -> Iterator[Path]:
    """Our Python files and templates, in a fixed order."""
    for folder in SOURCES:
        for path in sorted((Path(settings.BASE_DIR) / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def messages_in(path: Path) -> Iterator[Any]:
    """(line, text, comments, context) of each text in a file; templates are read as Django reads them."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())  # else Python sees indentation
    return extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=())
