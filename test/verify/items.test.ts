import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Subject } from '../../src/verify/verdict.ts'
import { DATA, judged, verifyText } from './support.ts'

/*
 * For each check that can decide a finding, items of reviews about other
 * programs, about half of them true. An item is one finding in one of the forms
 * in which people and models write; what is expected is `verdict code`.
 */

interface Item {
  /** Folder under `programs`. */
  readonly program: 'ledger' | 'courier'
  readonly says: string
  readonly expect: string
  readonly isTrue: boolean
}

const item = (program: Item['program'], isTrue: boolean, expect: string, says: string): Item => ({ program, isTrue, expect, says })

function check(subject: Subject, items: readonly Item[]): void {
  test(`${subject}: ${items.length} items about other programs`, async () => {
    assert.ok(items.length >= 10, 'ten items at least')
    const share = items.filter((each) => each.isTrue).length / items.length
    assert.ok(share >= 0.4 && share <= 0.6, 'half of them true')
    const wrong: string[] = []
    for (const { program, says, expect } of items) {
      const { findings } = await verifyText(says, join(DATA, 'programs', program))
      const got = findings.length === 1 ? judged(findings[0], subject) : `${findings.length} findings`
      if (got !== expect) wrong.push(`${got}, not ${expect}: ${says}`)
    }
    assert.deepEqual(wrong, [])
  })
}

check('cwe.title', [
  item('ledger', true, 'confirmed-elsewhere former', '### 1. CWE-89: SQL injection\n**File:** `ledger/accounts.py:14`\n'),
  item('courier', true, 'confirmed-elsewhere alternate', '1. **Open Redirect (CWE-601)** - `server/routes.go`, line 42\n'),
  item('courier', true, 'confirmed-elsewhere former', '## Vuln 1: OS Command Injection (CWE-78): `server/routes.go:32`\n'),
  item('courier', true, 'confirmed official', '1. CWE-502: Deserialization of Untrusted Data\n\nLine 12: `return in.readObject();`\n'),
  item('ledger', true, 'confirmed-elsewhere short', '- **CWE-798** Hardcoded API Key in `ledger/login.py` line 10\n\nSeverity: high\n'.replace('** Hard', ':** Hard')),
  item('ledger', false, 'contradicted other-weakness', '### 1. CWE-89: Cross-site scripting\n**File:** `ledger/accounts.py:14`\n'),
  item('courier', false, 'contradicted other-weakness', '1. CWE-601: Hard-coded Password\n\nLine 42 of `server/routes.go`.\n'),
  item('courier', false, 'contradicted other-weakness', '## Finding 1: CWE-79 - Insecure Temporary File\n\n`web/app.js:8`\n'),
  item('ledger', false, 'contradicted other-weakness', '1. CWE-327: Session Fixation\n\nLine 41: `return hashlib.md5(statement.encode()).hexdigest()`\n'),
  item('courier', false, 'contradicted other-weakness', '### [HIGH] CWE-502: Path Traversal\n\n**Location**: `legacy/Labels.java`, line 12\n'),
])

check('cwe.id', [
  item('ledger', true, 'confirmed base', '## 1. SQL Injection (CWE-89)\n`ledger/accounts.py:14`\n'),
  item('ledger', true, 'confirmed variant', '## 1. Weak random (CWE-1241)\n`ledger/login.py:15`\n'.replace('1241', '259')),
  item('courier', true, 'confirmed base', '**Finding 1: cwe_79**\n\nFile: web/app.js\nLine: 8\n'),
  item('courier', true, 'confirmed base', '1. See https://cwe.mitre.org/data/definitions/601.html for `server/routes.go:42`\n'),
  item('courier', true, 'confirmed base', '1. CWE 078 in `server/routes.go` line 32\n'),
  item('ledger', false, 'contradicted no-such-id', '## 1. SQL Injection (CWE-9999)\n`ledger/accounts.py:14`\n'),
  item('ledger', false, 'contradicted no-such-id', '1. CWE-3000: Weak hash\n\nLine 41 of ledger/accounts.py\n'),
  item('courier', false, 'confirmed category', '## 1. Misconfiguration (CWE-16)\n`web/app.js:5`\n'),
  item('courier', false, 'confirmed view', '## 1. Top 25 (CWE-1000)\n`web/app.js:5`\n'),
  item('courier', false, 'confirmed deprecated', '## 1. Log exposure (CWE-534)\n`server/routes.go:22`\n'),
])

