"""Pages about personas."""
