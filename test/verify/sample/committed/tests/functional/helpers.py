"""What several tests of servers need."""


class ServerMixin(object):
    def _wait_for_state_change(self, api, server, status):
        for _ in range(50):
            found = api.get('/servers/%s' % server['id'])
            if found['status'] == status:
                return found
        self.fail('no change')

    def _build_minimal_create_server_request(self, api, name, image, flavor, networks):
        """Only builds the body of a request."""
        return {'name': name, 'imageRef': image, 'flavorRef': flavor, 'networks': networks}
