"""The window, driven as a person drives it: by its buttons, its list and its keys."""
