"""The digest by mail: what there is to tell, in the words and figures of the screens."""

import datetime
import re
from html import unescape

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.models import Case
from journeys.actions.journeys import create_journey
from journeys.actions.placements import place_touchpoint
from personas.actions import create_persona
from tests.answering import TODAY, Clock, Given
from tests.cast import SignIn, member_of
from tests.journeys.scene import phase
from tests.scorecards.mailed import MONDAY, NUMBERS, happen, newest, told
from tests.scorecards.pages import text
from tests.touchpoints.watching import begin, worsen
from touchpoints.actions import comment_on, create_touchpoint, edit_touchpoint, fold_all
from touchpoints.models import Touchpoint
from workspaces.actions import add_member, change_preferences, choose_digest_days
from workspaces.models import AuditEntry, Role, User, Workspace

DAY = datetime.timedelta(days=1)
BEFORE = TODAY - 100 * DAY
LINK = re.compile(r"https?://[^\s\"<>]+")

pytestmark = pytest.mark.usefixtures("at")


def in_html(letter: EmailMultiAlternatives) -> str:
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(content)


def test_what_one_did_oneself_is_no_news(at: Clock, workspace: Workspace, edda: User, vik: User) -> None:
    happen(workspace, edda)
    at.now = MONDAY
    assert (len(told(edda)), len(told(vik))) == (0, 1)


def test_the_first_one_says_that_the_days_are_ones_own_to_choose(
    at: Clock, workspace: Workspace, olga: User, vik: User
) -> None:
    happen(workspace, olga)
    at.now = MONDAY
    first = newest(vik)
    assert "This is your first digest of Lindbahn." in first.body
    assert "on these days: Monday.\nChoose other days: http://127.0.0.1:8000/preferences/#digests\n" in first.body
    happen(workspace, olga)
    at.pass_days(7)
    second = newest(vik)
    assert "This is your first digest" not in second.body
    assert second.body.startswith("Lindbahn, since March 16\n")


def test_only_what_is_new_since_the_one_before_is_told_as_new(
    at: Clock, workspace: Workspace, edda: User, vik: User, delays: Touchpoint
) -> None:
    choose_digest_days(member_of(workspace, vik), [*range(1, 8)])
    begin(at, delays)
    happen(workspace, edda)
    assert newest(vik).subject == "Lindbahn: Activity"
    alarm = worsen(at, delays)
    edit_touchpoint(delays, version=delays.version, owner=member_of(workspace, vik), by=edda)
    AuditEntry.objects.update(at=at.now)
    one = str(newest(vik).body)
    assert re.search(r"1 new alarm\n\n- Delay information: CSAT has been worse since .+\n  http\S+/alarms/\d+/\n", one)
    assert "1 thing waits for you\n\n- Alarm about Delay information\n" in one
    assert "Touchpoint edited (Edda)" in one
    at.pass_days(1)
    comment_on(delays, text="@Vik look", by=edda)
    two = newest(vik).body
    assert "new alarm" not in two
    assert "(Edda)" not in two
    assert "2 things wait for you\n\n- @Vik look: Edda mentions you\n" in two
    assert f"- Alarm about Delay information\n  http://127.0.0.1:8000/w/lindbahn/alarms/{alarm.pk}/\n" in two


def test_the_first_one_tells_of_all_open_alarms(at: Clock, workspace: Workspace, vik: User, delays: Touchpoint) -> None:
    begin(at, delays)
    worsen(at, delays)
    at.pass_days(7)
    choose_digest_days(member_of(workspace, vik), [*range(1, 8)])
    assert "1 open alarm\n\n- Delay information: " in newest(vik).body


def everything(at: Clock, workspace: Workspace, owner: User, by: User, given: Given) -> None:
    """A fall, a rise, an own touchpoint that nobody was heard about, a mention, a review, a source that stopped."""
    member = member_of(workspace, owner)
    more = "" if not Touchpoint.objects.of(workspace).exists() else f" {next(NUMBERS)}"
    for name, before, now in (("R&D <info>" + more, 5, 2), ("Counter" + more, 2, 5), ("Kiosk" + more, 0, 0)):
        touchpoint = create_touchpoint(workspace, name=name, owner=member, by=by)
        if before:
            given(touchpoint, *[before] * 40, *[4] * 10, occurred_at=BEFORE)
            given(touchpoint, *[now] * 40, *[3] * 10)
            comment_on(touchpoint, text=f"@{owner} see <b>this</b> & that", by=by)
    for number in range(6):
        given(touchpoint, 3, source="Review feed", occurred_at=TODAY - (9 + number) * DAY)
        given(touchpoint, 3, source="Old feed", occurred_at=TODAY - (300 + number) * DAY)
    journey = create_journey(workspace, name="Weekend trip", owner=member, review_date=TODAY - DAY, by=by)
    place_touchpoint(journey, touchpoint, phase=phase(journey, "purchase"), after=None, by=by)
    fold_all()
    at.now = MONDAY


