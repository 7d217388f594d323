from textwrap import wrap

from django.db import migrations

LISTS = {"goals": "goal", "needs": "need", "frustrations": "frustration", "preferred_channels": "channel"}
FACTS = ("name", "segment", "share", "age", "household", "job", "portrait", "quote", "interviews", "evidence")


def write_notes(apps, schema_editor):
    """Each line of a list becomes an assumption, and what is said until now the first edition."""
    Persona, Note, Edition = (apps.get_model("personas", name) for name in ("Persona", "Note", "PersonaEdition"))
    for persona in Persona.objects.all().iterator():
        notes = []
        for name, kind in LISTS.items():
            lines = dict.fromkeys(part for line in getattr(persona, name).splitlines() for part in wrap(line, 500))
            notes += [
                Note(workspace_id=persona.workspace_id, persona=persona, kind=kind, position=place, text=line)
                for place, line in enumerate(lines)
            ]
        Note.objects.bulk_create(notes)
        facts = {name: getattr(persona, name) for name in FACTS}
        facts |= dict.fromkeys(("margin", "retention", "discount"))
        facts["review_date"] = persona.review_date and persona.review_date.isoformat()
        said = [
            {"id": note.pk, "kind": note.kind, "text": note.text, "evidence": "assumption", "heard": 0, "source": "",
             "weight": None}
            for note in notes
        ]
        Edition.objects.create(
            workspace_id=persona.workspace_id, persona=persona, number=1, sheet={**facts, "notes": said},
            began_at=persona.updated_at, at=persona.updated_at,
        )


def write_lists(apps, schema_editor):
    """Back: what the sheet's lists say, without what it rests on."""
    Persona, Note = (apps.get_model("personas", name) for name in ("Persona", "Note"))
    for persona in Persona.objects.all().iterator():
        for name, kind in LISTS.items():
            lines = Note.objects.filter(persona=persona, kind=kind, archived_at=None).order_by("position")
            setattr(persona, name, "\n".join(lines.values_list("text", flat=True)))
        persona.save(update_fields=list(LISTS))


class Migration(migrations.Migration):

    dependencies = [
        ("personas", "0002_notes"),
    ]

    operations = [
        migrations.RunPython(write_notes, write_lists, elidable=True),
        migrations.RemoveField(
            model_name='persona',
            name='frustrations',
        ),
        migrations.RemoveField(
            model_name='persona',
            name='goals',
        ),
        migrations.RemoveField(
            model_name='persona',
            name='needs',
        ),
        migrations.RemoveField(
            model_name='persona',
            name='preferred_channels',
        ),
    ]
