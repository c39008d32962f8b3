"""Regression test: what a machine held is given back when the machine is down.

Written for the tests of the verifier. It is the same test as it may have been before
it was committed: every statement that the review quotes stands in the line it cites.
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





        self.flags(group='scheduler', driver='any')

        self.start_service('conductor')
        self.start_service('scheduler')

        self.compute = self.start_service('compute')

        self.image_id = 7
        self.flavor_id = 3



        self.useFixture(cast_as_call.CastAsCall(self.stubs))

    def test_given_back(self):
        """What a server held is given back.

        The delete is done locally because the machine is down; we want to make
        sure that nothing stays behind.
        """



        where = self.placement_api.get('/where')[0]
        before = self.placement_api.get('/held/%s' % where)






        # Create a server.
        server = self._build_minimal_create_server_request(self.api,
            'local-delete-test', self.image_id, self.flavor_id, 'none')
        server = self.admin_api.post_server({'server': server})
        server = self._wait_for_state_change(self.api, server, 'ACTIVE')


        during = self.placement_api.get('/held/%s' % where)
        self.assertNotEqual(before, during)
        # Take the machine down to trigger a local delete.
        compute_service_id = self.admin_api.get_services(self.compute.host)[0]['id']

        self.admin_api.put_service(compute_service_id, {'status': 'disabled'})


        # Delete it; this is a local delete because the machine is down.
        self.api.delete_server(server['id'])

        self.admin_api.put_service(compute_service_id, {'status': 'enabled'})




        self.compute.start()


        after = self.placement_api.get('/held/%s' % where)


        self.assertEqual(before, after)
