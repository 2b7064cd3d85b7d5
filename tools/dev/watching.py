# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""For tools that try tfc-watch out: network cameras, a broker and tfc-watch itself as children, and what they take of the machine."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.realpath(os.path.join(HERE, '..', '..'))
BUILD = os.environ.get('TFC_BUILD', os.path.join(ROOT, 'build-release'))
TICK = os.sysconf('SC_CLK_TCK')


class Watching:
    """A folder, and the programs that work in it; both are gone at the end."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='tfc-watching-')
        self.children = []
        self.watch = None
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write(text)
        return self.path(name)

    def start(self, words, **more):
        self.children.append(subprocess.Popen(words, **more))
        return self.children[-1]

    def cameras(self, clips, *options):
        """Serves {name: clip}; {name: uri}."""
        words = [os.path.join(HERE, 'rtsp-cameras'), *options, *(f'{name}={clip}' for name, clip in clips.items())]
        server = self.start(words, stdout=subprocess.PIPE, text=True)
        served = {}
        for line in server.stdout:
            if line == '\n':
                return served
            name, uri = line.split()
            served[name] = uri
        sys.exit('the cameras do not start: is gir1.2-gst-rtsp-server-1.0 installed?')

    def broker(self):
        """The port of an MQTT broker on loopback; None where mosquitto is not installed."""
        program = shutil.which('mosquitto', path=os.environ['PATH'] + ':/usr/sbin')
        if not program:
            return None
        with socket.create_server(('127.0.0.1', 0)) as free:
            port = free.getsockname()[1]
        self.start([program, '-c', self.write('broker.conf', f'listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\n')],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(lambda: can_connect(port), 10, 'the broker')
        return port

    def watch_cameras(self, text, told=None):
        """Starts tfc-watch with a configuration; the status is status.json of the folder."""
        path = self.write('watch.ini', text)
        env = dict(os.environ, MALLOC_ARENA_MAX='2')
        self.watch = self.start([os.path.join(BUILD, 'tools', 'watch', 'tfc-watch'), path], cwd=self.folder, env=env, stderr=told)
        return self.watch

    def told(self):
        """The status as tfc-watch told it last, and None before the first one."""
        try:
            with open(self.path('status.json'), encoding='utf-8') as f:
                return json.load(f)
        except FileNotFoundError:
            return None

    def status(self):
        """{name: state} of the cameras."""
        told = self.told()
        return {c['name']: c for c in told['cameras']} if told else {}

    def all_run(self, seconds):
        wait_for(lambda: self.status() and all(c['state'] == 'running' for c in self.status().values()), seconds, 'all cameras')


def can_connect(port):
    try:
        socket.create_connection(('127.0.0.1', port), 1).close()
    except OSError:
        return False
    return True


def wait_for(what, seconds, name):
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            sys.exit(f'{name}: not there within {seconds} s')
        time.sleep(0.1)


def cpu_seconds(pid):
    """CPU time of a process so far."""
    with open(f'/proc/{pid}/stat', encoding='utf-8') as f:
        fields = f.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def held(pid):
    """Resident MB, descriptors and threads of a process."""
    with open(f'/proc/{pid}/status', encoding='utf-8') as f:
        text = f.read()
    return {'mb': int(re.search(r'VmRSS:\s+(\d+)', text)[1]) / 1024, 'threads': int(re.search(r'Threads:\s+(\d+)', text)[1]),
            'descriptors': len(os.listdir(f'/proc/{pid}/fd'))}


def elements_are_there():
    """Sees to it that tfc-watch finds our elements and the models."""
    os.environ['GST_PLUGIN_PATH'] = os.path.join(BUILD, 'gst') + ':' + os.environ.get('GST_PLUGIN_PATH', '')
    shared = os.path.join(os.environ.get('TFC_SHARED', os.path.join(ROOT, '..', 'shared')), 'models')
    os.environ.setdefault('TFC_MODEL_PATH', os.path.join(ROOT, '.cache', 'models') + ':' + os.path.realpath(shared))


def can_serve():
    """Whether rtsp-cameras can run here."""
    asks = 'import gi; gi.require_version("GstRtspServer", "1.0"); from gi.repository import GstRtspServer'
    return subprocess.run(['/usr/bin/python3', '-c', asks], check=False, stderr=subprocess.DEVNULL).returncode == 0 and has_element('x264enc')


def has_element(name):
    # --exists asks for GStreamer's own version, too.
    return subprocess.run(['gst-inspect-1.0', name], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
