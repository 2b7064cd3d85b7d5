# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""What the tests of the documentation share: the pages, parts of them, and TAP output. The test is called with BUILD SOURCE."""
import os
import re
import sys

sys.dont_write_bytecode = True
BUILD, SOURCE = map(os.path.realpath, sys.argv[1:3])
SKIP_FOLDERS = ('build', 'subprojects', '.git', '.cache')
results = []


def check(name, wrong, skip=None):
    wrong = list(wrong)
    results.append(not wrong)
    print(f'{"not ok" if wrong else "ok"} {len(results)} - {name}{" # SKIP " + skip if skip else ""}', flush=True)
    for line in wrong:
        print(f'# {line}')


def finish():
    print(f'1..{len(results)}')
    sys.exit(0 if all(results) else 1)


def read(path):
    with open(os.path.join(SOURCE, path), encoding='utf-8') as f:
        return f.read()


def files(*endings):
    """Every file of the tree with such a name; what is built or fetched is not."""
    for folder, folders, names in os.walk(SOURCE):
        folders[:] = sorted(f for f in folders if not f.startswith(SKIP_FOLDERS))
        for name in sorted(names):
            if name.endswith(endings):
                yield os.path.relpath(os.path.join(folder, name), SOURCE)


def pages():
    return list(files('.md'))


def prose(page):
    """Without fenced blocks."""
    return re.sub(r'```.*?```', '', read(page), flags=re.S)


def blocks(page, language=None):
    """Fenced blocks, of one language or of all; lines that end in a backslash are joined."""
    for kind, text in re.findall(r'^```(\w*)\n(.*?)^```', read(page), re.S | re.M):
        if language is None or kind == language:
            yield text.replace('\\\n', ' ')


def links(page):
    """Path and anchor of each link into the tree, the path from its root."""
    for link in re.findall(r'\]\(([^)\s]+)\)', prose(page)):
        path, _, anchor = link.partition('#')
        if '://' not in link and not link.startswith('mailto:'):
            yield os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page, anchor


def sections(page, level='## '):
    """Heading -> text."""
    parts = re.split(rf'^{level}(.*)$', read(page), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def cells(line):
    return [c.strip() for c in re.split(r'(?<!\\)\|', line.strip().strip('|'))]


def rows(text, head):
    """The rows of the tables that have this head."""
    inside = False
    for line in text.splitlines():
        if not line.startswith('|'):
            inside = False
        elif cells(line) == head:
            inside = True
        elif inside and not set(line) <= set('|-: '):
            yield cells(line)
