"""An address for each route, for tests that walk through all of them."""

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule


def address_of(app: Flask, rule: Rule) -> str:
    """An address that leads to a route, of something that most likely does not exist."""
    values = {name: _value(rule, name) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=min(rule.methods or {"GET"}))


def _value(rule: Rule, name: str) -> str | int:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else "x"
