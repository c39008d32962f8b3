import type { FlowFeatures } from '../../tree/language.ts'

const FUNCTIONS = [
  'abs', 'aiter', 'all', 'anext', 'any', 'apply', 'ascii', 'basestring', 'bin', 'bool', 'breakpoint', 'buffer',
  'bytearray', 'bytes', 'callable', 'chr', 'classmethod', 'cmp', 'coerce', 'compile', 'complex', 'delattr', 'dict',
  'dir', 'divmod', 'enumerate', 'eval', 'exec', 'execfile', 'exit', 'file', 'filter', 'float', 'format',
  'frozenset', 'getattr', 'globals', 'hasattr', 'hash', 'help', 'hex', 'id', 'input', 'int', 'intern', 'isinstance',
  'issubclass', 'iter', 'len', 'list', 'locals', 'long', 'map', 'max', 'memoryview', 'min', 'next', 'object', 'oct',
  'open', 'ord', 'pow', 'print', 'property', 'quit', 'range', 'raw_input', 'reduce', 'reload', 'repr', 'reversed',
  'round', 'set', 'setattr', 'slice', 'sorted', 'staticmethod', 'str', 'sum', 'super', 'tuple', 'type', 'unichr',
  'unicode', 'vars', 'xrange', 'zip', '__import__', '__build_class__',
]

const NAMES = [
  'NotImplemented', 'Ellipsis', '__debug__', '__name__', '__file__', '__doc__', '__package__', '__spec__', '__loader__',
  '__path__', '__builtins__', 'copyright', 'credits', 'license',
]

const EXCEPTIONS = [
  'BaseException', 'Exception', 'ArithmeticError', 'AssertionError', 'AttributeError', 'BaseExceptionGroup',
  'BlockingIOError', 'BrokenPipeError', 'BufferError', 'BytesWarning', 'ChildProcessError',
  'ConnectionAbortedError', 'ConnectionError', 'ConnectionRefusedError', 'ConnectionResetError',
  'DeprecationWarning', 'EOFError', 'EncodingWarning', 'EnvironmentError', 'ExceptionGroup', 'FileExistsError',
  'FileNotFoundError', 'FloatingPointError', 'FutureWarning', 'GeneratorExit', 'IOError', 'ImportError',
  'ImportWarning', 'IndentationError', 'IndexError', 'InterruptedError', 'IsADirectoryError', 'KeyError',
  'KeyboardInterrupt', 'LookupError', 'MemoryError', 'ModuleNotFoundError', 'NameError', 'NotADirectoryError',
  'NotImplementedError', 'OSError', 'OverflowError', 'PendingDeprecationWarning', 'PermissionError',
  'ProcessLookupError', 'PythonFinalizationError', 'RecursionError', 'ReferenceError', 'ResourceWarning',
  'RuntimeError', 'RuntimeWarning', 'StandardError', 'StopAsyncIteration', 'StopIteration', 'SyntaxError',
  'SyntaxWarning', 'SystemError', 'SystemExit', 'TabError', 'TimeoutError', 'TypeError', 'UnboundLocalError',
  'UnicodeDecodeError', 'UnicodeEncodeError', 'UnicodeError', 'UnicodeTranslateError', 'UnicodeWarning',
  'UserWarning', 'ValueError', 'Warning', 'WindowsError', 'ZeroDivisionError',
]

/** Methods of str, bytes, list, dict, set, files, sockets, locks, threads, loggers and database cursors. */
const METHODS = [
  'acquire', 'add', 'all', 'any', 'append', 'capitalize', 'casefold', 'cancel', 'center', 'clear', 'close', 'commit', 'connect',
  'copy', 'count', 'critical', 'cursor', 'debug', 'decode', 'delete', 'difference', 'discard', 'encode', 'endswith',
  'error', 'exception', 'execute', 'executemany', 'exists', 'expandtabs', 'extend', 'fetchall', 'fetchone', 'filter',
  'find', 'first', 'flush', 'format', 'format_map', 'fromkeys', 'get', 'group', 'groups', 'index', 'info', 'insert',
  'intersection', 'isalnum', 'isalpha', 'isatty', 'isdecimal', 'isdigit', 'isidentifier', 'islower', 'isnumeric',
  'isspace', 'issubset', 'issuperset', 'istitle', 'isupper', 'items', 'iteritems', 'iterkeys', 'itervalues', 'join', 'json',
  'keys', 'kill', 'ljust', 'load', 'loads', 'dump', 'dumps', 'lower', 'lstrip', 'match', 'next', 'log', 'notify', 'one', 'open',
  'partition', 'poll', 'pop', 'popitem', 'post', 'put', 'query', 'read', 'readline', 'readlines', 'recv', 'release',
  'remove', 'removeprefix', 'removesuffix', 'replace', 'request', 'reset', 'reverse', 'rfind', 'rindex', 'rjust',
  'rollback', 'rpartition', 'rsplit', 'rstrip', 'run', 'save', 'search', 'seek', 'send', 'sendall', 'set', 'setdefault', 'sort',
  'split', 'splitlines', 'start', 'startswith', 'stop', 'strip', 'swapcase', 'tell', 'terminate', 'title',
  'translate', 'truncate', 'union', 'update', 'upper', 'values', 'wait', 'warn', 'warning', 'write', 'writelines',
  'zfill',
]

