"""The API as one documented whole: blueprints that name their problems, an OpenAPI 3.1 document, a page that reads it out."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

import flask_smorest
from flask import Blueprint as PlainBlueprint
from flask import Flask, Response, current_app, json, render_template
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from schemas.problems import KINDS, Kind
from schemas.wire import ProblemSchema
from server.web.errors import answer_http
from server.web.text_normalisation import Parser

Verb = TypeVar("Verb", bound=Callable[..., Any])
SECURITY_SCHEMES = {
    "collector": {"type": "http", "scheme": "bearer", "description": "`Bearer <collector token>`"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "langnghe",
        "description": "the cookie of whoever signed in to the console; browsers send it below `/console`",
    },
    "link": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Link <link code>`: the code of a campaign's link, for workers' own phones",
    },
}
PROBLEM = "application/problem+json"
END = r"\Z"
COLLECTORS: list[dict[str, list[str]]] = [{"collector": []}]
SIGNED_IN: list[dict[str, list[str]]] = [{"session": []}]
SENDERS: list[dict[str, list[str]]] = [{"collector": []}, {"link": []}]

documentation = PlainBlueprint("documentation", __name__, url_prefix="/api", template_folder="templates")


class Utf8(DefaultJSONProvider):
    """Spells Vietnamese as it is."""

    ensure_ascii = False


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """A part of the API whose operations say which problems they may answer."""

    ARGUMENTS_PARSER = Parser()

    def problems(self, *kinds: Kind | str) -> Callable[[Verb], Verb]:
        """Document the problems of an operation, by status."""
        found = [KINDS[kind] if isinstance(kind, str) else kind for kind in kinds]

        def decorate(verb: Verb) -> Verb:
            documented: Any = verb
            for status in sorted({kind.status for kind in found}):
                sentences = "; ".join(f"`{kind.code}`: {kind.title}" for kind in found if kind.status == status)
                documented = self.alt_response(
                    status, schema=ProblemSchema, content_type=PROBLEM, description=sentences
                )(documented)
            return documented  # type: ignore[no-any-return]

        return decorate


class Api(flask_smorest.Api):  # type: ignore[misc]
    """The OpenAPI document, with errors answered as everywhere else.

    Writing the document is half the work of putting a server together, and few ever read it: it is written for its first reader.
    """

    DEFAULT_ERROR_RESPONSE_NAME = None
    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        self._rooms: list[Blueprint] = []
        self._options: dict[str, Any] = {}
        self._writing = Lock()
        super().__init__(app)

    def register_blueprint(self, blp: Blueprint) -> None:
        """Add a part of the API."""
        self._app.register_blueprint(blp)
        self._rooms.append(blp)

    def document(self) -> dict[str, Any]:
        """What OpenAPI 3.1 says of every operation."""
        with self._writing:
            if self.spec is None:
                self._write()
        found: dict[str, Any] = self.spec.to_dict()
        return found

    def _init_spec(self, **options: Any) -> None:
        """Called by flask-smorest to begin the document; `_write` does it."""
        self._options = options

    def _write(self) -> None:
        super()._init_spec(**self._options)
        for room in self._rooms:
            room.register_views_in_doc(self, self._app, self.spec, name=room.name, parameters=None)
            self.spec.tag({"name": room.name, "description": room.description})

    def handle_http_exception(self, error: HTTPException) -> ResponseReturnValue:
        """Answer as `server.web.errors` does."""
        return answer_http(error)


def open_api(app: Flask) -> Api:
    """Start the document; each room then registers its part."""
    app.json = Utf8(app)
    app.config.update(API_TITLE="Lắng Nghe", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    app.config["API_SPEC_OPTIONS"] = {
        "info": {
            "description": "How sealed responses travel from hop to hop, what each hop answers, and results for programs."
        },
        "components": {"securitySchemes": SECURITY_SCHEMES},
    }
    api = Api(app)
    app.extensions["langnghe_api"] = api
    app.register_blueprint(documentation)
    return api


@documentation.get("/openapi.json")
def openapi_document() -> ResponseReturnValue:
    """Hand out the OpenAPI document."""
    return Response(json.dumps(_document(), ensure_ascii=False), mimetype="application/json")


@documentation.get("/docs")
def read_out() -> ResponseReturnValue:
    """Show the same document as a plain page, without a script and without asking anybody else."""
    return render_template("api.html", document=_document(), schema_name=_schema_name)


def _document() -> dict[str, Any]:
    document: dict[str, Any] = _with_patterns_of_json_schema(current_app.extensions["langnghe_api"].document())
    for answer in document.get("components", {}).get("responses", {}).values():
        if "application/json" in answer.get("content", {}):
            answer["content"] = {PROBLEM: answer["content"]["application/json"]}
    return document


def _with_patterns_of_json_schema(part: Any) -> Any:
    r"""Spell patterns as JSON Schema does: Python's begin where they match and end with \Z, its own say so with ^ and $."""
    if isinstance(part, dict):
        spelt = {name: _with_patterns_of_json_schema(value) for name, value in part.items()}
        if isinstance(spelt.get("pattern"), str):
            spelt["pattern"] = f"^(?:{spelt['pattern'].removesuffix(END)})$"
        return spelt
    return [_with_patterns_of_json_schema(item) for item in part] if isinstance(part, list) else part


def _schema_name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
