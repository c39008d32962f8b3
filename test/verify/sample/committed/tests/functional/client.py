"""A client for tests."""


class Client(object):
    def __init__(self, name):
        self.name = name

    def get(self, path):
        return self.send('GET', path)

    def post_server(self, body):
        return self.send('POST', '/servers', body)

    def delete_server(self, server_id):
        return self.send('DELETE', '/servers/%s' % server_id)

    def get_services(self, host):
        return self.send('GET', '/services?host=%s' % host)

    def put_service(self, service_id, body):
        return self.send('PUT', '/services/%s' % service_id, body)
