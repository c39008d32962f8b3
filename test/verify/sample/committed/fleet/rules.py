"""Who may do what."""

CHANGE = 'machines:change'
