"""Escritoire: a desk that locks. Your documents answer questions, on your own computer."""

__version__ = "0.1.0"
