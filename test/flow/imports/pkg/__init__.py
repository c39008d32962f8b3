from .deep import helper
from .names import starred

CONSTANT = 'fixed'
