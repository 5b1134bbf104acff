"""The language server: what lies between the protocol and the workspace.

Only `protocol` and `requests` import pygls and lsprotocol, only `transport` and `schedule` import asyncio.
The other modules handle messages as the plain JSON that they are.
"""
