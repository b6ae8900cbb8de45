"""The `dojo` command. Results go to stdout, all else to stderr; exit 0 done, 1 expected failure, 2 wrong usage.

The only package that may import every other. A module holds the verbs of one kind of user, each verb's arguments beside
the function that runs it, and its `add` puts them into the command; each verb imports what it needs when it is used,
so that help is instant.
"""

from dojo.cli.run import main

__all__ = ["main"]
