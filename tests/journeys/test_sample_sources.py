"""The sample has a source that stopped and one that counts, so that there is something to look after."""

import datetime

from feedback.actions.by_hand import COUNTER
from feedback.sources import all_sources, told_of
from journeys.sample.load import SOURCE, create_sample, write_sample
from tests.answering import Clock
from workspaces.models import JobState, User


def test_one_source_has_stopped_and_one_counts_use(at: Clock, olga: User) -> None:
    workspace = create_sample(language="en", by=olga, state=JobState.DONE).workspace
    write_sample(workspace, by=olga)
    stopped, *others = told_of(workspace, all_sources(workspace))
    assert (stopped.label, stopped.heard and stopped.heard.stopped) == ("Train portal", True)
    assert stopped.heard
    assert stopped.heard.day <= at.today - datetime.timedelta(days=9)
    assert {one.name for one in others} == {SOURCE, "Operating data", "Google", "Trustpilot", COUNTER}
    assert [one.name for one in others if one.used] == ["Operating data"]
