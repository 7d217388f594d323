"""What the home page says of measures: which decisions and reviews wait for their reader."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.actions import cost_measure, create_measure, move_measure
from tests.answering import TODAY, Clock
from tests.cast import SignIn, member_of
from tests.measures.conftest import COSTS, PAYS
from tests.scorecards.test_home import DAY, home, part
from touchpoints.models import Touchpoint
from workspaces.models import User, Workspace


def test_decisions_wait_for_who_decides_or_owns_the_measure(
    at: Clock, workspace: Workspace, edda: User, ada: User, vik: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    deciding, owning = member_of(workspace, ada), member_of(workspace, vik)
    facts: Any = {"decider": deciding, "owner": owning, "decide_on": TODAY + 3 * DAY}
    measure = create_measure(workspace, title="Callback", touchpoints=[delays], by=edda, **facts)
    create_measure(workspace, title="Signs", touchpoints=[delays], decider=deciding, by=edda)  # on no day
    assert "1 decision, by" in part(home(sign_in(ada), workspace), "waiting")
    assert "Decide about Callback" in part(home(sign_in(ada), workspace), "to-do")
    assert "Decision about Callback" in part(home(sign_in(vik), workspace), "to-do")
    assert "Callback" not in part(home(sign_in(edda), workspace), "to-do")
    at.pass_days(4)
    assert "overdue since" in part(home(sign_in(ada), workspace), "to-do")
    move_measure(measure, to="dropped", reason="Too dear", version=1, by=ada)
    assert "Callback" not in part(home(sign_in(ada), workspace), "to-do")


def test_a_measure_waits_to_be_reviewed_eight_weeks_after_it_is_live(
    at: Clock, workspace: Workspace, edda: User, ada: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    measure = create_measure(
        workspace, title="Callback", touchpoints=[delays], owner=member_of(workspace, ada), by=edda
    )
    measure = cost_measure(measure, version=1, benefits=[PAYS], **COSTS, by=edda)
    measure = move_measure(measure, to="live", live_on=TODAY - 55 * DAY, version=measure.version, by=edda)
    assert "Callback" not in part(home(sign_in(ada), workspace), "to-do")
    at.pass_days(1)
    assert "1 measure to be reviewed" in part(home(sign_in(ada), workspace), "waiting")
    assert "Review whether Callback works" in part(home(sign_in(ada), workspace), "to-do")
    move_measure(measure, to="in_progress", version=measure.version, by=edda)
    assert "Callback" not in part(home(sign_in(ada), workspace), "to-do")


def test_more_measures_cost_no_more_statements(
    at: Clock, workspace: Workspace, ada: User, sign_in: SignIn, delays: Touchpoint
) -> None:
    client, counted, deciding = sign_in(ada), [], member_of(workspace, ada)
    home(client, workspace)
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            facts: Any = {"decider": deciding, "decide_on": TODAY}
            create_measure(workspace, title=f"Sign {number}", touchpoints=[delays], by=ada, **facts)
        with CaptureQueriesContext(connection) as statements:
            page = part(home(client, workspace), "to-do")
        counted.append(len(statements))
    assert counted[0] == counted[1]
    assert "and 7 more" in page
