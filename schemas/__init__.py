"""The language: what a survey, an answer, an envelope, a batch and a receipt are."""
