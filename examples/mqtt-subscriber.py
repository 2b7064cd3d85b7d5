#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints what tfcpublish sends to an MQTT broker: who comes and goes, what is seen, and events. Needs python3-paho-mqtt.
mqtt-subscriber.py HOST[:PORT] [TOPIC], by default tfc/+, which is every camera"""
import json
import signal
import sys

import paho.mqtt.client as mqtt


def on_connect(client, topic, flags, code, *properties):
    if code != 0:
        print(mqtt.connack_string(code), file=sys.stderr)
        client.disconnect()
        return
    client.subscribe([(topic, 1), (topic + '/status', 1)])


def on_message(client, topic, message):
    text = message.payload.decode('utf-8', 'replace')
    if message.topic.endswith('/status'):
        print(f'{message.topic.removesuffix("/status")} is {text}', flush=True)
        return
    try:
        line = json.loads(text)
    except json.JSONDecodeError:
        print(f'{message.topic}: not JSON', file=sys.stderr)
        return
    if line.get('dropped'):
        print(f'{line["source"]}: {line["dropped"]} lines before this one were dropped', flush=True)
    for one in line.get('objects', ()):
        print(f'{line["source"]} {line["seq"]}: {one["label"]} {one["score"]:.0%}', flush=True)
    for event in line.get('events', ()):
        where = event.get('zone') or event.get('line')
        print(f'{line["source"]} {line["seq"]}: {event.get("label", "")} {event["type"]} {where}', flush=True)


signal.signal(signal.SIGPIPE, signal.SIG_DFL)
if len(sys.argv) not in (2, 3):
    print('usage: mqtt-subscriber.py HOST[:PORT] [TOPIC]', file=sys.stderr)
    sys.exit(2)
host, _, port = sys.argv[1].partition(':')
versions = getattr(mqtt, 'CallbackAPIVersion', None)  # paho 2 asks which one
client = mqtt.Client(*([versions.VERSION2] if versions else []), userdata=sys.argv[2] if len(sys.argv) == 3 else 'tfc/+')
client.on_connect = on_connect
client.on_message = on_message
try:
    client.connect(host, int(port or 1883))
    client.loop_forever()
except (OSError, ValueError) as error:
    sys.exit(f'{sys.argv[1]}: {error}')
except KeyboardInterrupt:
    pass
