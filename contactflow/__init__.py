"""The Amazon Connect Flow language as a library: read, write, check, run and draw contact flows offline.

It depends on the standard library alone and talks to nobody: the interpreter asks its host for
everything that needs a telephone, a clock or the cloud.

* :mod:`contactflow.model` - flows as values: parse, check, serialise, convert from the legacy format;
* :mod:`contactflow.lint` - what would go wrong on the phone;
* :mod:`contactflow.compile` - a described IVR becomes flows;
* :mod:`contactflow.run` - a flow and a contact become a conversation;
* :mod:`contactflow.explore` - every way that a call could go, and the shortest to what is wrong;
* :mod:`contactflow.testing` - cases in Amazon Connect's testing language;
* :mod:`contactflow.draw` - flows as pictures.
"""
