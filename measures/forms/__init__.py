"""The forms of opportunities and measures."""
