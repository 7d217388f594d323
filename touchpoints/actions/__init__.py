"""What touchpoints do with what was observed about them."""

from touchpoints.actions.days import close_days, rebuild
from touchpoints.actions.fold import fold, fold_all
from touchpoints.actions.keeping import hold, replace_cells
from touchpoints.actions.observe import Observed, observe

__all__ = ["Observed", "close_days", "fold", "fold_all", "hold", "observe", "rebuild", "replace_cells"]
