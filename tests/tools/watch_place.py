# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""What the tests of tfc-watch share: they are called with PROGRAM SOURCE, and emit TAP."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM, SOURCE = map(os.path.realpath, sys.argv[1:3])
SECRET = 'Tr0ub4dor'
WAIT = 60  # seconds until what must come is missed


def check(condition, *said):
    if not condition:
        raise AssertionError(' '.join(str(s) for s in said))


class Skip(Exception):
    """Why a test cannot run here."""


class Place:
    """A folder with a configuration, and the program that reads it."""

    def __init__(self, folder):
        self.folder = folder
        self.path = os.path.join(folder, 'watch.ini')
        self.program, self.servers = None, []
        self.told = os.path.join(folder, 'told')

    def write(self, text, mode=0o644):
        with open(self.path, 'w', encoding='utf-8') as f:
            f.write(text)
        os.chmod(self.path, mode)

    def run(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder, capture_output=True, text=True, timeout=WAIT, check=False)

    def start(self):
        with open(self.told, 'w', encoding='utf-8') as told:
            self.program = subprocess.Popen([PROGRAM, self.path], cwd=self.folder, stderr=told)

    def said(self):
        with open(self.told, encoding='utf-8', errors='replace') as f:
            return f.read()

    def status(self):
        try:
            with open(os.path.join(self.folder, 'status.json'), encoding='utf-8') as f:
                return {c['name']: c for c in json.load(f)['cameras']}
        except FileNotFoundError:
            return {}

    def wait(self, what, why):
        end = time.monotonic() + WAIT
        while not what():
            check(time.monotonic() < end, why, 'did not come;', self.said(), self.status())
            check(self.program.poll() is None, why, 'did not come, but the end;', self.said())
            time.sleep(0.05)

    def end(self):
        self.program.send_signal(signal.SIGTERM)
        check(self.program.wait(WAIT) == 0, 'it ended with', self.program.returncode, self.said())


def clip(folder, name, frames):
    """A moving picture of so many frames, 25 a second."""
    path = os.path.join(folder, name)
    subprocess.run(['gst-launch-1.0', '-q', 'videotestsrc', f'num-buffers={frames}', '!', 'video/x-raw,width=160,height=120,framerate=25/1', '!',
                    'jpegenc', '!', 'matroskamux', '!', 'filesink', f'location={path}'], check=True, timeout=WAIT)
    return f'file://{path}'


def network_camera(place, *options):
    """The address of a test picture, from a server that goes with the test."""
    asks = 'import gi; gi.require_version("GstRtspServer", "1.0"); from gi.repository import GstRtspServer'
    if subprocess.run([sys.executable, '-c', asks], check=False, stderr=subprocess.DEVNULL).returncode or \
            subprocess.run(['gst-inspect-1.0', '--exists', 'x264enc'], check=False).returncode:
        raise Skip('no RTSP server or no x264enc')
    place.servers.append(subprocess.Popen([os.path.join(SOURCE, 'tools', 'dev', 'rtsp-cameras'), '--size', '160x120', *options, 'x=-'],
                                          stdout=subprocess.PIPE, text=True))
    return place.servers[-1].stdout.readline().split()[1]


def run_tests(tests):
    """Each in a folder of its own; the exit status."""
    print(f'1..{len(tests)}')
    failed = 0
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix='tfc-watch-') as top:
            here, wrong, skipped = Place(top), None, ''
            try:
                test(here)
            except Skip as why:
                skipped = f' # SKIP {why}'
            except Exception:
                wrong = traceback.format_exc()
            finally:
                for child in (here.program, *here.servers):
                    if child and child.poll() is None:
                        child.kill()
                        child.wait()
        failed += bool(wrong)
        print(f'{"not ok" if wrong else "ok"} {number} - {test.__name__.replace("_", " ")}{skipped}', flush=True)
        if wrong:
            print(''.join(f'# {line}\n' for line in wrong.splitlines()), end='')
    return 1 if failed else 0
