"""Where a call goes, how urgent it is, and how long it will wait."""
