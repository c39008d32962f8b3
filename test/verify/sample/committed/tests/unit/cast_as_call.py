"""Makes messages without answer wait for one, so that a test sees their effect."""


class CastAsCall(object):
    def __init__(self, test):
        self.test = test

    def setUp(self):
        self.test.replace('prepare', self._prepare)

    def _prepare(self, target):
        target.cast = target.call
        return target
