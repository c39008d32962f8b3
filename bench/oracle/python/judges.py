"""Whether an attack that arrived at a sink is still an attack there.

Each judge reads the text the sink was given the way the sink's own language
reads it (shell, SQL, Python, a path, an address, HTML) and says whether the
marker ended up where it is acted on instead of being data.
"""
import ast
import posixpath
import re
import warnings
from urllib.parse import urlsplit

MARK = 'zqmark'


def judge_shell(text):
    """The marker stands at the beginning of a command."""
    quote = ''
    command = True
    at = 0
    low = text.lower()
    while at < len(text):
        char = text[at]
        if quote == "'":
            if char == "'":
                quote = ''
        elif char == '\\':
            at += 1
            command = False
        elif char == '`' or low.startswith('$(', at):
            if low[at:].lstrip('`$( ').startswith(MARK):
                return True
        elif quote == '"':
            if char == '"':
                quote = ''
        elif char in '\'"':
            quote = char
            command = False
        elif char in ';|&\n':
            command = True
        elif not char.isspace():
            if command and low.startswith(MARK, at):
                return True
            command = False
        at += 1
    return False


def judge_sql(text):
    """The marker stands outside every quotation: it is part of the statement."""
    bare = re.sub(r"'(?:[^']|'')*'", ' ', text, flags=re.S)
    bare = re.sub(r'"(?:[^"]|"")*"', ' ', bare, flags=re.S)
    return 'or ' + MARK in bare.lower()


def judge_code(text):
    """The text is Python, and evaluating it would call what the marker names."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            tree = ast.parse(text.strip())
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.lower().endswith(MARK) for node in ast.walk(tree))


def judge_path(text):
    """The path leads to the attacker's file, outside of every folder of the program."""
    path = posixpath.normpath(posixpath.join('/srv/app', text)).lower()
    return path.startswith('/etc/' + MARK) or path.startswith('//etc/' + MARK)


def judge_address(text):
    """The address's host is the attacker's."""
    text = re.sub(r'[\t\r\n]', '', text).strip().replace('\\', '/').lower()
    try:
        host = urlsplit(text).hostname or ''
    except ValueError:
        return False
    return host.endswith(MARK + '.test')


def judge_html(text):
    return '<' + MARK in text.lower()


def judge_template(text):
    return '{{' + MARK in text.lower()


JUDGES = {
    'shell': judge_shell, 'sql': judge_sql, 'code': judge_code, 'path': judge_path,
    'redirect': judge_address, 'url-fetch': judge_address, 'html': judge_html, 'template': judge_template,
}

UP = '../' * 24

ATTACKS = {
    'shell': ['; zqmark', '`zqmark`', "'; zqmark; '", '"; zqmark; "'],
    'sql': ['0 or zqmark', "' or zqmark --", '" or zqmark --'],
    'code': ['zqmark()', "' + zqmark() + '", '" + zqmark() + "', '1) + (zqmark()'],
    'path': ['/etc/zqmark', UP + 'etc/zqmark', '/' + UP + 'etc/zqmark'],
    'redirect': ['https://zqmark.test/', '//zqmark.test/', '/zqmark.test/', '@zqmark.test/', '.zqmark.test/'],
    'url-fetch': ['https://zqmark.test/', '//zqmark.test/', '@zqmark.test/', '.zqmark.test/'],
    'html': ['<zqmark>', '"><zqmark>', "'><zqmark>"],
    'template': ['{{zqmark}}'],
}

# What makes one text of an attack and of what a check wants to see beside it.
LINKS = ['', ' or ', '/', ' ']

BENIGN = ['7', 'status', 'readme.txt']


def judge(kind, value):
    """Whether the value, arriving at a sink of this kind, is an attack that works."""
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value).decode('utf8', 'replace')
    if not isinstance(value, str):
        value = str(value)
    return MARK in value.lower() and JUDGES[kind](value)


def attacks(kinds, hints):
    """Every text to try: the kinds' attacks, alone and inside what the program's checks ask for."""
    wraps = [('', '')] + [tuple(each) for each in hints]
    for order in (hints, list(reversed(hints))):
        before, after = '', ''
        for prefix, suffix in order:
            before, after = before + prefix, suffix + after
        wraps.append((before, after))
    seen = {}
    for kind in kinds:
        for attack in ATTACKS[kind]:
            for before, after in wraps:
                for link in LINKS if before or after else ('',):
                    seen[(before + link if before else '') + attack + (link + after if after else '')] = True
    return list(seen)
