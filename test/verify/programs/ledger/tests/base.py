"""What every test of the ledger has."""

import unittest


class LedgerTest(unittest.TestCase):

    def break_connection(self):
        """Makes the store unreachable."""
        self.connection.close()

    def make_account(self, owner):
        return {'owner': owner, 'balance': 0}

    def freeze_clock(self, at):
        self.clock = at
