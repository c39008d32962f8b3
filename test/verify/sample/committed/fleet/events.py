"""What happened, for those who listen."""

LISTENERS = []


def emit(name, subject):
    for listener in LISTENERS:
        listener(name, subject)
