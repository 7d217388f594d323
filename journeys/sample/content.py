"""The sample's texts and figures, read from the files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).parent
LANGUAGES = ("en", "de")


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def facts(language: str) -> dict[str, Any]:
    """Workspace, channels, teams, personas, journeys and touchpoints, with every text in that language."""
    return cast("dict[str, Any]", _in_language({**_file("facts"), **_file("touchpoints")}, language))


def measures(language: str) -> dict[str, Any]:
    """Opportunities and measures, with every text in that language."""
    return cast("dict[str, Any]", _in_language(_file("measures"), language))


def stakeholders(language: str) -> list[dict[str, Any]]:
    """Who has a say, with every text in that language."""
    return cast("list[dict[str, Any]]", _in_language(_file("stakeholders"), language)["stakeholders"])


def comments(language: str) -> dict[str, dict[str, list[str]]]:
    """What customers say: by touchpoint, then `pain` or `praise`."""
    return _file(f"comments_{language}")


def surveys() -> list[dict[str, Any]]:
    """What is asked, in every language."""
    return cast("list[dict[str, Any]]", _file("surveys")["surveys"])


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        if set(value) == set(LANGUAGES):
            return value[language]
        return {key: _in_language(inner, language) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_language(inner, language) for inner in value]
    return value
