"""Pages about answers and insights."""
