"""What the figures of personas ask of the database. Values come as parameters."""

from touchpoints.statements import SUMS

# Questionnaires of a period by persona, and how many people filled them: one that names nobody is somebody.
RESPONDENTS = """
    SELECT persona_id, count(*), count(DISTINCT respondent_id) + count(*) FILTER (WHERE respondent_id IS NULL)
    FROM feedback_submission
    WHERE workspace_id = %(workspace)s AND persona_id = ANY(%(personas)s) AND day BETWEEN %(first)s AND %(last)s
    GROUP BY persona_id"""

# What personas answered in a period, by what it was about: counts per value of each scale.
ANSWERED = f"""
    SELECT persona_id, subject.kind, metric, scale, array_remove(ARRAY[{SUMS}], NULL) AS counts
    FROM touchpoints_subject AS subject
    JOIN touchpoints_dailycell AS cell ON cell.subject_id = subject.id
    WHERE subject.workspace_id = %(workspace)s AND persona_id = ANY(%(personas)s)
      AND day BETWEEN %(first)s AND %(last)s AND metric NOT IN ('contact', 'visit')
    GROUP BY persona_id, subject.kind, metric, scale"""

# The names of touchpoints, and the themes that live there.
TOUCHPOINTS = """
    SELECT touchpoint.id, touchpoint.subject_id, touchpoint.name,
           coalesce(json_agg(json_build_array(theme.id, theme.kind, theme.label, theme.terms) ORDER BY theme.id)
                    FILTER (WHERE theme.id IS NOT NULL), '[]')
    FROM touchpoints_touchpoint AS touchpoint
    LEFT JOIN feedback_theme AS theme
        ON theme.touchpoint_id = touchpoint.id AND theme.state IN ('suggested', 'accepted')
    WHERE touchpoint.workspace_id = %(workspace)s AND touchpoint.archived_at IS NULL
      AND (theme.id IS NOT NULL OR touchpoint.id = ANY(%(named)s))
    GROUP BY touchpoint.id"""

# The newest comments of each persona about some subjects in a period, so many of each.
COMMENTS = """
    SELECT persona.id, said.*
    FROM unnest(%(personas)s::bigint[]) AS persona (id), LATERAL (
        SELECT response.subject_id, response.id, submission.id, submission.day, metric, scale, value,
               left(text, %(letters)s)
        FROM feedback_response AS response
        JOIN feedback_submission AS submission ON submission.id = response.submission_id
        WHERE response.subject_id = ANY(%(subjects)s) AND text > '' AND removed_at IS NULL
          AND submission.persona_id = persona.id AND submission.day BETWEEN %(first)s AND %(last)s
        ORDER BY submission.day DESC, response.id DESC
        LIMIT %(most)s
    ) AS said"""
