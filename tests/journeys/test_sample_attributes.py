"""The questionnaires of the sample say something of two attributes, so that there is a cut to look at."""

import datetime
from collections import Counter

import pytest

from journeys.sample import answers, content

TODAY = datetime.date(2026, 3, 15)


def year(language: str) -> list[tuple[int, dict[str, str]]]:
    """How satisfied each customer was with delays, and what they said of attributes."""
    facts = content.facts(language)
    (delay,) = (entry for entry in facts["touchpoints"] if entry["key"] == "delay")
    filled = answers.year_of(
        delay, {}, {persona["key"]: persona["share"] for persona in facts["personas"]}, TODAY, datetime.UTC
    )
    return [(next(iter(one.values.values())), answers.attributes_of(one, facts["attributes"])) for one in filled]


@pytest.mark.parametrize(("language", "reason"), [("en", "Work"), ("de", "Arbeit")])
def test_each_attribute_is_known_of_most_and_one_line_is_the_worst(language: str, reason: str) -> None:
    told = year(language)
    lines = Counter(said.get("line", "") for _value, said in told)
    assert set(lines) == {"RE 1", "RE 5", "IC 20", "S 3", ""}
    assert min(lines.values()) >= 30
    assert reason in {said.get("reason") for _value, said in told}
    means = {
        line: sum(value for value, said in told if said.get("line") == line) / lines[line] for line in lines if line
    }
    assert min(means, key=lambda line: means[line]) == "RE 5"


def test_it_is_the_same_everywhere() -> None:
    lines = [[said.get("line") for _value, said in year(language)] for language in ("en", "de", "en")]
    assert lines[0] == lines[1] == lines[2]
