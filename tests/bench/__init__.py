"""Speed, always as a ratio to something bare that ran in the same minute."""
