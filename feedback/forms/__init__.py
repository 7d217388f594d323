"""The forms of answers and insights."""
