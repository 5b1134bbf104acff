"""The parts of `features.code_actions`: one kind of remedy in each file.

Each takes a document and what is known about its surroundings, and yields actions as plain data.
"""
