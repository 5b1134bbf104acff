"""Whether words are tied to code: a part of an option, a path, a tag, an identifier or a call.

Such words name something that a text does not decide, so that they must not be reworded. A plain hyphen and a
single slash tie nothing: `pre-SLO`, `TCP/IP`. This module must not know any markup.
"""

from __future__ import annotations

from glossary_ls.base.patterns import lazily

#: How many characters beside the words are looked at.
_MOST = 80

#: What ends a token before words: an opening bracket or quotation mark may precede it.
_HEAD = lazily(
    r"(?:(?:[$#%]|\\[A-Za-z]*(?:cite|label|ref)[a-z]*)\{)?[^\s(\[{\"'\u2018\u201c`*|\x1f\ufffc]*\Z"
)
_TAIL = lazily(r"[^\s\]}\"'\u2019\u201d`*|\x1f\ufffc]*")

_TIED_HEAD = lazily(r"--|\A[-&%]|[@#$\\=_~]|::|//|\A[/.]|\w/\w[^/]*/|\w\.\Z|[\w-]\.[\w-]+/")
_TIED_TAIL = lazily(r"\(\)|[\w-]*(?:[_=\\@$~]|::|\.\w|\(\))|/[\w.-]+/|[\w-]*/[.,;:!?)]*\Z|[\w-]*:/|[<>!]=\w")

#: `:short-code:`, as for an emoji.
_CODE_HEAD = lazily(r":[\w+-]*\Z")
_CODE_TAIL = lazily(r"[\w+-]*:(?!\w)")


def is_tied(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]`, some words, are a part of something that is written as code."""
    head = _HEAD.search(text, max(start - _MOST, 0), start)
    tail = _TAIL.match(text, end, end + _MOST)
    before, after = head[0] if head else "", tail[0] if tail else ""
    if _CODE_HEAD.match(before) and _CODE_TAIL.match(after):
        return True
    return bool(_TIED_HEAD.search(before) or _TIED_TAIL.match(after))
