/** What one test of Bandit looks for, as weaknesses; or why its lines are none by themselves. */
export interface LabelledTest {
  readonly id: string
  readonly subject: string
  /** Weaknesses that are of the same family as what the test means. */
  readonly family: readonly number[]
  /** Whether a line can be left out: it is no weakness by itself, or only where untrusted data comes to it. */
  readonly left: 'no' | 'no weakness' | 'needs a sender'
  /** A reason that holds in any program; `''` where each line of the test is to be found. */
  readonly reason: string
}

const MARKUP = [79, 80, 116]
const SQL = [89]
const COMMAND = [78, 77]

const IMPORT = 'an import runs nothing; the weakness is in a call, which the test for the call reports'
const WITHOUT_SHELL = 'a program started without a shell takes its arguments as they are'

const SENDER = 'only data of an untrusted sender makes it one, which is asked of the flow and not of the line'

/**
 * Bandit's tests by their documentation, version 1.9. A test with a reason is
 * left out of a figure as a whole, found or not.
 */
export const BANDIT: readonly LabelledTest[] = [
  none('B101', 'assert', 'an assertion states what the author holds true, and most stand where no sender reaches'),
  flow('B102', 'exec', [94, 95]),
  weakness('B103', 'permissions of files', [732, 276]),
  weakness('B104', 'binding to all interfaces', [1327]),
  weakness('B105', 'passwords in texts', [798, 259, 321]),
  weakness('B106', 'passwords as arguments', [798, 259, 321]),
  weakness('B107', 'passwords as defaults', [798, 259, 321]),
  weakness('B108', 'fixed names in the temporary folder', [377, 379]),
  none('B110', 'errors passed over', 'passing over an error is often what is meant: closing, cleaning up, optional parts'),
  none('B112', 'errors passed over in loops', 'passing over an error is often what is meant: one bad item of many'),
  weakness('B113', 'requests without timeout', [1088, 770]),
  weakness('B201', "Flask's debugger", [489]),
  weakness('B202', 'members of archives', [22, 23, 36, 59]),
  flow('B301', 'pickle and its relatives', [502]),
  flow('B302', 'marshal', [502]),
  none('B303', 'MD5 and SHA-1', 'most such sums protect nothing: cache keys, ETags, checks of downloads against accidents'),
  weakness('B304', 'ciphers', [327, 326]),
  weakness('B305', 'modes of ciphers', [327, 326]),
  weakness('B306', 'mktemp', [377]),
  flow('B307', 'eval', [94, 95]),
  flow('B308', 'mark_safe', MARKUP),
  flow('B310', 'urlopen', [918, 22, 73]),
  none('B311', 'random numbers', 'most random numbers protect nothing: simulations, waits, samples'),
  weakness('B312', 'telnet', [319]),
  ...['B313', 'B314', 'B315', 'B316', 'B317', 'B318', 'B319'].map((id) => none(
    id, 'XML of the standard library', 'its parsers read no external entities, and expat has limited their growth since 2.4.1',
  )),
  weakness('B321', 'FTP', [319]),
  weakness('B323', 'unverified contexts', [295]),
  none('B324', 'MD5 and SHA-1 of hashlib', 'most such sums protect nothing: cache keys, ETags, checks of downloads against accidents'),
  ...['B401', 'B402', 'B403', 'B404', 'B405', 'B406', 'B407', 'B408', 'B409', 'B411', 'B412', 'B413', 'B415'].map((id) => (
    none(id, 'imports', IMPORT)
  )),
  weakness('B501', 'certificates not checked', [295]),
  weakness('B502', 'versions of TLS', [327, 326, 757]),
  weakness('B503', 'versions of TLS as defaults', [327, 326, 757]),
  weakness('B504', 'wrap_socket without a version', [295, 327]),
  weakness('B505', 'short keys', [326]),
  weakness('B506', 'YAML', [502]),
  weakness('B507', 'host keys of SSH', [322, 295]),
  weakness('B508', 'versions of SNMP', [319]),
  weakness('B509', 'SNMP without encryption', [319]),
  flow('B601', 'commands by SSH', COMMAND),
  flow('B602', 'commands in a shell', COMMAND),
  none('B603', 'programs started', WITHOUT_SHELL),
  flow('B604', 'calls with shell=True', COMMAND),
  flow('B605', 'commands in a shell', COMMAND),
  none('B606', 'programs started', WITHOUT_SHELL),
  none('B607', 'programs by name', 'who sets PATH for a program that has no special rights already runs what he wants'),
  flow('B608', 'SQL put together', SQL),
  weakness('B609', 'wildcards in commands', [88, 155]),
  flow('B610', "Django's extra()", SQL),
  flow('B611', "Django's RawSQL", SQL),
  weakness('B612', "logging's listen()", [94]),
  weakness('B613', 'characters that change the order of text', [1007, 451, 506]),
  weakness('B614', "PyTorch's load()", [502]),
  none('B615', 'models loaded without a revision', 'weights run nothing in the formats that are loaded by default; the code beside them only where it is asked for'),
  none('B701', 'Jinja2 without escaping', 'templates also make mail, code and settings, where escaping for HTML would be wrong'),
  none('B702', 'Mako without escaping', 'templates also make mail, code and settings, where escaping for HTML would be wrong'),
  flow('B703', 'mark_safe', MARKUP),
  flow('B704', 'Markup', MARKUP),
]

function weakness(id: string, subject: string, family: readonly number[]): LabelledTest {
  return { id, subject, family, left: 'no', reason: '' }
}

function none(id: string, subject: string, reason: string): LabelledTest {
  return { id, subject, family: [], left: 'no weakness', reason }
}

function flow(id: string, subject: string, family: readonly number[]): LabelledTest {
  return { id, subject, family, left: 'needs a sender', reason: SENDER }
}
