"""What a person types about a touchpoint."""

from typing import Any


def typed(**facts: Any) -> dict[str, Any]:
    """A filled form."""
    return {
        "name": "Delay information",
        "contact": "digital",
        "directness": "direct",
        "importance": "3",
        "target": "70",
        **facts,
    }
