"""Coverage: which terms documents use, and whether something explains them where they are used.

`document` examines one document, `model` adds the results of several up, and `report` compares the sum with
the entries of the glossaries. Nothing here reads files or renders.
"""
