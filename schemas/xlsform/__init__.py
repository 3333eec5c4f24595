"""Surveys as XLSForm workbooks: read without trust, written without loss, and a template to begin with. README.md is the contract."""
