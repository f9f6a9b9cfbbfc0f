"""New blogs: one contract, and what is special about each kind."""
