"""What can be measured."""

from touchpoints.models import Subject, SubjectKind
from workspaces.models import Workspace


def subject_of(workspace: Workspace) -> Subject:
    """The subject of answers about the relationship as a whole; made when it is first asked for."""
    subject: Subject
    subject, _created = Subject.objects.get_or_create(workspace=workspace, kind=SubjectKind.WORKSPACE)
    return subject
