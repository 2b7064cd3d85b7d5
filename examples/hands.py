#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Prints the hands in a file or of a camera (v4l2:///dev/video0), frame by frame: hands.py URI"""
import signal
import sys

import gi
gi.require_version('Gst', '1.0')
gi.require_version('GstTfc', '1.0')
from gi.repository import GLib, Gst, GstTfc

TIPS = (4, 8, 12, 16, 20)  # of the fingers


def see(pad, info):
    meta = GstTfc.buffer_get_tfc_pose_meta(info.get_buffer())
    for hand in meta.get_poses() if meta else ():
        points = [(GstTfc.PointLayout.get_point_name(hand.layout, i), hand.get_point(i)) for i in TIPS if i < hand.n_points]
        side = 'left' if hand.handedness == GstTfc.Handedness.LEFT else 'right'
        print(f'{meta.pts / Gst.SECOND:.2f} s  hand {hand.track_id} {side} {hand.handedness_score:.0%}: '
              f'x {hand.x:.3f} y {hand.y:.3f} w {hand.w:.3f} h {hand.h:.3f}',
              *(f'{name} {p.x:.3f} {p.y:.3f}' for name, p in points), sep=', ')
    return Gst.PadProbeReturn.OK


signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in C: ends quietly if nobody reads its output any more
Gst.init(None)
if len(sys.argv) != 2:
    print('usage: hands.py URI', file=sys.stderr)
    sys.exit(2)
try:
    pipeline = Gst.parse_launch('uridecodebin name=source ! tfchands name=hands ! fakesink')
except GLib.Error as error:
    sys.exit(error.message)
pipeline.get_by_name('source').set_property('uri', sys.argv[1])
pipeline.get_by_name('hands').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, see)
pipeline.set_state(Gst.State.PLAYING)
message = pipeline.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.EOS)
pipeline.set_state(Gst.State.NULL)
if message.type == Gst.MessageType.ERROR:
    sys.exit(message.parse_error()[0].message)
