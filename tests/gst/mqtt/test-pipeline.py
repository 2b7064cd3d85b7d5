# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""test-pipeline.py SOURCE: tfcpublish and a broker on loopback, as people use them (TAP)."""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback

SOURCE = os.path.realpath(sys.argv[1])
MOSQUITTO = shutil.which('mosquitto', path=os.environ.get('PATH', '') + ':/usr/sbin')
LAUNCH = shutil.which('gst-launch-1.0')
try:
    import paho.mqtt.client as mqtt
except ImportError:
    mqtt = None
SECRET = 'hunter2'
SECONDS = 60  # that anything may take on a busy machine


def check(condition, *said):
    if not condition:
        raise AssertionError(' '.join(str(s) for s in said))


class Broker:
    """Mosquitto on a free port."""

    def __init__(self, folder):
        with socket.socket() as one:
            one.bind(('127.0.0.1', 0))
            self.port = one.getsockname()[1]
        self.config = os.path.join(folder, 'mosquitto.conf')
        with open(self.config, 'w', encoding='utf-8') as file:
            file.write(f'user root\nlog_type none\npersistence false\nlistener {self.port} 127.0.0.1\nallow_anonymous true\n')
        self.process = None
        self.address = f'mqtt://127.0.0.1:{self.port}'

    def start(self):
        self.process = subprocess.Popen([MOSQUITTO, '-c', self.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            with socket.socket() as one:
                if one.connect_ex(('127.0.0.1', self.port)) == 0:
                    return self
            time.sleep(0.01)
        raise AssertionError('mosquitto does not start')

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


class Listener:
    """Everything that the broker passes on from now on: topic, text, retained."""

    def __init__(self, broker, pattern='#'):
        self.heard, self.ready = [], False
        self.client = mqtt.Client()
        self.client.on_message = lambda client, data, m: self.heard.append((m.topic, m.payload.decode(), m.retain))
        self.client.on_subscribe = lambda *_: setattr(self, 'ready', True)
        self.client.connect('127.0.0.1', broker.port)
        self.client.subscribe(pattern, 2)
        self.until(lambda: self.ready)

    def until(self, done):
        end = time.monotonic() + SECONDS
        while not done():
            check(time.monotonic() < end, 'nothing more came after', self.heard[-3:])
            self.client.loop(0.05)

    def lines(self, topic='tfc/door'):
        return [json.loads(text) for name, text, _ in self.heard if name == topic]

    def has(self, topic, text):
        return (topic, text) in [(t, s) for t, s, _ in self.heard]


def launch(*words, **more):
    return subprocess.Popen([LAUNCH, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def source(frames, live=False):
    return ['videotestsrc', f'num-buffers={frames}', f'is-live={live}', '!', 'video/x-raw,width=32,height=32,framerate=50/1', '!']


def publish(broker, *more):
    return ['tfcpublish', f'address={broker.address}', 'source=door', 'when=all', *more, '!', 'fakesink']


# Tests

def all_lines_arrive(broker):
    listener = Listener(broker.start())
    done = launch(*source(100, True), *publish(broker, 'qos=1'))
    check(done.wait(SECONDS) == 0, done.stdout.read())
    listener.until(lambda: listener.has('tfc/door/status', 'offline'))
    check([line['seq'] for line in listener.lines()] == list(range(1, 101)), [line['seq'] for line in listener.lines()])
    check(not any('dropped' in line for line in listener.lines()))
    later = Listener(broker)
    later.until(lambda: later.heard)
    check(later.heard == [('tfc/door/status', 'offline', True)], later.heard)


def last_will(broker):
    listener = Listener(broker.start())
    camera = launch(*source(-1, True), *publish(broker))
    try:
        listener.until(lambda: len(listener.lines()) > 2)
        check(listener.has('tfc/door/status', 'online'), listener.heard[:3])
    finally:
        camera.kill()
        camera.wait()
    listener.until(lambda: listener.has('tfc/door/status', 'offline'))


def broker_is_down_at_start(broker):
    camera = launch(*source(-1, True), *publish(broker))
    told, why = '', f'MQTT broker 127.0.0.1, port {broker.port}: Connection refused'
    try:
        while why not in told:
            line = camera.stdout.readline()
            check(line, 'the pipeline has ended', told)
            told += line
        listener = Listener(broker.start())
        listener.until(lambda: len(listener.lines()) > 2)
        check(listener.lines()[0]['seq'] == 1, listener.lines()[0])  # the queue had room
    finally:
        camera.send_signal(signal.SIGINT)
        told += camera.communicate(timeout=SECONDS)[0]
    check(told.count(why) == 1, told)


def broker_restarts(broker):
    listener = Listener(broker.start())
    camera = launch(*source(-1, True), *publish(broker, 'qos=1'))
    try:
        listener.until(lambda: len(listener.lines()) > 2)
        for _ in range(2):
            broker.stop()
            last = listener.lines()[-1]['seq']
            listener = Listener(broker.start())
            listener.until(lambda n=last + 100: listener.lines() and listener.lines()[-1]['seq'] > n)
            numbers = [line['seq'] for line in listener.lines()]
            check(set(range(numbers[0], numbers[-1] + 1)) == set(numbers), numbers)  # twice is allowed, missing is not
            check(not any('dropped' in line for line in listener.lines()))
    finally:
        camera.send_signal(signal.SIGINT)
        check(camera.wait(SECONDS) == 0, camera.stdout.read())


def counts_for_home_assistant(broker):
    """A cat in a zone, by the network if it is there."""
    photo = os.path.join(os.environ['TFC_SHARED'], 'media', 'coral_cat.png')
    if not os.path.exists(photo):
        return f'no {photo}'
    listener = Listener(broker.start())
    done = launch('filesrc', f'location={photo}', '!', 'pngdec', '!', 'videoconvert', '!', 'tfcdetect',
                  'base-model=mobilenet-v1-quant', '!', *publish(broker, 'home-assistant=true'))
    check(done.wait(SECONDS) == 0, done.stdout.read())
    listener.until(lambda: listener.has('tfc/door/status', 'offline'))
    check(listener.has('tfc/door/count/cat', '1'), listener.heard)
    configs = {topic: json.loads(text) for topic, text, _ in listener.heard if topic.startswith('homeassistant/')}
    check(len(configs) >= 2 and {t.split('/')[1] for t in configs} == {'sensor', 'binary_sensor'}, list(configs))
    for topic, config in configs.items():
        check(topic.split('/')[2] == config['unique_id'] and config['availability_topic'] == 'tfc/door/status', topic, config)
        check(config['state_topic'].startswith('tfc/door/'), config)
    return None


def the_example_prints(broker):
    broker.start()
    reader = subprocess.Popen([sys.executable, os.path.join(SOURCE, 'examples', 'mqtt-subscriber.py'), f'127.0.0.1:{broker.port}'],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines = []
        while 'tfc/door is online\n' not in lines:  # it may not have subscribed yet
            done = launch(*source(3), *publish(broker))
            check(done.wait(SECONDS) == 0, done.stdout.read())
            lines.append(reader.stdout.readline())
    finally:
        reader.terminate()
        check(reader.communicate(timeout=SECONDS)[1] == '')


def refused(words, *said, env=None):
    done = launch(*source(1), 'tfcpublish', *words, '!', 'fakesink', env=env)
    told = done.communicate(timeout=SECONDS)[0]
    check(done.returncode != 0 and all(s in told for s in said) and SECRET not in told, told)


def what_is_wrong_is_told(broker):
    broken = os.path.join(os.path.dirname(broker.config), 'password')
    with open(broken, 'w', encoding='utf-8') as file:
        file.write(SECRET)
    os.chmod(broken, 0o644)
    refused([f'address=mqtt://me:{SECRET}@127.0.0.1'], 'password-file')
    refused([f'address={broker.address}', 'username=me', f'password-file={broken}'], broken, '600')
    refused(['address=kafka://host'], 'kafka://host', 'mqtt://')
    refused([f'address={broker.address}', 'topic=a/+'], 'topic')


def the_plugin_file_is_missing(broker):
    """Everything but it in a folder of links."""
    folder = os.path.join(os.path.dirname(broker.config), 'plugins')
    os.mkdir(folder)
    for place in os.environ['GST_PLUGIN_PATH'].split(':'):
        for name in os.listdir(place):
            if name.endswith('.so') and 'mqtt' not in name:
                os.symlink(os.path.realpath(os.path.join(place, name)), os.path.join(folder, name))
    env = dict(os.environ, GST_PLUGIN_PATH=folder, GST_REGISTRY=os.path.join(folder, 'registry.bin'))
    refused([f'address={broker.address}'], 'libgsttfcmqtt', 'libmosquitto', env=env)
    refused([f'address=mqtt://me:{SECRET}@127.0.0.1'], 'libgsttfcmqtt', env=env)


TESTS = [all_lines_arrive, last_will, broker_is_down_at_start, broker_restarts, counts_for_home_assistant, the_example_prints,
         what_is_wrong_is_told, the_plugin_file_is_missing]


def main():
    for needed, there in (('mosquitto', MOSQUITTO), ('gst-launch-1.0', LAUNCH), ('paho.mqtt for Python', mqtt)):
        if not there:
            print(f'1..0 # SKIP no {needed}')
            return 0
    failed = 0
    print(f'1..{len(TESTS)}')
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            title, broker = test.__name__.replace('_', ' '), Broker(folder)
            try:
                skipped = test(broker)
                print(f'ok {number} - {title}{f" # SKIP {skipped}" if skipped else ""}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} - {title}')
                print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='', flush=True)
            finally:
                broker.stop()
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
