"""What a table or a scorecard comes to, in a few sentences that are true by the figures beside them."""

from scorecards.finding.kinds import Kind
from scorecards.finding.read import Shown, facts_of, of_card, of_table, of_touchpoint, sentences_of_table

__all__ = ["Kind", "Shown", "facts_of", "of_card", "of_table", "of_touchpoint", "sentences_of_table"]
