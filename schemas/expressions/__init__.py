"""Expressions: XLSForm's subset of XPath, parsed once into JSON arrays; evaluated here, and by the page's twin in TypeScript."""
