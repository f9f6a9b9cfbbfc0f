"""Whole blogs moved into a real WordPress, and both looked at with the same eyes."""
