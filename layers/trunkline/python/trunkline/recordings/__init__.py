"""Recordings of calls: what they are named, whether they are whole, and how long they are kept."""
