"""The move as a generator of events: a small pool of threads, one writer, exactly once."""