check('cwe.usage', [
  item('ledger', true, 'confirmed allowed', '## 1. CWE-89\n`ledger/accounts.py:14`\n'),
  item('ledger', true, 'confirmed allowed', '## 1. CWE-328\n`ledger/accounts.py:39`\n'),
  item('ledger', true, 'confirmed allowed-with-review', '## 1. CWE-798\n`ledger/login.py:10`\n'),
  item('courier', true, 'confirmed allowed', '## 1. CWE-601\n`server/routes.go:42`\n'),
  item('courier', true, 'confirmed allowed-with-review', '## 1. CWE-862\n`web/app.js:7`\n'),
  item('ledger', false, 'near discouraged', '## 1. CWE-20\n`ledger/accounts.py:14`\n'),
  item('ledger', false, 'near discouraged', '## 1. CWE-287\n`ledger/login.py:13`\n'),
  item('courier', false, 'near discouraged', '## 1. CWE-400\n`server/routes.go:20`\n'),
  item('courier', false, 'contradicted prohibited', '## 1. CWE-1041\n`web/app.js:7`\n'),
  item('courier', false, 'near discouraged', '## 1. CWE-119\n`server/routes.go:20`\n'),
])

check('quote', [
  item('ledger', true, 'confirmed verbatim', "1. CWE-89 in `ledger/accounts.py`\n\nLine 14: `query = \"SELECT id, balance FROM account WHERE owner = '%s'\" % owner`\n"),
  item('ledger', true, 'confirmed verbatim', '### 1. CWE-338\n**File:** `ledger/login.py:15`\n\n```\nsession = str(random.random())\n```\n'),
  item('courier', true, 'confirmed joined', '### 1. CWE-79\n**File:** `web/app.js:7-9`\n\n```\napp.get(\'/hello\', (request, response) => { response.send(\'<h1>Hello \' + request.query.name + \'</h1>\') })\n```\n'),
  item('courier', true, 'confirmed-elsewhere same-file', '### 1. CWE-78\n**File:** `server/routes.go:29`\n\n```go\nout, err := exec.Command("sh", "-c", "lp -d "+printer).Output()\n```\n'),
  item('courier', true, 'confirmed verbatim', '### 1. CWE-502\n**File:** `legacy/Labels.java`\n**Lines:** 11-13\n\n```\n11 |         try (ObjectInputStream in = new ObjectInputStream(source)) {\n12 |             return in.readObject();\n13 |         }\n```\n'),
  item('courier', true, 'confirmed joined', '### 1. CWE-601\n**File:** `server/routes.go:40`\n\n```\nfunc (h *Handlers) Forward(w http.ResponseWriter, r *http.Request) {\n    ...\n}\n```\n'.replace('    ...', '\thttp.Redirect(w, r, ...')),
  item('ledger', false, 'near load-bearing', "1. CWE-89 in `ledger/accounts.py`\n\nLine 14: `query = \"SELECT id, balance FROM account WHERE owner = '%s'\" + owner`\n"),
  item('ledger', false, 'near load-bearing', '### 1. CWE-327\n**File:** `ledger/accounts.py:30`\n\n```\nreturn hashlib.sha1(statement.encode()).hexdigest()\n```\n'),
  item('courier', false, 'unsupported not-found', '### 1. CWE-79\n**File:** `web/app.js:8`\n\n```\ndocument.getElementById("greeting").innerHTML = location.hash.slice(1)\n```\n'),
  item('courier', false, 'near load-bearing', '### 1. CWE-78\n**File:** `server/routes.go:10`\n\n```go\nout, err := exec.Command("bash", "-c", "lpr -d "+printer).Output()\n```\n'),
  item('courier', false, 'confirmed-elsewhere other-file', '### 1. CWE-502\n**File:** `web/app.js:8`\n\n```\ntry (ObjectInputStream in = new ObjectInputStream(source)) {\n```\n'),
])

