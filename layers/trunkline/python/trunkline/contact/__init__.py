"""The kernel that every capability shares: the contact, its record, phone events, time, money, masking."""
