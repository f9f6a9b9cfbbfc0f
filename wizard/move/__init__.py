"""The move itself: the file that remembers it, the engine that does it, the report."""