/**
 * What the flow lowering must know of Python.
 * Builtins: https://docs.python.org/3/library/functions.html,
 * https://docs.python.org/3/library/exceptions.html and
 * https://docs.python.org/2.7/library/functions.html.
 */
export const FEATURES: FlowFeatures = {
  explicitReceiver: true,
  functionScope: true,
  classScopeSkipped: true,
  parentCall: 'super',
  exportList: '__all__',
  constructors: ['__init__', '__new__'],
  constructorHooks: ['__post_init__', '__attrs_post_init__', 'model_post_init'],
  staticDecorators: ['staticmethod', 'abc.abstractstaticmethod'],
  classDecorators: ['classmethod', 'abc.abstractclassmethod'],
  propertyDecorators: [
    'property', 'functools.cached_property', 'abc.abstractproperty', 'django.utils.functional.cached_property',
    'werkzeug.utils.cached_property',
  ],
  setterDecorator: 'setter',
  builtins: [...FUNCTIONS, ...NAMES, ...EXCEPTIONS],
  builtinMethods: METHODS,
  // https://docs.python.org/3/library/contextlib.html#contextlib.suppress, and the assertions of unittest and pytest.
  suppressing: ['suppress', 'assertRaises', 'assertRaisesRegex', 'raises'],
  typeTests: ['builtins.isinstance'],
  classAttribute: '__class__',
  // https://docs.python.org/3/library/functools.html#functools.singledispatch
  dispatch: { decorators: ['functools.singledispatch', 'functools.singledispatchmethod'], register: 'register' },
  lengthFunctions: ['builtins.len'],
  rootClass: 'builtins.object',
  // https://docs.python.org/3/reference/datamodel.html#object.__dict__
  attributeTable: '__dict__',
  classFunctions: ['builtins.type'],
  // https://docs.python.org/3/library/importlib.html#importlib.import_module
  moduleFunctions: ['importlib.import_module'],
  typeVariables: ['typing.TypeVar', 'typing_extensions.TypeVar'],
  builtinModule: 'builtins',
  literalTypes: {
    string: 'builtins.str', bytes: 'builtins.bytes', number: 'builtins.int', boolean: 'builtins.bool',
    list: 'builtins.list', tuple: 'builtins.tuple', set: 'builtins.set', dict: 'builtins.dict',
    null: 'builtins.NoneType',
  },
  protocols: {
    enter: '__enter__', 'enter-async': '__aenter__', iterate: '__iter__', 'iterate-async': '__aiter__',
    next: '__next__', 'next-async': '__anext__', call: '__call__', index: '__getitem__', 'set-index': '__setitem__',
    'missing-attribute': '__getattr__', exit: '__exit__', 'exit-async': '__aexit__', 'set-attribute': '__setattr__',
    'delete-index': '__delitem__', get: '__get__', set: '__set__', text: '__str__', inherited: '__init_subclass__',
  },
  operators: {
    '+': '__add__', '-': '__sub__', '*': '__mul__', '/': '__truediv__', '//': '__floordiv__', '%': '__mod__',
    '**': '__pow__', '@': '__matmul__', '|': '__or__', '&': '__and__', '^': '__xor__', '<<': '__lshift__', '>>': '__rshift__',
  },
  comparisons: { '==': '__eq__', '!=': '__ne__', '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' },
  reversedComparisons: { in: '__contains__', 'not in': '__contains__' },
  // https://docs.python.org/3/reference/datamodel.html#object.__bool__
  unaryOperators: { '-': ['__neg__'], '+': ['__pos__'], '~': ['__invert__'], not: ['__bool__', '__len__'] },
}
