CHANGED = 'fixed'
KEPT = 'fixed'
