"""Pages about opportunities and measures."""
