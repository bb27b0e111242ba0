"""The loopback front: the template's HTTP APIs, the console's site, and objects, for a browser."""

from twin.cloud.front.server import Front

__all__ = ["Front"]
