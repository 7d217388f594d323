"""What the columns of a file mean, and how its rows become answers."""

from feedback.columns.guess import guess_plan
from feedback.columns.plan import ABOUT, VALUED, Column, Part, Plan, scale_choices, scale_label
from feedback.columns.problems import Fault, Problem
from feedback.columns.profile import Profile, profile
from feedback.columns.understand import Understander, Understood

__all__ = [
    "ABOUT",
    "VALUED",
    "Column",
    "Fault",
    "Part",
    "Plan",
    "Problem",
    "Profile",
    "Understander",
    "Understood",
    "guess_plan",
    "profile",
    "scale_choices",
    "scale_label",
]
