"""What happens now: contacts and agents of this moment, from events that may come late, twice or never."""
