"""The table of question types, and why some types of other programs are none here.

A type is one thing: a `Kind`, in the modules of schemas/kinds. Its twin is client/web/src/language/kinds.ts; tests/vectors/answers.json
holds the two together.
"""

from collections.abc import Mapping

from schemas.kinds.choosing import RANK, SELECT_MULTIPLE, SELECT_ONE
from schemas.kinds.kind import Kind
from schemas.kinds.nps import NPS
from schemas.kinds.numbers import DECIMAL, INTEGER, RANGE
from schemas.kinds.words import ACKNOWLEDGE, CALCULATE, DATE, NOTE, TEXT
from schemas.model import Question
from schemas.suggesting import with_suggestion
from schemas.words import say, sentence

GATE = "gate"
GATE_CHOICES = ("enter", "skip", "end")
GATE_ENDS = "end"

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        SELECT_ONE,
        SELECT_MULTIPLE,
        RANK,
        INTEGER,
        DECIMAL,
        RANGE,
        NPS,
        DATE,
        TEXT,
        ACKNOWLEDGE,
        NOTE,
        CALCULATE,
    )
}


def kind_of(question: Question) -> Kind:
    """What the house knows of a question's type."""
    return KINDS[question.type]


_IDENTIFIES = (
    "it would tell who answered, where or when, and nothing that identifies is ever collected here; leave it out"
)
IDENTIFYING_TYPES: Mapping[str, str] = dict.fromkeys(
    (
        "deviceid subscriberid simserial phonenumber username email start end today audit geopoint geotrace geoshape start-geopoint "
        "start-geotrace start-geoshape background-audio background-geopoint image photo signature video audio file barcode "
        "datetime time"
    ).split(),
    _IDENTIFIES,
)

_NOT_HERE: Mapping[str, str] = {
    "begin_repeat": "repeats have no use in an anonymous survey; ask how many, and about all of them together",
    "begin_group": "a group is a section here",
    "hidden": "use calculate",
}


def refusal(type_name: str) -> tuple[str, str] | None:
    """Why there is no question of this type and what to do instead, as code and sentence; None if there is one."""
    if type_name in KINDS:
        return None
    if type_name in IDENTIFYING_TYPES:
        return "type.identifies", say(
            "a question of type {type_name} is refused: {reason}",
            type_name=type_name,
            reason=sentence(IDENTIFYING_TYPES[type_name]),
        )
    problem = say("there are no questions of type {type_name}", type_name=type_name[:40])
    if instead := _NOT_HERE.get(type_name):
        return "type.unknown", say("{problem}: {instead}", problem=problem, instead=sentence(instead))
    return "type.unknown", with_suggestion(problem, type_name, KINDS)
