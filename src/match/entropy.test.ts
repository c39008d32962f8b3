import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHighEntropy } from './entropy.ts'

test('keys and tokens look made by chance, words, numbers and placeholders do not', () => {
  const random = ['f3a9c1d2e8b74605', 'jH7sKq2Lz9XwVb', 'AKIAxxxxxxxxxxxxxxxx', 'ghp_k3J9sD8f7Qw2', '287139315271', 'MIIEogIBAAKCAQEAjosMtDUqbE1', 'x9Kd3-7h2sL-P0qz4m', '3f2504e0-4f89-11d3-9a0c-0305e82c3301']
  const written = [
    'secret', 'xxxxxxxxxxxxxxxxxxxxxxxx', 'this-is-not-a-key', 'HTTPServerFactory2', '2026-11-23T12:00:00', '10.20.30.40', 'getUserNameById', '20261123', '',
    'user_profile_settings_page', 'SELECT name FROM users WHERE id = 1', 'application/json; charset=utf-8',
  ]
  assert.deepEqual([...random, ...written].filter(isHighEntropy), random)
})
