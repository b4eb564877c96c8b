"""Exact text and the places in it. Knows nothing of human rights, reports or editors.

`source` holds a file as received and the spans that point into it; `normaliser` joins the words of spans to the text
that pages quote, and is what proves them afterwards; `passage` parts words from marks.
"""
