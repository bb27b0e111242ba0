"""Runs in a function's own process: the real Lambda runtime client, with virtual time.

Started by path, with the repository not on the module path: a handler finds here what it would
find in Lambda, its code and its layers.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

END_MARK = "\0twin end "


def main() -> None:
    """Run the handler named by ``_HANDLER`` for ever."""
    del sys.path[0]
    sys.path[:0] = [path for path in os.environ.pop("TWIN_PATH_FIRST", "").split(os.pathsep) if path]
    sys.path += [path for path in os.environ.pop("TWIN_PATH_LAST", "").split(os.pathsep) if path]
    _resolve_prefixed_hosts()
    import time_machine
    from awslambdaric import bootstrap as untyped_bootstrap
    from awslambdaric import lambda_runtime_client

    bootstrap: Any = untyped_bootstrap
    base: Any = lambda_runtime_client.LambdaRuntimeClient

    traveller = time_machine.travel(float(os.environ.pop("TWIN_NOW"))).start()

    class Client(base):  # type: ignore[misc]
        """Sets the process's clock at each invocation, and marks the end of its output."""

        def wait_next_invocation(self) -> Any:
            request = super().wait_next_invocation()
            for member in (request.x_amzn_trace_id or "").split(";"):
                if member.startswith("TwinNow="):
                    traveller.move_to(float(member.removeprefix("TwinNow=")))
            return request

        def post_invocation_result(self, invoke_id: str, *args: Any, **kwargs: Any) -> Any:
            _mark_end(invoke_id)
            return super().post_invocation_result(invoke_id, *args, **kwargs)

        def post_invocation_error(self, invoke_id: str, *args: Any, **kwargs: Any) -> Any:
            _mark_end(invoke_id)
            return super().post_invocation_error(invoke_id, *args, **kwargs)

    bootstrap.run(os.environ["_HANDLER"], Client(os.environ["AWS_LAMBDA_RUNTIME_API"]))


def _mark_end(invoke_id: str) -> None:
    sys.stdout.write(f"\n{END_MARK}{invoke_id}\n")
    sys.stdout.flush()


def _resolve_prefixed_hosts() -> None:
    """Let ``sync-127.0.0.1`` and the like, which SDKs make of an endpoint, mean 127.0.0.1."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return resolve("127.0.0.1" if name and name.endswith("127.0.0.1") else host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


if __name__ == "__main__":
    main()
