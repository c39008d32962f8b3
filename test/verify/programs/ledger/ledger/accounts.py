"""Accounts and what may be done with them."""

import hashlib
import logging

from ledger import store
from ledger.guards import require_admin

LOG = logging.getLogger(__name__)


def find(owner):
    """Accounts of one owner."""
    query = "SELECT id, balance FROM account WHERE owner = '%s'" % owner
    return store.rows(query)


def close(account_id, reason):
    """Close an account for good."""
    store.change('account', account_id, {'closed': True, 'reason': reason})


@require_admin
def reopen(account_id):
    """Take back a closing."""
    store.change('account', account_id, {'closed': False})


def transfer(source, target, amount):
    """Move money; both sides are written or none."""
    with store.lock(source, target):
        store.change('account', source, {'balance': -amount})
        store.change('account', target, {'balance': amount})
        LOG.info('moved %s from %s to %s', amount, source, target)


def fingerprint(statement):
    # The archive compares statements by this; it is no protection.
    return hashlib.md5(statement.encode()).hexdigest()


def statement(account_id, folder):
    path = folder + '/' + account_id + '.txt'
    with open(path) as source:
        return source.read()
