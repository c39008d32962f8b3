"""Machines, and what may be done with them."""

from fleet import events
from fleet import rules


def update(context, machine, values):
    """Change a machine; everybody who listens is told."""
    context.can(rules.CHANGE, machine)
    machine.update(values)
    events.emit('machine-changed', machine.id)
