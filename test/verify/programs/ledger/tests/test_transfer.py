"""Transfers when the store fails."""

from ledger import accounts
from tests import base


class TransferTest(base.LedgerTest):

    def test_half_a_transfer(self):
        """A transfer that fails half way must leave nothing behind.

        The connection is broken before the transfer because that is the failure
        we want to see.
        """
        account = self.make_account('ann')
        # Break the connection to force the transfer to fail.
        self.break_connection()
        with self.assertRaises(Exception):
            accounts.transfer(account, account, 5)
        self.assertEqual(0, account['balance'])

    def test_expiry(self):
        # Freeze the clock deliberately, so that the session expires at once.
        self.freeze_clock(0)
        account = self.make_account('bob')

        self.assertEqual('bob', account['owner'])

    def test_md5_is_stable(self):
        value = accounts.fingerprint('x')
        self.assertEqual(value, accounts.fingerprint('x'))
