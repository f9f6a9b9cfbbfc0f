"""What is done to a post on its way: its HTML, its photos."""
