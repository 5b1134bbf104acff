"""The YAML loader: libyaml, or the scanner of PyYAML extended to accept what libyaml accepts.

So a file is read alike whether or not PyYAML is built with libyaml. This module must not know nodes.
"""

from __future__ import annotations

import yaml

from glossary_ls.base.patterns import lazily

_NO_BLANK = lazily(r"[^ \t]")

#: A question mark inside a plain scalar, which a comment cannot follow directly.
_QUESTION = lazily(r"\?[?#]*")

#: The continuation of a plain scalar after a tab, outside of flow collections and inside.
_WORD = lazily(r"(?!:[ \t\r\n\x85\u2028\u2029\0])[^#\r\n\x85\u2028\u2029\0]")
_WORD_INSIDE = lazily(r"(?!:[ \t\r\n\x85\u2028\u2029\0,\[\]{}])[^#,?\[\]{}\r\n\x85\u2028\u2029\0]")


class Tolerant(yaml.SafeLoader):
    """Accepts question marks in plain scalars of flow collections, and tabs between words.

    YAML 1.2 allows both (`{question: Who ties it?}`). The source must be a string.
    """

    def scan_plain(self) -> yaml.ScalarToken:
        """Scan a plain scalar up to the end that libyaml finds."""
        token: yaml.ScalarToken = super().scan_plain()
        while self._goes_on(token):
            pass
        return token

    def scan_to_next_token(self) -> None:
        """Skip blanks and comments, and tabs that are not indentation."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()

    def _goes_on(self, token: yaml.ScalarToken) -> bool:
        """Extend a plain scalar by the text after it; return whether there was any."""
        source, end = self.buffer, token.end_mark.pointer
        # The buffer ends with a NUL, which is not a blank.
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


#: The loader class of all YAML sources.
LOADER = getattr(yaml, "CSafeLoader", Tolerant)
