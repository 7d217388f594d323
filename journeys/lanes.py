"""The lanes of a map: what is told of each touchpoint, one row below the other."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.look import View


class LaneKind(TextChoices):
    """What a lane tells, in the order in which a new journey has them."""

    ACTION = "action", _("Customer does")
    TOUCHPOINTS = "touchpoints", _("Touchpoints")
    EMOTION = "emotion", _("Emotion")
    QUOTE = "quote", _("Thinks and says")
    HEARD = "heard", _("Pain points and wishes")
    BACKSTAGE = "backstage", _("Backstage")


# The field of a placement that a cell of the lane is about.
FIELDS = {LaneKind.ACTION: "customer_action", LaneKind.QUOTE: "quote", LaneKind.BACKSTAGE: "backstage"}
# What the Overview has room for.
OVERVIEW_ORDER = (LaneKind.EMOTION, LaneKind.TOUCHPOINTS, LaneKind.HEARD)


class ShownLane(NamedTuple):
    """A lane as the page shows it. `field`: of a placement, where its cells can be written in."""

    kind: LaneKind
    label: Promise | str
    field: str


def lanes_in(view: View) -> list[ShownLane]:
    """The lanes that a view shows, from above. In the Table the columns tell what the other lanes do."""
    kinds = {View.OVERVIEW: OVERVIEW_ORDER, View.TABLE: (LaneKind.TOUCHPOINTS,)}.get(view, tuple(LaneKind))
    return [ShownLane(kind, kind.label, FIELDS.get(kind, "")) for kind in kinds]
