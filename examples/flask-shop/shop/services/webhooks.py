"""Tells other systems of new orders."""
import requests

HOOKS = {
    'warehouse': 'https://warehouse.example.org/hooks/orders',
    'accounting': 'https://accounting.example.org/hooks/orders',
}
PARTNERS = {'https://parcels.example.net/hook', 'https://letters.example.net/hook'}


def test(url):
    answer = requests.post(url, json={'event': 'test'}, timeout=5)
    return answer.status_code


def notify(target, order):
    answer = requests.post(HOOKS[target], json=order, timeout=5)
    return answer.status_code


def notify_partner(url, order):
    if url not in PARTNERS:
        raise ValueError('unknown partner')
    return requests.post(url, json=order, timeout=5).status_code


def rate(currency):
    answer = requests.get('https://rates.example.org/v1/' + currency, timeout=5)
    return answer.json()['rate']
