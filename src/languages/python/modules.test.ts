import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileSet } from '../../tree/language.ts'
import { MODULES } from './modules.ts'

function fileSet(...paths: string[]): FileSet {
  const known = new Set(paths)
  return {
    paths,
    has: (path) => known.has(path),
    hasDirectory: (path) => path === '' || paths.some((each) => each.startsWith(`${path}/`)),
  }
}

const SHOP = fileSet(
  'setup.py', 'shop/__init__.py', 'shop/db.py', 'shop/db.pyi', 'shop/types.pyi', 'shop/views/__init__.py',
  'shop/views/cart.py', 'plugins/mail/send.py', 'tests/test_cart.py', 'tools/run.py', 'tools/helper.py',
)

test('roots are the project, marked directories, and their src and lib', () => {
  assert.deepEqual(MODULES.roots(SHOP), [''])
  const many = fileSet(
    'a/pyproject.toml', 'a/src/p/__init__.py', 'b/manage.py', 'b/app/x.py', 'lib/__init__.py', 'src/q.py',
  )
  assert.deepEqual(MODULES.roots(many), ['', 'a', 'a/src', 'b', 'src'])
})

test('a module is named from its root; a package by its folder', () => {
  const roots = MODULES.roots(SHOP)
  assert.equal(MODULES.moduleName('shop/db.py', roots, SHOP), 'shop.db')
  assert.equal(MODULES.moduleName('shop/views/__init__.py', roots, SHOP), 'shop.views')
  assert.equal(MODULES.moduleName('plugins/mail/send.py', roots, SHOP), 'plugins.mail.send')
  const many = fileSet('a/pyproject.toml', 'a/src/p/x.py', 'b/manage.py', 'b/app/y.py')
  assert.equal(MODULES.moduleName('a/src/p/x.py', MODULES.roots(many), many), 'p.x')
  assert.equal(MODULES.moduleName('b/app/y.py', MODULES.roots(many), many), 'app.y')
})

test('absolute imports are looked up in every root, the importing file\'s own first', () => {
  const resolve = (specifier: string, from: string): string | undefined =>
    MODULES.resolve(specifier, from, MODULES.roots(SHOP), SHOP)
  assert.equal(resolve('shop.db', 'tests/test_cart.py'), 'shop/db.py')
  assert.equal(resolve('shop', 'tests/test_cart.py'), 'shop/__init__.py')
  assert.equal(resolve('plugins.mail.send', 'shop/db.py'), 'plugins/mail/send.py')
  assert.equal(resolve('shop.types', 'shop/db.py'), 'shop/types.pyi')
  assert.equal(resolve('helper', 'tools/run.py'), 'tools/helper.py')
  assert.equal(resolve('helper', 'shop/db.py'), undefined)
  assert.equal(resolve('plugins.mail', 'shop/db.py'), undefined)
  const two = fileSet('a/setup.py', 'a/util.py', 'a/x.py', 'b/setup.py', 'b/util.py', 'b/x.py')
  assert.equal(MODULES.resolve('util', 'a/x.py', MODULES.roots(two), two), 'a/util.py')
  assert.equal(MODULES.resolve('util', 'b/x.py', MODULES.roots(two), two), 'b/util.py')
})

test('a program without a project file is started from some folder above its modules', () => {
  const app = fileSet('apps/shop/run.py', 'apps/shop/config.py', 'apps/shop/web/__init__.py', 'apps/shop/web/views/cart.py', 'lib/setup.py', 'lib/config.py', 'lib/mail.py')
  const resolve = (specifier: string): string | undefined => MODULES.resolve(specifier, 'apps/shop/web/views/cart.py', MODULES.roots(app), app)
  assert.equal(resolve('config'), 'apps/shop/config.py')
  assert.equal(resolve('web'), 'apps/shop/web/__init__.py')
  assert.equal(resolve('mail'), 'lib/mail.py', 'of another project, when no folder above has it')
  const inPackage = fileSet('setup.py', 'shop/__init__.py', 'shop/ldap/__init__.py', 'shop/ldap/common.py')
  assert.equal(MODULES.resolve('ldap', 'shop/ldap/common.py', MODULES.roots(inPackage), inPackage), undefined, 'of a package, by its whole name')
  assert.equal(resolve('cart'), undefined, 'a module does not import itself')
  assert.equal(resolve('shop'), undefined, 'a folder without source file is no module file')
})

test('relative imports count their dots from the importing package', () => {
  const resolve = (specifier: string, from: string): string | undefined =>
    MODULES.resolve(specifier, from, MODULES.roots(SHOP), SHOP)
  assert.equal(resolve('.', 'shop/db.py'), 'shop/__init__.py')
  assert.equal(resolve('.db', 'shop/__init__.py'), 'shop/db.py')
  assert.equal(resolve('..db', 'shop/views/cart.py'), 'shop/db.py')
  assert.equal(resolve('..', 'shop/views/__init__.py'), 'shop/__init__.py')
  assert.equal(resolve('.views.cart', 'shop/db.py'), 'shop/views/cart.py')
  assert.equal(resolve('.....x', 'shop/db.py'), undefined)
})

test('a specifier becomes a canonical name', () => {
  const canonical = (specifier: string, from: string): string =>
    MODULES.canonical(specifier, from, MODULES.roots(SHOP), SHOP)
  assert.equal(canonical('.db', 'shop/__init__.py'), 'shop.db')
  assert.equal(canonical('..db', 'shop/views/cart.py'), 'shop.db')
  assert.equal(canonical('.', 'shop/db.py'), 'shop')
  assert.equal(canonical('os.path', 'shop/db.py'), 'os.path')
  assert.equal(canonical('helper', 'tools/run.py'), 'tools.helper')
})

test('a package is a folder\'s __init__', () => {
  assert.ok(MODULES.isPackage('shop/__init__.py'))
  assert.ok(MODULES.isPackage('__init__.pyi'))
  assert.ok(!MODULES.isPackage('shop/x__init__.py'))
})
