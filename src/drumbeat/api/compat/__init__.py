"""The interface of kind B under `/v2`: shapes and words that programs written for it expect, and nothing else.

What it does is done by `actions`; what its words mean is in docs/reference/kind-b.md.
"""
