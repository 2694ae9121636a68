"""The errors that a user may see: each names the thing and the place."""


class ShowEditorError(Exception):
    """Base of all errors that are the fault of an input and not of the program."""


class BadFile(ShowEditorError):
    """A file cannot be read as what it claims to be.

    `file` is the name as the user knows it, `place` a line, member, field or byte offset inside it (empty
    when the whole file is meant), `expected` what should have stood there.
    """

    def __init__(self, file: str, place: str, expected: str) -> None:
        self.file = file
        self.place = place
        self.expected = expected
        super().__init__(f"{file}: {place}: {expected}" if place else f"{file}: {expected}")


class BadInput(ShowEditorError):
    """A value given by the user (an option, a description, a name) cannot be used; the text says why."""


class Unfit(ShowEditorError):
    """A plan does not fit a format: names the format, the offending thing and the format's limit."""

    def __init__(self, format_id: str, thing: str, reason: str) -> None:
        self.format_id = format_id
        self.thing = thing
        self.reason = reason
        super().__init__(f"{format_id}: {thing}: {reason}")
