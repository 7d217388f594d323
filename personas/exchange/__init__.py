"""Personas in from files, and out as files: one module per format."""
