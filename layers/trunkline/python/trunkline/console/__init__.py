"""The console's API: who may see what, and how a contact, a day and this moment are shown."""
