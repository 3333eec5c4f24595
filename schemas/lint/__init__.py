"""The rules of lint, one module a concern; schemas.linting calls them."""
