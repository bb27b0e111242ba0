"""The few constructs that several capabilities share."""
