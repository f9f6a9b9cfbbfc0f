"""Moving Day carries a person's old blog to WordPress."""

__version__ = "0.1.0"
