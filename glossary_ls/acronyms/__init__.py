"""Acronyms: where a document uses them, where it explains them, and which of them nobody explains."""
