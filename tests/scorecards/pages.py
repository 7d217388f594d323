"""What a page that explains says: its tables, its text, and its formulas worked out."""

import re
from decimal import Decimal
from html import unescape
from math import sqrt

FORMULA = re.compile(r'<span class="worked">(.*?)</span> = <b>(.*?)</b>')
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def worked_out(formula: str, language: str) -> float:
    """What a line's formula comes to, as somebody with a calculator would find."""
    point = {"de": [(".", ""), (",", ".")], "en": [(",", "")]}[language]
    for was, is_now in (*point, ("×", "*"), ("÷", "/"), ("−", "-"), ("²", "**2"), ("√", "sqrt"), (";", ",")):
        formula = formula.replace(was, is_now)
    return float(eval(formula, {"sqrt": sqrt, "min": min, "max": max}))


def shown(number: str) -> Decimal:
    """A number of the page."""
    return Decimal(number.replace("−", "-").replace("+", "").replace(",", "."))


def lines(page: str) -> list[tuple[str, str]]:
    return [(unescape(formula), result) for formula, result in FORMULA.findall(page)]


def table(page: str, title: str) -> list[list[str]]:
    """The rows of the table below that heading, its names and its sum included."""
    part = page.split(f'id="{title}"')[1].split("</table>", maxsplit=1)[0]
    rows = part.split("<table")[1].split("<tr")[1:]
    return [[" ".join(unescape(TAG.sub(" ", cell)).split()) for cell in CELL.findall(row)] for row in rows]


def text(page: str) -> str:
    return " ".join(unescape(TAG.sub(" ", page.split("<main")[1])).split())