check('line', [
  item('ledger', true, 'confirmed exact', '### 1. CWE-338\n**File:** `ledger/login.py:15`\n\n```\nsession = str(random.random())\n```\n'),
  item('ledger', true, 'confirmed-elsewhere slight-drift', '### 1. CWE-338\n**File:** `ledger/login.py:13`\n\n```\nsession = str(random.random())\n```\n'),
  item('courier', true, 'confirmed exact', '### 1. CWE-79\n**File:** `web/app.js`\n**Line:** 8\n\n```\nresponse.send(\'<h1>Hello \' + request.query.name + \'</h1>\')\n```\n'),
  item('courier', true, 'confirmed named', '1. CWE-78 in `server/routes.go` line 31: `exec.Command` is given text of the request.\n'),
  item('courier', true, 'confirmed inside', '1. CWE-601: `Forward` (`server/routes.go`, line 41) sends the browser wherever the request says.\n'),
  item('ledger', false, 'contradicted past-end', '### 1. CWE-89\n**File:** `ledger/accounts.py:300`\n'),
  item('ledger', false, 'contradicted blank', '### 1. CWE-89\n**File:** `ledger/accounts.py:10`\n'),
  item('ledger', false, 'contradicted comment', '### 1. CWE-328\n**File:** `ledger/accounts.py:38`\n'),
  item('courier', false, 'confirmed-elsewhere misplaced', '### 1. CWE-601\n**File:** `server/routes.go:16`\n\n```\nhttp.Redirect(w, r, r.URL.Query().Get("next"), http.StatusFound)\n```\n'),
  item('courier', false, 'contradicted past-end', '1. CWE-502 in `legacy/Labels.java`, line 412.\n'),
])

