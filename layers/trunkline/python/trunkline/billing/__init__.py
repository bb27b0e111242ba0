"""What calls cost: of one contact, of a span by queue and department, and of a volume that is yet to come."""
