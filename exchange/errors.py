class LineError(ValueError):
    """An article that cannot be imported; the message says why, in the words of the person who imports."""
