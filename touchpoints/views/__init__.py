"""Pages about touchpoints and channels."""
