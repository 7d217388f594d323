"""An empty spreadsheet to be filled and brought back, in the language that is active now."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from journeys.exchange.words import Meaning
from touchpoints.models import PhaseKind

# The columns in their order, each with a width that suits what is written there
COLUMNS = (
    (Meaning.PHASE, 16),
    (Meaning.TOUCHPOINT, 30),
    (Meaning.CHANNEL, 16),
    (Meaning.ACTION, 40),
    (Meaning.QUOTE, 40),
    (Meaning.EMOTION, 18),
    (Meaning.EXPECTATION, 18),
    (Meaning.PAINS, 40),
    (Meaning.BACKSTAGE, 30),
    (Meaning.OWNER, 20),
    (Meaning.MOMENT, 18),
    (Meaning.IMPORTANCE, 14),
)
ROWS = 500  # below the names that offer the phases


def blank() -> bytes:
    """The workbook: a sheet to fill, and one that says how."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        names = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Touchpoints"))
        for index, (meaning, width) in enumerate(COLUMNS):
            sheet.write_string(0, index, header_of(meaning), names)
            sheet.set_column(index, index, width, wrapped)
        sheet.freeze_panes(1, 2)
        phases = [str(kind.label) for kind in PhaseKind]
        sheet.data_validation(1, 0, ROWS, 0, {"validate": "list", "source": phases, "error_type": "information"})
        how = book.add_worksheet(_("How to fill it"))
        how.set_column(0, 0, 90, wrapped)
        for row, line in enumerate(_how(phases)):
            how.write_string(row, 0, line)
    return file.getvalue()


def header_of(meaning: Meaning) -> str:
    """What its column is called."""
    label = str(meaning.label)
    return label[:1].upper() + label[1:]


def _how(phases: list[str]) -> list[str]:
    return [
        _("One row for each touchpoint, in the order in which customers meet it. Only phase and name are needed."),
        _("Phases: %(phases)s. Your own names will do, too: you say then which phase each one is.")
        % {"phases": ", ".join(phases)},
        _("Emotion and expectation: from -2 (frustrated) to +2 (delighted)."),
        _("Several pain points: one in each line of the cell."),
        _("Moment of truth: x or yes. Importance: 1 (minor) to 5 (decisive)."),
        _("Owner: the name of a team or a member of the workspace."),
    ]