check('file', [
  item('ledger', true, 'confirmed exact', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n'),
  item('ledger', true, 'confirmed exact', '### 1. CWE-89\n**File:** `./ledger\\accounts.py:14`\n'),
  item('ledger', true, 'confirmed suffix', '### 1. CWE-89\n**File:** `/home/ann/work/ledger/ledger/accounts.py:14`\n'),
  item('courier', true, 'confirmed suffix', '### 1. CWE-78\n**File:** `routes.go:32`\n'),
  item('courier', true, 'not-stated inferred', '1. CWE-502\n\nLine 12: `return in.readObject();`\n'),
  item('courier', true, 'confirmed case', '### 1. CWE-79\n**File:** `Web/App.js:8`\n'),
  item('courier', false, 'unsupported missing', '### 1. CWE-89\n**File:** `server/database.go:14`\n'),
  item('courier', false, 'not-checkable outside-root', '### 1. CWE-89\n**File:** `../../etc/passwd.conf:1`\n'),
  item('courier', false, 'not-checkable outside-root', '### 1. CWE-22\n**File:** `/etc/ssl/openssl.cnf.conf:1`\n'),
  item('ledger', false, 'confirmed-elsewhere basename', '### 1. CWE-89\n**File:** `src/models/accounts.py:14`\n'),
  item('ledger', false, 'not-checkable ambiguous', '### 1. CWE-89\n**File:** `__init__.py:1`\n'),
])

check('ingredient', [
  item('ledger', true, 'confirmed near', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n'),
  item('ledger', true, 'confirmed near', '### 1. CWE-328\n**File:** `ledger/accounts.py:39`\n'),
  item('ledger', true, 'confirmed near', '### 1. CWE-640\n**File:** `ledger/login.py:21`\n'),
  item('ledger', true, 'confirmed near', '### 1. CWE-22\n**File:** `ledger/accounts.py:44`\n'),
  item('courier', true, 'confirmed near', '### 1. CWE-502\n**File:** `legacy/Labels.java:12`\n'),
  item('courier', true, 'confirmed near', '### 1. CWE-78\n**File:** `server/routes.go:32`\n'),
  item('courier', false, 'contradicted absent', '### 1. CWE-611\n**File:** `ledger/guards.py:9`\n'.replace('ledger/guards.py:9', 'legacy/Labels.java:15')),
  item('courier', false, 'contradicted absent', '### 1. CWE-377\n**File:** `web/app.js:8`\n'),
  item('courier', false, 'contradicted absent', '### 1. CWE-613\n**File:** `server/routes.go:32`\n'),
  item('courier', false, 'contradicted absent', '### 1. CWE-640\n**File:** `web/app.js:23`\n'),
  item('ledger', false, 'contradicted absent', '### 1. CWE-640\n**File:** `ledger/accounts.py:14`\n'),
  item('courier', true, 'confirmed near', '### 1. CWE-601\n**File:** `server/routes.go:41`\n'),
  item('ledger', false, 'contradicted platform', '### 1. CWE-787\n**File:** `ledger/accounts.py:14`\n'),
  item('ledger', false, 'contradicted absent', '### 1. CWE-614\n**File:** `ledger/store.py:9`\n'),
])

check('absence', [
  item('ledger', true, 'unsupported none-in-scope', '### 1. CWE-778\n**File:** `ledger/accounts.py:20`\n\nThere is no logging.\n'),
  item('ledger', true, 'unsupported none-in-scope', '### 1. CWE-862\n**File:** `ledger/accounts.py:20`\n\n`close()` runs without any authorization check.\n'),
  item('courier', true, 'unsupported none-in-scope', '### 1. CWE-862\n**File:** `web/app.js:8`\n\nNo authentication is performed here.\n'),
  item('courier', true, 'unsupported none-in-scope', '### 1. CWE-20\n**File:** `server/routes.go:43`\n\nThe value is not validated.\n'),
  item('courier', true, 'unsupported none-in-scope', '### 1. CWE-352\n**File:** `web/app.js:7`\n\nThe route lacks CSRF protection.\n'),
  item('ledger', false, 'contradicted logging', '### 1. CWE-778\n**File:** `ledger/accounts.py:34`\n\nThere is no logging or monitoring in place.\n'),
  item('ledger', false, 'contradicted locking', '### 1. CWE-362\n**File:** `ledger/accounts.py:33`\n\nBoth accounts are changed without a lock.\n'),
  item('ledger', false, 'contradicted authorization', '### 1. CWE-862\n**File:** `ledger/accounts.py:26`\n\nReopening has no access control.\n'),
  item('courier', false, 'contradicted logging', '### 1. CWE-778\n**File:** `server/routes.go:22`\n\nFailures happen without logging.\n'),
  item('courier', false, 'contradicted logging', '### 1. CWE-778\n**File:** `web/app.js:18`\n\nThe removal has no audit trail.\n'),
])

check('reach', [
  item('ledger', true, 'not-checkable deployment', '### 1. CWE-862\n**File:** `ledger/accounts.py:20`\n\nAny user can call `close()`.\n'),
  item('courier', true, 'not-checkable deployment', '### 1. CWE-78\n**File:** `server/routes.go:32`\n\nAn unauthenticated driver could run commands.\n'),
  item('courier', true, 'not-checkable deployment', '### 1. CWE-502\n**File:** `legacy/Labels.java:12`\n\nAn attacker can send any object.\n'),
  item('ledger', true, 'unsupported test-code', '### 1. CWE-362\n**File:** `tests/test_transfer.py:22`\n\n```\naccounts.transfer(account, account, 5)\n```\n\nUnauthorized users can call this.\n'),
  item('ledger', true, 'unsupported test-code', '### 1. CWE-328\n**File:** `tests/test_transfer.py:33`\n\n```\nvalue = accounts.fingerprint(\'x\')\n```\n\nAnyone could access it.\n'),
  item('ledger', false, 'contradicted only-in-tests', '### 1. CWE-284\n**File:** `tests/test_transfer.py:20`\n\n```\nself.break_connection()\n```\n\nUnauthorized users can break the connection.\n'),
  item('ledger', false, 'contradicted only-in-tests', '### 1. CWE-862\n**File:** `tests/test_transfer.py:27`\n\n```\nself.freeze_clock(0)\n```\n\nAny user may stop the clock.\n'),
  item('ledger', false, 'contradicted only-in-tests', "### 1. CWE-862\n**File:** `tests/test_transfer.py:18`\n\n```\naccount = self.make_account('ann')\n```\n\nThere is no check that only authorized users can create accounts.\n"),
  item('ledger', false, 'contradicted only-in-tests', "### 1. CWE-285\n**File:** `tests/test_transfer.py:28`\n\n```\naccount = self.make_account('bob')\n```\n\nAnybody can create accounts.\n"),
  item('ledger', false, 'contradicted only-in-tests', '1. CWE-306\n\nLine 20: `self.break_connection()`\n\nUnauthenticated users might break it.\n'),
])

check('recommendation', [
  item('ledger', true, 'not-checkable concrete', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n\n**Recommendation:** Pass the owner to `execute` as a parameter.\n'),
  item('ledger', true, 'not-checkable vague', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n\n**Recommendation:** Follow best practices.\n'),
  item('courier', true, 'not-checkable concrete', '### 1. CWE-78\n**File:** `server/routes.go:32`\n\n**Fix:** Remove the shell: `exec.Command("lp", "-d", printer)`.\n'),
  item('courier', true, 'not-checkable vague', '### 1. CWE-601\n**File:** `server/routes.go:43`\n\nRecommendation: Do not send the browser to other hosts.\n'),
  item('ledger', true, 'not-checkable vague', '### 1. CWE-328\n**File:** `tests/test_transfer.py:33`\n\nRecommendation: Remove weak hashes.\n'),
  item('ledger', false, 'contradicted contradicts-intent', '### 1. CWE-696\n**File:** `tests/test_transfer.py:20`\n\nRecommendation: Break the connection after the transfer.\n'),
  item('ledger', false, 'contradicted contradicts-intent', '### 1. CWE-404\n**File:** `tests/test_transfer.py:20`\n\nRecommendation: Do not break the connection.\n'),
  item('ledger', false, 'contradicted contradicts-intent', '### 1. CWE-362\n**File:** `tests/test_transfer.py:27`\n\nRecommendation: Remove the frozen clock, or freeze it after the session was made.\n'),
  item('ledger', false, 'contradicted contradicts-intent', '### 1. CWE-613\n**File:** `tests/test_transfer.py:27`\n\nRecommendation: Never let the session expire at once.\n'),
  item('ledger', false, 'contradicted contradicts-intent', '### 1. CWE-696\n**File:** `tests/test_transfer.py:22`\n\nRecommendation: Do the transfer first, then break the connection.\n'),
])

check('context', [
  item('ledger', true, 'not-stated test-code', '### 1. CWE-328\n**File:** `tests/test_transfer.py:33`\n'),
  item('ledger', true, '-', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n'),
  item('ledger', true, 'confirmed product-code', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n\nThis is production code.\n'),
  item('courier', true, 'confirmed product-code', '### 1. CWE-78\n**File:** `server/routes.go:32`\n\nThe call stands in production code.\n'),
  item('ledger', true, 'confirmed test-code', '### 1. CWE-328\n**File:** `tests/test_transfer.py:33`\n\nNote that this is test code.\n'),
  item('ledger', false, 'contradicted test-code', '### 1. CWE-328\n**File:** `tests/test_transfer.py:33`\n\nThe weak hash is used in production code.\n'),
  item('ledger', false, 'contradicted test-code', '### 1. CWE-362\n**File:** `tests/test_transfer.py:20`\n\nThis production code breaks the connection.\n'),
  item('ledger', false, 'contradicted test-code', '### 1. CWE-284\n**File:** `tests/base.py:10`\n\nIn production code this is fatal.\n'),
  item('ledger', false, 'unsupported product-code', '### 1. CWE-89\n**File:** `ledger/accounts.py:14`\n\nIt is test code, but still.\n'),
  item('courier', false, 'unsupported product-code', '### 1. CWE-502\n**File:** `legacy/Labels.java:12`\n\nThis is a test file.\n'),
])

check('cvss', [
  item('ledger', true, 'confirmed score', '### 1. CWE-89\n`ledger/accounts.py:14`\n\nCVSS: 9.8 (CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)\n'),
  item('courier', true, 'confirmed score', '### 1. CWE-79\n`web/app.js:8`\n\nCVSS Score: 6.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N\n'),
  item('courier', true, 'confirmed vector', '### 1. CWE-78\n`server/routes.go:32`\n\nCVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H\n'),
  item('courier', true, 'confirmed score', '### 1. CWE-601\n`server/routes.go:43`\n\nCVSS 4.7 (CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:N/I:L/A:N)\n'),
  item('courier', true, 'not-checkable version', '### 1. CWE-502\n`legacy/Labels.java:12`\n\nCVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\n'),
  item('ledger', false, 'contradicted score', '### 1. CWE-89\n`ledger/accounts.py:14`\n\nCVSS: 7.5 (CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)\n'),
  item('courier', false, 'contradicted score', '### 1. CWE-79\n`web/app.js:8`\n\nCVSS Score: 9.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N\n'),
  item('courier', false, 'contradicted no-vector', '### 1. CWE-78\n`server/routes.go:32`\n\nCVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H\n'),
  item('courier', false, 'contradicted no-vector', '### 1. CWE-601\n`server/routes.go:43`\n\nCVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n'),
  item('courier', false, 'contradicted rating', '### 1. CWE-502\n`legacy/Labels.java:12`\n\n**Severity:** Low\n\nCVSS score: 9.8\n'),
])
