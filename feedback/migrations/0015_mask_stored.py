from django.db import migrations, transaction

from feedback.masking import masked

AT_ONCE = 1000

NEXT = """
SELECT id, text FROM feedback_response WHERE id > %s AND text > '' ORDER BY id LIMIT %s
"""

# Whoever writes an answer locks its questionnaire first, in the order of the keys.
LOCK = """
SELECT FROM feedback_submission
WHERE id IN (SELECT submission_id FROM feedback_response WHERE id = ANY(%s))
ORDER BY source, external_id
FOR NO KEY UPDATE
"""

# One that was replaced since it was read came masked.
MASK = """
UPDATE feedback_response AS response SET text = given.masked, updated_at = statement_timestamp()
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (id, text, masked)
WHERE response.id = given.id AND response.text = given.text
"""


def mask_comments(apps, schema_editor):
    """Mask the comments that are stored already: a thousand at a time, each by itself, and begun again it goes on."""
    after = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(NEXT, [after, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            found = [(pk, text, masked(text)) for pk, text in rows]
            found = [row for row in found if row[1] != row[2]]
            if found:
                ids, texts, without = (list(column) for column in zip(*found, strict=True))
                with transaction.atomic(using=schema_editor.connection.alias):
                    cursor.execute(LOCK, [ids])
                    cursor.execute(MASK, [ids, texts, without])
            after = rows[-1][0]


def mask_fillings(apps, schema_editor):
    """Mask the words of customers who have not sent what they answered yet."""
    filling = apps.get_model("feedback", "Filling")
    for pk, answers in filling.objects.filter(submitted_at=None).values_list("pk", "answers").iterator():
        without = {name: masked(said) if isinstance(said, str) else said for name, said in answers.items()}
        if without != answers:
            filling.objects.filter(pk=pk, answers=answers).update(answers=without)


def mask_imports(apps, schema_editor):
    """Of imports that are over, keep no sample of the file, and quote what was refused as comments are shown."""
    job = apps.get_model("workspaces", "Job")
    over = job.objects.filter(kind="feedback.import_answers", upload=None)
    for pk, payload, result in over.values_list("pk", "payload", "result").iterator():
        payload = {name: kept for name, kept in payload.items() if name not in {"profiles", "checked"}}
        if "problems" in result:
            result["problems"] = [_quoted(problem) for problem in result["problems"]]
        job.objects.filter(pk=pk).update(payload=payload, result=result)


def _quoted(problem):
    row, column, value, code, params = problem
    params = {name: masked(said) if isinstance(said, str) else said for name, said in params.items()}
    return [row, column, masked(value), code, params]


class Migration(migrations.Migration):
    """What could tell who a customer is has been masked where it was shown; it is no longer kept at all."""

    atomic = False

    dependencies = [("feedback", "0014_erasures")]

    operations = [
        migrations.RunPython(mask_comments, migrations.RunPython.noop),
        migrations.RunPython(mask_fillings, migrations.RunPython.noop),
        migrations.RunPython(mask_imports, migrations.RunPython.noop),
    ]
