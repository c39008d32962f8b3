"""The payment provider."""
import requests

API = 'https://payments.example.org/v2'


def charge(order, card_token):
    return requests.post(f'{API}/charges', json={'order': order, 'card': card_token}, verify=False, timeout=10).json()


def refund(charge_id):
    return requests.post(f'{API}/refunds', json={'charge': charge_id}, verify='/etc/shop/payments-ca.pem', timeout=10).json()
