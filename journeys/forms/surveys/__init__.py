"""The forms of surveys and their questions."""

from journeys.forms.surveys.about import AboutField, name_of
from journeys.forms.surveys.links import LinkForm, LinksFileForm, reference_of
from journeys.forms.surveys.new import NewSurveyForm
from journeys.forms.surveys.question import QuestionForm
from journeys.forms.surveys.survey import HostsForm, SurveyForm

__all__ = [
    "AboutField",
    "HostsForm",
    "LinkForm",
    "LinksFileForm",
    "NewSurveyForm",
    "QuestionForm",
    "SurveyForm",
    "name_of",
    "reference_of",
]
