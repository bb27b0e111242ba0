"""The kernel that every capability shares: the contact, its record, phone events, time, money, masking.

Import the module you need (``trunkline.contact.record`` brings pydantic, the others do not).
"""
