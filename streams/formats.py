"""The format of the messages that workers pass on, so that those of two releases can run side by side for a while.

A message says its format in a header. Fields that an older worker may overlook need no new format (see
`streams.records`); whatever it would get wrong does, and then it leaves such a message to a newer worker, neither
rejecting nor answering it. docs/upgrading.md says how releases follow one another.
"""

from streams.events import Headers

FORMAT = 1
HEADER = "copytaster-format"


def stamp() -> Headers:
    """The header of a message that this release writes."""
    return {HEADER: str(FORMAT).encode()}


def newer(headers: Headers) -> bool:
    """Whether a later release wrote the message, in a format that isn't known here; one without a header is known."""
    said = headers.get(HEADER, b"")
    return said.isdigit() and int(said[:9]) > FORMAT
