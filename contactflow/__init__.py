"""The Amazon Connect Flow language as a library: read, write, compile and run contact flows offline.

It depends on the standard library alone and talks to nobody: the interpreter asks its host for
everything that needs a telephone, a clock or the cloud.

* :mod:`contactflow.model` - flows as values: parse, check, serialise;
* :mod:`contactflow.compile` - a described IVR becomes flows;
* :mod:`contactflow.run` - a flow and a contact become a conversation.
"""
