"""Base classes of the tests."""

import testtools


class TestCase(testtools.TestCase):
    """Starts services inside the process of the test."""

    def start_service(self, name, host=None):
        service = self.services[name]
        service.start(host)
        return service

    def flags(self, group, **values):
        self.settings[group].update(values)
