"""How the command line is read: verbs, nouns with verbs of their own, and the nearest verb when one is mistyped."""

from __future__ import annotations

import argparse
import difflib
from typing import Any, NoReturn

__all__ = ["Parser", "noun", "port", "verb"]


class Parser(argparse.ArgumentParser):
    """argparse, with the nearest verb named when one is mistyped."""

    def error(self, message: str) -> NoReturn:
        if "invalid choice" in message:
            word = message.split("invalid choice: ")[1].split("'")[1]
            near = difflib.get_close_matches(word, _choices(self), n=1)
            message = f"there is no command {word!r}" + (f"; did you mean {near[0]}?" if near else "; see dojo --help")
        self.exit(2, f"{self.prog}: {message}\n")


def verb(verbs: Any, name: str, run: Any, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=help_text, description=help_text[0].upper() + help_text[1:] + "."
    )
    parser.set_defaults(run=run)
    return parser


def noun(verbs: Any, name: str, help_text: str) -> Any:
    """A word with verbs of its own, such as `dojo course`; what to add them to."""
    parser: Parser = verbs.add_parser(name, help=help_text)
    return parser.add_subparsers(metavar="command", required=True, parser_class=Parser)


def port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; use a number from 1024 to 65535")
    return int(text)


def _choices(parser: argparse.ArgumentParser) -> list[str]:
    found = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return list(found[0]) if found else []
