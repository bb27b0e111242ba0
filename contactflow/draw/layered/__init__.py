"""Layered drawing of a directed graph from left to right; knows nothing of flows.

The way of Sugiyama, Tagawa and Toda: links that close a cycle are turned round, every box gets a rank,
links over several ranks pass through a lane in each, ranks are ordered by barycentres so that few links
cross, and coordinates pull boxes towards what they are linked with.

**Source**: K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System
Structures", IEEE Transactions on Systems, Man, and Cybernetics 11 (1981).
"""

from contactflow.draw.layered.graph import Box, Drawing, Link, Route
from contactflow.draw.layered.placement import lay_out

__all__ = ["Box", "Drawing", "Link", "Route", "lay_out"]
