"""Reads a persona that somebody wrote in Markdown: our own, or one with sections of usual names."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from personas.exchange.understood import Strange, Understood
from personas.exchange.words import OF_FACT, OF_KIND, RESEARCHED, WHERE, plain
from personas.models import Evidence, NoteKind

PARSER = MarkdownIt("commonmark", {"html": False})
TITLE = re.compile(r"\s+[-–—:|]\s+")
LABELLED = re.compile(r"([^:]{1,80}?)\s*:\s*(.*)", re.DOTALL)
RESTS_ON = re.compile(
    r"\((?:weight: (?P<weight>\d{1,3}))?(?:; )?(?:(?P<evidence>interviewed|measured): (?P<heard>\d{1,7}))?"
    r"(?:; )?(?:source: (?P<source>.*))?\)",
    re.DOTALL,
)
QUOTES = "\"“”„‚‘’'«»"
LONGEST_SHOWN = 120  # characters of what was not understood
LISTED = {"bullet_list", "ordered_list"}


def understand_markdown(text: str) -> Understood:
    """Read a persona. What it says where no section tells of what, is listed as strange."""
    reading = _Reading()
    for block in SyntaxTreeNode(PARSER.parse(text)).children:
        reading.block(block)
    if not reading.found.facts.get("name"):
        reading.found.faults.append(Strange("1", _("There is no heading with the persona’s name.")))
    return reading.found


class _Reading:
    """`kind`: of what the section speaks whose lines are read, None where that is not known; `section`: its name."""

    def __init__(self) -> None:
        self.found = Understood()
        self.kind: NoteKind | None = None
        self.parent: NoteKind | None = None
        self.section = ""

    def block(self, block: SyntaxTreeNode) -> None:
        if block.type == "heading":
            self.heading(block)
        elif block.type == "blockquote":
            self.quotation(block)
        elif block.type in LISTED:
            self.listed(block, self.kind)
        elif block.type == "paragraph":
            self.paragraph(block)
        elif block.type != "hr":
            self.leave(block, block.content)

    def heading(self, block: SyntaxTreeNode) -> None:
        text, level = _text(block), int(block.tag[1:])
        if level == 1 and "name" not in self.found.facts:
            name, *segment = TITLE.split(text, maxsplit=1)
            self.take_fact(block, "name", name)
            if segment:
                self.take_fact(block, "segment", segment[0])
            return
        known = OF_KIND.get(plain(text))
        if level <= 2:
            self.parent = known
        self.kind, self.section = known or (self.parent if level > 2 else None), text
        if known is None and level > 2 and self.parent == NoteKind.PAIN:
            self.take_note(block, NoteKind.PAIN, text)
            self.kind = None

    def quotation(self, block: SyntaxTreeNode) -> None:
        text = _bare(" ".join(_text(line) for line in block.children))
        if self.kind:
            self.take_note(block, self.kind, text)
        elif "quote" not in self.found.facts:
            self.take_fact(block, "quote", text)
        else:
            self.leave(block, text)

    def paragraph(self, block: SyntaxTreeNode) -> None:
        if block.children and all(_is_image(one) for one in block.children[0].children):
            return
        for line, number in _lines(block):
            label, _colon, value = line.partition(":")
            if not value.strip() and (kind := OF_KIND.get(plain(label))):
                self.kind = kind  # a heading in bold, above a list
            elif not self.labelled(line):
                self.leave_line(number, line)

    def labelled(self, line: str) -> bool:
        """Whether it is a fact of a known name."""
        found = LABELLED.fullmatch(line)
        if found is None:
            return False
        name, value = plain(found[1]), found[2].strip()
        if name in WHERE and self.found.facts.get("job"):
            return not self.found.fact("job", f"{self.found.facts['job']}, {value}")
        fact = OF_FACT.get(name)
        if fact in {"share", "retention", "discount"}:
            value = value.removesuffix("%").strip()
        return fact is not None and not self.found.fact(fact, value)

    def listed(self, block: SyntaxTreeNode, kind: NoteKind | None) -> None:
        for item in block.children:
            lines = [child for child in item.children if child.type not in LISTED]
            inner = [child for child in item.children if child.type in LISTED]
            text = " ".join(_text(line) for line in lines)
            if kind is None:
                if not self.labelled(text):
                    self.leave(item, text)
            elif inner and kind == NoteKind.NEED:
                self.take_note(item, NoteKind.GOAL, text.rstrip(": "))  # what they are after, and below what it takes
            else:
                self.take_item(item, lines, kind)
            for below in inner:
                self.listed(below, kind)

    def take_item(self, item: SyntaxTreeNode, lines: list[SyntaxTreeNode], kind: NoteKind) -> None:
        inline = lines[0].children[0] if len(lines) == 1 and lines[0].children else None
        last = inline.children[-1] if inline is not None and inline.children else None
        told = RESTS_ON.fullmatch(_text(last)) if last is not None and last.type == "em" else None
        text = " ".join(_text(line) for line in lines)
        if last is not None and told is not None:
            text = text.removesuffix(_text(last)).rstrip()
            self.take_note(item, kind, text, **_rests_on(told))
        elif kind == NoteKind.SAYS and RESEARCHED.search(self.section):
            heard = {"evidence": Evidence.INTERVIEWED.value, "heard": 1, "source": self.section[:200]}
            self.take_note(item, kind, _bare(text), **heard)
        else:
            self.take_note(item, kind, _bare(text) if kind == NoteKind.SAYS else text)

    def take_fact(self, block: SyntaxTreeNode, name: str, value: str) -> None:
        if why := self.found.fact(name, value):
            self.leave(block, f"{value[:LONGEST_SHOWN]}: {why}")

    def take_note(self, block: SyntaxTreeNode, kind: NoteKind, text: str, **rests_on: object) -> None:
        if why := self.found.note(kind, text, **rests_on):
            self.leave(block, f"{text[:LONGEST_SHOWN]}: {why}")

    def leave(self, block: SyntaxTreeNode, text: str) -> None:
        self.leave_line((block.map or (0, 0))[0] + 1, text)

    def leave_line(self, number: int, text: str) -> None:
        if text.strip():
            self.found.strange.append(Strange(str(number), text.strip()[: 2 * LONGEST_SHOWN]))


def _rests_on(told: "re.Match[str]") -> dict[str, object]:
    found: dict[str, object] = {"source": told["source"] or ""}
    if told["weight"]:
        found["weight"] = int(told["weight"])
    if told["evidence"]:
        found |= {"evidence": told["evidence"], "heard": int(told["heard"])}
    return found


def _text(node: SyntaxTreeNode) -> str:
    """What it says, without marks."""
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(_text(child) for child in node.children)


def _lines(block: SyntaxTreeNode) -> Iterator[tuple[str, int]]:
    """The lines of a paragraph as it was written, each with its number from 1."""
    number, line = (block.map or (0, 0))[0] + 1, ""
    for part in block.children[0].children if block.children else []:
        if part.type in {"softbreak", "hardbreak"}:
            yield line.strip(), number
            number, line = number + 1, ""
        else:
            line += _text(part)
    yield line.strip(), number


def _is_image(node: SyntaxTreeNode) -> bool:
    return node.type in {"image", "softbreak", "hardbreak"}


def _bare(text: str) -> str:
    """A quotation without its marks."""
    stripped = text.strip().strip("_*").strip()
    return stripped.strip(QUOTES).strip() if stripped[:1] in QUOTES else stripped
