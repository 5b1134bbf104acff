"""The benchmark of quality: how well unknown and defined acronyms are told on labelled documents."""
