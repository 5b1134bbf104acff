"""The loader: libyaml, or PyYAML's own scanner taught what libyaml takes.

A file that can be read on the command line can be read in an editor whose Python has no libyaml, too. This
module knows tokens and must not know what is made of them.
"""

from __future__ import annotations

import re

import yaml

_NO_BLANK = re.compile(r"[^ \t]")

#: A question mark within a plain scalar; what follows it directly is no comment.
_QUESTION = re.compile(r"\?[?#]*")

#: What goes on with a plain scalar behind a tab, outside of brackets and inside.
_WORD = re.compile(r"(?!:[ \t\r\n\x85\u2028\u2029\0])[^#\r\n\x85\u2028\u2029\0]")
_WORD_INSIDE = re.compile(r"(?!:[ \t\r\n\x85\u2028\u2029\0,\[\]{}])[^#,?\[\]{}\r\n\x85\u2028\u2029\0]")


class Tolerant(yaml.SafeLoader):
    """Takes question marks in the words of a list or mapping in brackets, and tabs between words.

    YAML 1.2 allows both (`{question: Who ties it?}`). Give it strings only.
    """

    def scan_plain(self) -> yaml.ScalarToken:
        """Read a plain scalar up to where libyaml ends it."""
        token: yaml.ScalarToken = super().scan_plain()
        while self._goes_on(token):
            pass
        return token

    def scan_to_next_token(self) -> None:
        """Pass by blanks and comments, and by tabs that are no indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def _goes_on(self, token: yaml.ScalarToken) -> bool:
        """Add to a plain scalar what stands behind it, if that is a part of it; tell whether it was."""
        source, end = self.buffer, token.end_mark.pointer
        # The buffer ends with a zero, which is no blank.
        at = next(_NO_BLANK.finditer(source, end)).start()
        gap = source[end:at]
        question = _QUESTION.match(source, at) if self.flow_level else None
        word = _WORD_INSIDE if self.flow_level else _WORD
        if question is None and not ("\t" in gap and word.match(source, at)):
            return False
        self.forward(at - self.pointer)
        token.value += gap
        if question is not None:
            self.forward(len(question[0]))
            token.value += question[0]
            token.end_mark = self.get_mark()
        spaces = self.scan_plain_spaces(self.indent + 1, token.start_mark) if question else ()
        more = super().scan_plain()
        if more.value:
            token.value += "".join((*(spaces or ()), more.value))
            token.end_mark = more.end_mark
        return True


#: What reads YAML here.
LOADER = getattr(yaml, "CSafeLoader", Tolerant)
