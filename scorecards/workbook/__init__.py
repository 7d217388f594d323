"""A score as a workbook: the daily counts, and formulas that make the score of them.

Each formula also carries the value that it has here, for programs that do not work formulas out.
"""

from scorecards.workbook.write import workbook_of

__all__ = ["workbook_of"]
