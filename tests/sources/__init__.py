"""Every kind of old blog: what is read from it, and what is said when it cannot be."""
