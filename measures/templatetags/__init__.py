"""How opportunities and measures are told."""
