"""What is done to touchpoints and channels, and with what was observed about them."""

from touchpoints.actions.alarms import acknowledge_alarm, told_of
from touchpoints.actions.bursts import watch_complaints
from touchpoints.actions.channels import (
    archive_channel,
    create_channel,
    create_channels,
    edit_channel,
    restore_channel,
    start_channels,
)
from touchpoints.actions.days import close_days, rebuild, settle_windows
from touchpoints.actions.events import archive_event, create_event, edit_event, restore_event
from touchpoints.actions.fold import fold, fold_all, fold_rung
from touchpoints.actions.grounds import DEFAULT_GROUNDS, Grounds, model_named, model_of, priors_named
from touchpoints.actions.keeping import hold, replace_cells
from touchpoints.actions.library import (
    archive_touchpoint,
    create_touchpoint,
    create_touchpoints,
    edit_touchpoint,
    restore_touchpoint,
)
from touchpoints.actions.observe import Observed, observe
from touchpoints.actions.priors import settle_priors
from touchpoints.actions.rules import apply_rule, change_rule, rule_of
from touchpoints.actions.subjects import subject_of
from touchpoints.actions.talk import comment_on
from touchpoints.actions.targets import change_target
from touchpoints.actions.watch import watch, watch_from_now

__all__ = [
    "DEFAULT_GROUNDS",
    "Grounds",
    "Observed",
    "acknowledge_alarm",
    "apply_rule",
    "archive_channel",
    "archive_event",
    "archive_touchpoint",
    "change_rule",
    "change_target",
    "close_days",
    "comment_on",
    "create_channel",
    "create_channels",
    "create_event",
    "create_touchpoint",
    "create_touchpoints",
    "edit_channel",
    "edit_event",
    "edit_touchpoint",
    "fold",
    "fold_all",
    "fold_rung",
    "hold",
    "model_named",
    "model_of",
    "observe",
    "priors_named",
    "rebuild",
    "replace_cells",
    "restore_channel",
    "restore_event",
    "restore_touchpoint",
    "rule_of",
    "settle_priors",
    "settle_windows",
    "start_channels",
    "subject_of",
    "told_of",
    "watch",
    "watch_complaints",
    "watch_from_now",
]
