"""Stand-ins for the libraries the generated programs use.

They feed the text under trial in where the real library would hand over what a
client sent, and record what arrives where the real one would act on it. They
do nothing else: no process, query, file or connection is made.
"""
import asyncio
import builtins
import html
import importlib.abc
import importlib.machinery
import io
import os
import re
import socket
import subprocess
import sys
import types
import urllib.request

from judges import judge


class Trial:
    """What one run of a program is given, and what came of it."""
    text = ''
    folder = ''
    hits = set()
    reached = 0
    views = []
    hooks = []


def place():
    """File and line of the program's own code that called the library."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(Trial.folder):
            return name[len(Trial.folder):].lstrip('/'), frame.f_lineno
        frame = frame.f_back
    return None


def record(kind, value):
    where = place()
    if where is None:
        return
    Trial.reached += 1
    if judge(kind, value):
        Trial.hits.add((where[0], where[1], kind))


# What a client sends: every name has the text under trial.

class Sent(dict):
    """Parameters, headers or a JSON object of a request."""
    def __getitem__(self, key):
        return Trial.text

    def __contains__(self, key):
        return True

    def get(self, key, default=None, type=None):
        if type is None:
            return Trial.text
        try:
            return type(Trial.text)
        except ValueError:
            return default

    def getlist(self, key):
        return [Trial.text]

    getall = get_all = getlist

    def to_dict(self):
        return self

    def items(self):
        return [('q', Trial.text)]

    def values(self):
        return [Trial.text]


class Request:
    def __init__(self, environ=None):
        self.environ = environ if environ is not None else Sent()

    method = 'GET'
    args = form = values = cookies = headers = json = GET = POST = params = COOKIES = META = Sent()

    @property
    def data(self):
        return Trial.text.encode()

    body = data

    @property
    def text(self):
        return Trial.text

    def get_json(self, force=False, silent=False):
        return Sent()

    def get_data(self, as_text=False):
        return Trial.text if as_text else Trial.text.encode()


class Anything:
    """An object that takes every use and says nothing."""
    def __init__(self, *args, **named):
        self.status_code = 200
        self.text = self.stdout = ''
        self.headers = {}

    def __getattr__(self, name):
        return lambda *args, **named: Anything()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __iter__(self):
        return iter(())


# Flask, Werkzeug, MarkupSafe, Jinja2

class Flask:
    def __init__(self, *args, **named):
        self.config = {}
        self.logger = Anything()

    def route(self, rule, **named):
        def register(view):
            Trial.views.append((view, re.findall(r'<(?:\w+:)?(\w+)>', rule)))
            return view
        return register

    get = post = put = route

    def add_url_rule(self, rule, endpoint=None, view_func=None, **named):
        Trial.views.append((view_func, re.findall(r'<(?:\w+:)?(\w+)>', rule)))

    def before_request(self, hook):
        Trial.hooks.append(hook)
        return hook

    def register_blueprint(self, *args, **named):
        pass

    def run(self, *args, **named):
        pass


class MethodView:
    @classmethod
    def as_view(cls, name):
        def view(**named):
            made = cls()
            return (getattr(made, 'get', None) or made.post)(**named)
        return view


class Markup(str):
    def __new__(cls, text=''):
        record('html', text)
        return str.__new__(cls, text)

    @classmethod
    def made(cls, text):
        return str.__new__(cls, text)

    def format(self, *args, **named):
        return Markup.made(str.format(self, *map(escape, args), **{key: escape(each) for key, each in named.items()}))


def escape(text):
    return text if isinstance(text, Markup) else Markup.made(html.escape(str(text)))


def response(text='', *args, mimetype='text/html', **named):
    if mimetype == 'text/html' and 'json' not in named.get('content_type', ''):
        record('html', text)
    return Anything()


def redirect(location, *args, **named):
    record('redirect', location)
    return Anything()


def render_template_string(source, **named):
    record('template', source)
    return ''


class Template:
    def __init__(self, source, *args, **named):
        record('template', source)

    def render(self, *args, **named):
        return ''


class Environment(Anything):
    def from_string(self, source):
        record('template', source)
        return Anything()


def secure_filename(name):
    name = re.sub(r'[^A-Za-z0-9_.-]', '', '_'.join(name.replace('/', ' ').split()))
    return name.strip('._')


class NotFound(Exception):
    pass


def abort(code, *args):
    raise NotFound(code)


# Databases, addresses

class Cursor(Anything):
    def execute(self, text, *parameters):
        record('sql', text)
        return self

    executemany = execute

    def executescript(self, text):
        record('sql', text)
        return self

    def fetchall(self):
        return []

    def fetchone(self):
        return ('row',)

    def cursor(self):
        return self

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return lambda *args, **named: self


def fetch(url, *args, **named):
    record('url-fetch', url if isinstance(url, str) else url.full_url)
    return Anything()


class Session(Anything):
    get = post = put = delete = head = lambda self, url, *args, **named: fetch(url)


def request_to(method, url, *args, **named):
    return fetch(url)


# Django, WebOb

class View:
    @classmethod
    def as_view(cls):
        def view(request, **named):
            made = cls()
            return (getattr(made, 'get', None) or made.post)(request, **named)
        return view


def path(route, view, **named):
    Trial.views.append((lambda **given: view(Request(), **given), re.findall(r'<(?:\w+:)?(\w+)>', route)))
    return view


def wsgify(view):
    Trial.views.append((lambda: view(Request()), []))
    return view


def unchanged(*args, **named):
    if len(args) == 1 and callable(args[0]) and not named:
        return args[0]
    return lambda view: view


MODULES = {
    'flask': dict(Flask=Flask, Blueprint=Flask, request=Request(), g=types.SimpleNamespace(), redirect=redirect, Response=response, abort=abort,
                  make_response=response, render_template_string=render_template_string, jsonify=Anything, Markup=Markup,
                  escape=escape, url_for=lambda *args, **named: '/'),
    'flask.views': dict(MethodView=MethodView),
    'werkzeug': {}, 'werkzeug.utils': dict(secure_filename=secure_filename, redirect=redirect),
    'werkzeug.wrappers': dict(Request=Request, Response=response), 'werkzeug.exceptions': dict(NotFound=NotFound, abort=abort),
    'markupsafe': dict(Markup=Markup, escape=escape),
    'jinja2': dict(Template=Template, Environment=Environment),
    'sqlite3': dict(connect=Cursor, Connection=Cursor, Cursor=Cursor, Error=ValueError, Row=dict),
    'psycopg2': dict(connect=Cursor),
    'requests': dict(get=fetch, post=fetch, put=fetch, delete=fetch, head=fetch, request=request_to, Session=Session, Response=Anything),
    'httpx': dict(get=fetch, post=fetch),
    'django': {}, 'django.http': dict(HttpRequest=Request, HttpResponse=response, JsonResponse=Anything, HttpResponseRedirect=redirect, Http404=NotFound),
    'django.shortcuts': dict(redirect=redirect), 'django.urls': dict(path=path), 'django.views': dict(View=View),
    'django.views.decorators': {}, 'django.views.decorators.http': dict(require_GET=unchanged, require_POST=unchanged, require_http_methods=unchanged),
    'django.utils': {}, 'django.utils.safestring': dict(mark_safe=Markup), 'django.utils.html': dict(escape=escape),
    'webob': dict(Request=Request, Response=Anything), 'webob.dec': dict(wsgify=wsgify),
}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, where=None, target=None):
        if name in MODULES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__dict__.update(MODULES[module.__name__])


def completed(args, *rest, shell=False, **named):
    if shell:
        record('shell', args)
    return Anything()


def shell(text, *args, **named):
    record('shell', text)
    return 0


def shell_pipe(text, *args, **named):
    record('shell', text)
    return io.StringIO('')


def shell_output(text, *args, **named):
    record('shell', text)
    return ''


REAL = {name: getattr(builtins, name) for name in ('open', 'eval', 'exec', 'compile')}


def opened(file, *args, **named):
    record('path', file)
    if isinstance(file, (str, os.PathLike)) and place() is not None:
        return io.StringIO('')
    return REAL['open'](file, *args, **named)


def evaluated(source, *scopes):
    frame = sys._getframe(1)
    if not frame.f_code.co_filename.startswith(Trial.folder):
        return REAL['eval'](source, *(scopes or (frame.f_globals, frame.f_locals)))
    if isinstance(source, str):
        record('code', source)
    return 0


def executed(source, *scopes, **named):
    frame = sys._getframe(1)
    if isinstance(source, str) and frame.f_code.co_filename.startswith(Trial.folder):
        record('code', source)
        return None
    return REAL['exec'](source, *(scopes or (frame.f_globals, frame.f_locals)), **named)


def file_use(name):
    def use(target, *args, **named):
        record('path', os.fspath(target))
        return [] if name == 'listdir' else None
    return use


class Connection:
    """A client's connection, of which the text under trial is what is read."""
    def __init__(self, *args, **named):
        pass

    def __getattr__(self, name):
        return lambda *args, **named: None

    def accept(self):
        return Connection(), ('127.0.0.1', 4711)

    def recv(self, size, *flags):
        return Trial.text.encode()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def install():
    """Puts the stand-ins in the places of the real ones."""
    # A loop needs real sockets, so it is made before they are gone.
    asyncio.run = asyncio.new_event_loop().run_until_complete
    sys.meta_path.insert(0, Finder())
    for name in list(MODULES):
        sys.modules.pop(name, None)
    os.system = shell
    os.popen = shell_pipe
    for name in ('run', 'call', 'check_call', 'check_output', 'Popen'):
        setattr(subprocess, name, completed)
    subprocess.getoutput = shell_output
    subprocess.getstatusoutput = shell
    urllib.request.urlopen = fetch
    socket.socket = Connection
    for name in ('remove', 'unlink', 'listdir', 'mkdir', 'rmdir'):
        setattr(os, name, file_use(name))
    builtins.open = opened
    builtins.eval = evaluated
    builtins.exec = executed
