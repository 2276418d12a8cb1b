"""Why a file as a whole was not read."""


class FileRejected(Exception):  # noqa: N818 - an answer to the uploader, not an error of ours
    """The file cannot be read as a list; nothing of it was kept.

    `code` is stable and snake_case; `sentence` says what to do next and repeats nothing of the file's
    content.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
