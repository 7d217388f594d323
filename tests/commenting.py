"""Comments for tests of themes: at `delays` three customers and more complain of the lift, and of nothing else.

`complained(3)`: three more do. `lift()`: the theme as it stands.
"""

from collections.abc import Callable

import pytest

from feedback.actions import search_themes
from feedback.models import Theme
from tests.answering import Given
from touchpoints.models import Touchpoint

LIFT = ["The lift was broken, {}.", "Again that broken lift, {}!", "A broken lift and nobody helps, {}."]
OTHERS = ["Friendly staff at the desk", "Clean carriage", "Quiet carriage", "Staff carried the luggage", "Punctual"]


@pytest.fixture
def complained(delays: Touchpoint, given: Given) -> Callable[..., None]:
    """`complained(3)`: three more customers complain of the lift, in words of their own."""

    def complain(times: int, **more: object) -> None:
        for number in range(times):
            given(delays, 1, text=LIFT[number % 3].format("x" * (number + 3)), **more)

    return complain


@pytest.fixture
def heard(delays: Touchpoint, given: Given, complained: Callable[..., None]) -> Touchpoint:
    """Delay information, at which four complained of the lift and twenty said this and that."""
    complained(4)
    for number in range(20):
        given(delays, 5, text=f"{OTHERS[number % 5]} on train {number}")
    search_themes(delays)
    return delays


def lift() -> Theme:
    """The theme of the lift."""
    return Theme.objects.get(kind="pain", terms__contains=["lift"])
