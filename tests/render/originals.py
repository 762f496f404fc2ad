"""A few documents of every platform, as bytes, to be mutated."""


def originals(root, folder):
    raise NotImplementedError
