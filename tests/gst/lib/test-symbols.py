# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""test-symbols.py NM LIBRARY PLUGIN HEADERS: the library exports what its public headers declare and nothing else, the plugin its two
entry points; each public header compiles alone where it is installed, and all together in C++ (TAP)."""
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

NM, LIBRARY, PLUGIN, HEADERS = sys.argv[1:5]
PLUGIN_SYMBOLS = {'gst_plugin_tfc_get_desc', 'gst_plugin_tfc_register'}
# What linkers and sanitizers add on their own.
FOREIGN = re.compile(r'^(_init|_fini|_edata|_end|__bss_start|__.*san.*|__odr_.*|__start_.*|__stop_.*)$')
done, failed = 0, 0


def check(name, wrong):
    global done, failed
    done += 1
    failed += bool(wrong)
    print(f'{"not ok" if wrong else "ok"} {done} - {name}', flush=True)
    for line in wrong:
        print(f'# {line}')


def exported(library):
    out = subprocess.run([NM, '-D', '--defined-only', library], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1] for line in out.splitlines() if not FOREIGN.match(line.split()[-1])}


def public():
    return sorted(h for h in glob.glob(os.path.join(HEADERS, '*.h')) if not h.endswith('-private.h'))


def declared():
    """Names of the functions that are exported, and what is declared without the macro."""
    marked, bare = set(), []
    for header in public():
        with open(header, encoding='utf-8') as f:
            text = re.sub(r'/\*.*?\*/', '', f.read(), flags=re.S)
        text = re.sub(r'^(#|G_DEFINE_|G_BEGIN_|G_END_).*$', '', text, flags=re.M)
        for statement in text.split(';'):
            found = re.match(r'\s*(GST_TFC_API\s)?[\w\s*]+\b(gst_\w+)\s*\(', statement)
            if found and found[1]:
                marked.add(found[2])
            elif found:
                bare.append(f'{os.path.basename(header)}: {found[2]} is not marked with GST_TFC_API')
    return marked, bare


def compiles(compiler, language, include, header, flags):
    run = subprocess.run([*compiler, *flags, '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-I', include, '-x', language, '-'],
                         input=f'#include <gst/tfc/{header}>\n', text=True, capture_output=True)
    return run.stderr.splitlines() if run.returncode else []


marked, bare = declared()
library = exported(LIBRARY)
check('every public function is marked', bare)
check(f'{len(marked)} functions are declared', [] if len(marked) > 50 else ['too few: the headers were not read'])
check('what is exported is declared', [f'{s} is in no public header' for s in sorted(library - marked)])
check('what is declared is exported', [f'{s} is not in the library' for s in sorted(marked - library)])
check('the plugin exports its entry points', sorted(exported(PLUGIN) ^ PLUGIN_SYMBOLS))

with tempfile.TemporaryDirectory() as include:
    os.makedirs(os.path.join(include, 'gst', 'tfc'))
    for path in public():
        shutil.copy(path, os.path.join(include, 'gst', 'tfc'))
    flags = shlex.split(subprocess.run(['pkg-config', '--cflags', 'gstreamer-1.0', 'gstreamer-video-1.0'], capture_output=True,
                                       text=True, check=True).stdout)
    c, cxx = shlex.split(os.environ.get('CC', 'cc')), shutil.which('c++') or shutil.which('clang++')
    for path in public():
        name = os.path.basename(path)
        check(f'{name} in C', compiles(c, 'c', include, name, flags))
        if cxx and name == 'tfc.h':  # has all
            check(f'{name} in C++', compiles([cxx], 'c++', include, name, flags))
print(f'1..{done}')
sys.exit(1 if failed else 0)
