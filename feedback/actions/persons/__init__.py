"""What can be done with all that is kept of one person: look, hand out, erase."""

from feedback.actions.persons.erase import erase_person, erasures_of, lift_erasure
from feedback.actions.persons.export import export_person
from feedback.actions.persons.held import Held, held_of
from feedback.actions.persons.sought import Person

__all__ = ["Held", "Person", "erase_person", "erasures_of", "export_person", "held_of", "lift_erasure"]