def test_cases_that_one_looks_after_wait_and_are_a_reason_to_be_mailed(
    at: Clock, workspace: Workspace, ada: User, vik: User, delays: Touchpoint, given: Given, sign_in: SignIn
) -> None:
    edit_touchpoint(delays, version=delays.version, owner=member_of(workspace, vik), by=ada)
    given(delays, 3, 1, metric="complaint", occurred_at=at.now)
    AuditEntry.objects.all().delete()
    at.now = MONDAY
    late, due = Case.objects.order_by("due_at")
    letter = newest(vik)
    assert letter.subject == "Lindbahn: 2 things wait for you"
    link = f"http://127.0.0.1:8000/w/lindbahn/cases/{late.pk}/"
    assert f"- Case {late.pk}: Delay information: severe, overdue since 15 Mar 2026, 16:00\n  {link}\n" in letter.body
    assert f"- Case {due.pk}: Delay information: minor, due by 18 Mar 2026, 12:00\n" in letter.body
    home = text(sign_in(vik).get(reverse("home", args=[workspace.slug])).content.decode())
    assert f"Case {late.pk}: Delay information severe, overdue since 15 Mar 2026, 16:00" in home


def test_its_figures_are_those_of_the_screens(
    at: Clock, workspace: Workspace, edda: User, ada: User, given: Given, sign_in: SignIn
) -> None:
    everything(at, workspace, edda, ada, given)
    letter, client = newest(edda), sign_in(edda)
    body = str(letter.body)
    home = text(client.get(reverse("home", args=[workspace.slug])).content.decode())
    scorecards = text(client.get(reverse("scorecards", args=[workspace.slug])).content.decode())
    assert letter.subject == "Lindbahn: 2 changes beyond chance, 3 things wait for you, 1 source has stopped"
    for heading in ("2 changes beyond chance", "3 things wait for you"):
        assert heading in letter.body
        assert heading in home
    finding = letter.body.split("\n\n2 changes")[0].split("\n\n")[2:]
    assert len(finding) == 3
    for sentence in finding:
        assert sentence.strip() in scorecards
    rows = re.findall(r"^- (.+): (\d+) (\w+), ([−+]\d+)(?: real change)?$", body, re.MULTILINE)
    assert sorted(row[0] for row in rows) == ["Counter", "Counter", "R&D <info>", "R&D <info>"]
    for name, number, band, change in rows:
        assert f"{change} real change {name} {number} now" in home
        assert re.search(rf"{re.escape(name)} {number} {band} {re.escape(change)} real change", home)
    assert "- Kiosk: never heard\n" not in letter.body, "it was heard long ago"
    assert "- Review feed: stopped 10 days ago" in letter.body
    assert "Old feed" not in letter.body, "what has been silent for that long is no news"
    assert "- Weekend trip: Review overdue since 14 March 2026" in letter.body


def test_plain_text_and_html_say_the_same_and_lead_to_the_same_pages(
    at: Clock, workspace: Workspace, edda: User, ada: User, given: Given
) -> None:
    everything(at, workspace, edda, ada, given)
    letter = newest(edda)
    body, html = str(letter.body), in_html(letter)
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("<body")[1].split(">", 1)[1])).split())
    assert set(LINK.findall(body)) == {unescape(link) for link in LINK.findall(html)}
    said = re.sub(r"[-–:,|]|\s+", " ", LINK.sub("", body)).casefold().split()
    assert sorted(said) == sorted(re.sub(r"[-–:,|·]|\s+", " ", LINK.sub("", shown)).casefold().split())
    assert "R&amp;D &lt;info&gt;" in html
    assert "<b>this" not in html


def test_a_german_member_is_written_to_in_german(
    at: Clock, workspace: Workspace, edda: User, ada: User, given: Given
) -> None:
    everything(at, workspace, edda, ada, given)
    Workspace.objects.update(language="de")
    change_preferences(ada, language="en")
    letter = newest(edda)
    assert (
        letter.subject
        == "Lindbahn: 2 Veränderungen über den Zufall hinaus, 3 Sachen warten auf Sie, 1 Quelle ist verstummt"
    )
    assert "Das ist Ihr erster Rückblick auf Lindbahn." in letter.body
    assert '<html lang="de">' in in_html(letter)
    for english in ("real", "change", "Choose", "You get", "since", "more"):
        assert english not in letter.body
    assert "This is your first digest" in newest(ada).body


def test_each_workspace_has_a_digest_of_its_own(
    at: Clock, workspace: Workspace, elsewhere: Workspace, otto: User, olga: User, vik: User
) -> None:
    add_member(elsewhere, user=vik, role=Role.VIEWER, by=otto)
    create_persona(workspace, name="Mara", by=olga)
    create_persona(elsewhere, name="Ole", by=otto)
    at.now = MONDAY
    here, there = sorted(told(vik), key=lambda letter: letter.subject)
    assert ("Mara" in here.body, "Ole" in here.body) == (True, False)
    assert ("Mara" in there.body, "Ole" in there.body) == (False, True)


def test_mail_programs_are_offered_one_click_that_turns_it_off(
    at: Clock, workspace: Workspace, olga: User, vik: User
) -> None:
    happen(workspace, olga)
    at.now = MONDAY
    letter = newest(vik)
    headers = letter.message()
    (off,) = re.fullmatch(r"<(http://127\.0\.0\.1:8000/digest/off/\S+)>", headers["List-Unsubscribe"]).groups()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Turn it off: {off}" in letter.body
    assert off in in_html(letter)


def test_more_of_everything_costs_no_more_statements(
    at: Clock, workspace: Workspace, edda: User, ada: User, given: Given
) -> None:
    counted = []
    for week in range(2):
        for _ in range(1 + 5 * week):
            everything(at, workspace, edda, ada, given)
            given(Touchpoint.objects.latest("pk"), 3, 1, metric="complaint")
        at.now = MONDAY + 7 * week * DAY
        with CaptureQueriesContext(connection) as statements:
            assert len(told(edda)) == week + 1
        counted.append(len(statements))
    assert counted[0] == counted[1]
