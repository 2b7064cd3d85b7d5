#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints whose face comes into a zone of a video and who crosses a line: zones.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
from gi.repository import GLib, Gst


ZONES = """
[zone left]
polygon=0,0; 0.6,0; 0.6,1; 0,1
loiter=3000

[line middle]
from=0.5,1
to=0.5,0
"""


def tell(event):
    """An event's fields; those that it has not are None."""
    time = event.get_uint64('timestamp')[1] / Gst.SECOND
    what = event.get_string('zone') or f"{event.get_string('line')} {event.get_string('direction')}"
    known, dwell = event.get_double('dwell')
    has_id, track = event.get_uint64('id')
    who = f"{event.get_string('label')} {track}" if has_id else event.get_uint('count')[1]
    print(f"{time:.2f} s  {event.get_string('type')} {what}: {who}{f' after {dwell:.1f} s' if known else ''}")


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: zones.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfcfacemesh ! tfczones name=zones ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('zones').set_property('zones', ZONES)
pipeline.set_state(Gst.State.PLAYING)
while True:
    message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE,
                                                    Gst.MessageType.ERROR | Gst.MessageType.EOS | Gst.MessageType.ELEMENT)
    if message.type != Gst.MessageType.ELEMENT:
        break
    if message.get_structure().has_name('tfczones'):
        tell(message.get_structure())
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
