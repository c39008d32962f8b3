"""The rules as they are shipped, for tests."""


class RealRules(object):
    def setUp(self):
        self.rules = {}
