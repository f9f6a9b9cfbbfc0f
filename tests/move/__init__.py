"""The move: its file, its way of asking, its engine."""
