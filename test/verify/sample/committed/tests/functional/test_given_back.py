"""Regression test: what a machine held is given back when the machine is down.

Written for the tests of the verifier. It has the statements that a known review
quotes, in the places where that review's subject has them, and nothing else of it.
"""







import fleet.test
from tests.functional import client
from tests.functional import helpers
from tests.unit import cast_as_call
from tests.unit import rules_fixture



class TestGivenBack(fleet.test.TestCase,
                    helpers.ServerMixin):
    def setUp(self):
        super(TestGivenBack, self).setUp()
        self.useFixture(rules_fixture.RealRules())




        self.api = client.Client('user')


        self.admin_api = client.Client('admin')


        self.placement_api = client.Client('placement')




        self.start_service('conductor')
        self.start_service('consoles')

        self.flags(group='scheduler', driver='any')
        self.start_service('scheduler')

        self.compute = self.start_service('compute')

        self.useFixture(cast_as_call.CastAsCall(self))

        self.image_id = 7
        self.flavor_id = 3

    def _held(self, where):
        answer = self.placement_api.get('/held/%s' % where)
        return answer['held']

    def test_given_back(self):
        """What a server held is given back.

        The delete is done locally because the machine is down; we want to make
        sure that nothing stays behind.
        """

        where = self.placement_api.get('/where')[0]
        before = self._held(where)
        for value in before.values():
            self.assertEqual(0, value)




        # Create a server.
        server = self._build_minimal_create_server_request(self.api,
            'local-delete-test', self.image_id, self.flavor_id, 'none')
        server = self.admin_api.post_server({'server': server})
        server = self._wait_for_state_change(self.api, server, 'ACTIVE')


        during = self._held(where)
        self.assertNotEqual(before, during)


        # Take the machine down to trigger a local delete.
        self.compute.stop()
        compute_service_id = self.admin_api.get_services(
            host=self.compute.host)[0]['id']
        self.admin_api.put_service(compute_service_id, {'forced_down': True})

        # Delete it; this is a local delete because the machine is down.
        self.api.delete_server(server['id'])




        self.compute.start()


        after = self._held(where)


        self.assertEqual(before, after)
