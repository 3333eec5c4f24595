"""Fields of pictures and sounds: the names that a question or choice gives of them, and the files themselves."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from schemas.fields import OwnField
from schemas.media import FILE_NAME, problem_of_data
from schemas.texts import LANGUAGE
from schemas.words import say


class MediaField(OwnField[Mapping[str, str]]):
    """The name of a file, or one for each language: "q1.mp3" or {vi: "q1.vi.mp3", en: "q1.en.mp3"}; "*" stands for every language."""

    def __init__(self, sort: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._sort = sort

    def _read(self, value: Any) -> Mapping[str, str]:
        files = {"*": value} if isinstance(value, str) else value
        if not isinstance(files, Mapping) or not files:
            raise ValidationError(say("media.shape|{sort} is the name of a file, or {{vi: …, en: …}}", sort=self._sort))
        for language, name in files.items():
            if language != "*" and not (isinstance(language, str) and LANGUAGE.match(language)):
                raise ValidationError("text.language|the key of a file is a language code such as vi or en")
            if not isinstance(name, str) or not FILE_NAME[self._sort].match(name):
                raise ValidationError(
                    say("media.name|this is no name of an {sort} file that every device can use", sort=self._sort)
                )
        return dict(files)


class MediaFilesField(OwnField[Mapping[str, str]]):
    """The files themselves, as data URIs by name."""

    def _read(self, value: Any) -> Mapping[str, str]:
        if not isinstance(value, Mapping):
            raise ValidationError("media.shape|media are data URIs by file name")
        wrong = {str(name)[:80]: [problem] for name, data in value.items() if (problem := problem_of_data(name, data))}
        if wrong:
            raise ValidationError(wrong)
        return dict(value)
