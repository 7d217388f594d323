"""A real survey cut into personas by rules, by age and by purpose of travel: the NPS of each.

`manage.py bench data_people`. San Francisco airport, 2017; ages and purposes by the codes of its code list.
"""

from typing import Any

from bench.data import FOLDER, YEARS, done, draft, may
from bench.frame import arguments, figure
from feedback.actions import create_persona_rule, find_differences, imports
from personas.actions import create_persona
from scorecards.people import figures_of
from touchpoints.actions import fold_all
from workspaces.actions import create_attribute, create_workspace
from workspaces.models import User

AGE, PURPOSE = "Q19AGE", "Q2PURP1"
CUTS: dict[str, dict[str, dict[str, Any]]] = {
    AGE: {
        "under_25": {"at_least": 1, "at_most": 2},
        "25_to_44": {"at_least": 3, "at_most": 4},
        "45_to_64": {"at_least": 5, "at_most": 6},
        "65_and_over": {"at_least": 7, "at_most": 7},
    },
    PURPOSE: {
        "business": {"any_of": ["1", "5"]},
        "pleasure": {"any_of": ["2"]},
        "friends_and_relatives": {"any_of": ["3"]},
        "other": {"any_of": ["4", "6", "7", "10", "11", "12", "13"]},
    },
}


def main(words: list[str]) -> None:
    """Import the survey once for each cut, and print what its personas say."""
    arguments(words)
    person = User.objects.create_user(email="bench@example.org", name="Bench")
    for column, personas in CUTS.items():
        cut(column, personas, person)
    figure("data_people.differences", sum(1 for _ in find_differences()), "differences")


def cut(column: str, personas: dict[str, dict[str, Any]], person: User) -> None:
    """Each persona gets what its rule takes; what says nothing of the column is nobody's."""
    year = YEARS[-1]
    workspace = create_workspace(name=column, by=person)
    create_attribute(workspace, name=column, key="cut", by=person)
    made = []
    for name, which in personas.items():
        made.append(create_persona(workspace, name=name, by=person))
        condition = {"fact": "attribute", "attribute": "cut", **which}
        create_persona_rule(workspace, persona=made[-1], conditions=[condition], by=person)
    path = FOLDER / f"{year.number}_SFO_Customer_Survey.csv"
    job = done(imports.check_import(draft(workspace, path, year, person, {column: "cut"}), by=person))
    done(imports.store_import(job, by=person))
    fold_all()
    found = figures_of(workspace, made, may(year.number))
    for persona in made:
        one = found[persona.pk]
        if one.nps is None:
            raise SystemExit(f"{persona}: no NPS of {one.respondents} respondents")
        said = f"{one.nps.low:+.1f} to {one.nps.high:+.1f}, n {one.nps.n}, promoters {one.promoters:.3f}"
        figure(f"data_people.nps.{persona.name}", one.nps.value, said, decimals=2)
