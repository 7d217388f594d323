"""Facts about feedback."""

from feedback.models.answers import LATEST_FIRST, Mapping, Response, Submission
from feedback.models.case import UNDER_WAY, Case, CaseCause, CaseRule, CaseState, Play, Recovery, Severity
from feedback.models.erasure import Erasure, seal
from feedback.models.formbricks import Formbricks, FormbricksPart, FormbricksQuestion, Looks
from feedback.models.heard_persona import HeardPersona
from feedback.models.insight import Insight
from feedback.models.masking import MOST_NAMES, MaskedNames
from feedback.models.persona_merge import PersonaMerge
from feedback.models.persona_rule import MOST_CONDITIONS, MOST_RULES, MOST_VALUES, PersonaRule
from feedback.models.picked import PickedVerbatim
from feedback.models.question import LONGEST_TEXT, RATED, Part, Question, QuestionKind
from feedback.models.respondent import LONGEST_REFERENCE, Respondent
from feedback.models.retention import Retention
from feedback.models.survey import Filling, Survey, SurveyStatus, new_key
from feedback.models.theme import LIVING, MONTHS, InsightKind, Theme, ThemeSearch, ThemeState
from feedback.models.trouble import SourceTrouble
from feedback.models.usage import UsageDay

__all__ = [
    "LATEST_FIRST",
    "LIVING",
    "LONGEST_REFERENCE",
    "LONGEST_TEXT",
    "MONTHS",
    "MOST_CONDITIONS",
    "MOST_NAMES",
    "MOST_RULES",
    "MOST_VALUES",
    "RATED",
    "UNDER_WAY",
    "Case",
    "CaseCause",
    "CaseRule",
    "CaseState",
    "Erasure",
    "Filling",
    "Formbricks",
    "FormbricksPart",
    "FormbricksQuestion",
    "HeardPersona",
    "Insight",
    "InsightKind",
    "Looks",
    "Mapping",
    "MaskedNames",
    "Part",
    "PersonaMerge",
    "PersonaRule",
    "PickedVerbatim",
    "Play",
    "Question",
    "QuestionKind",
    "Recovery",
    "Respondent",
    "Response",
    "Retention",
    "Severity",
    "SourceTrouble",
    "Submission",
    "Survey",
    "SurveyStatus",
    "Theme",
    "ThemeSearch",
    "ThemeState",
    "UsageDay",
    "new_key",
    "seal",
]
