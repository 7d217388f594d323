"""The forms of personas."""
