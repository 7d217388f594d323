"""How near or past the day of a review is."""

import datetime
from typing import Any

from django import template

from workspaces import clock

register = template.Library()

SOON = datetime.timedelta(days=30)


@register.inclusion_tag("_review.html", takes_context=True)
def review(context: dict[str, Any], day: datetime.date | None) -> dict[str, Any]:
    """Show the day of the next review, and visibly so when it comes near or has passed."""
    today = clock.today(context["workspace"].zone)
    age = ""
    if day:
        age = "overdue" if day < today else "soon" if day - today <= SOON else "later"
    return {"day": day, "age": age}
