#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""Shows a video in a browser with boxes around what tfcdetect sees, until it is interrupted. The video goes there as HLS, the lines of
tfcpublish as server-sent events; the page draws them on a canvas in step with the video's time. Needs gir1.2-gstreamer-1.0 and a
browser that plays HLS by itself: Safari, Chromium or Chrome from 142 on.
web.py URI [PORT]    (PORT 0: any that is free)"""
import http.server
import itertools
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import time

import gi
gi.require_version('Gst', '1.0')
from gi.repository import GLib, Gst  # noqa: E402

MOST_LINES = 100000  # an hour at 25 a second

PAGE = '''<!DOCTYPE html>
<meta charset="utf-8">
<title>tfc</title>
<style>
  body { margin: 0; background: #111; color: #eee; font: 14px sans-serif }
  div { position: relative; display: inline-block }
  canvas { position: absolute; left: 0; top: 0; width: 100%; height: 100%; pointer-events: none }
</style>
<div><video src="BEGIN/live.m3u8" autoplay muted controls playsinline></video><canvas></canvas></div>
<p></p>
<script>
const video = document.querySelector('video'), canvas = document.querySelector('canvas');
const said = document.querySelector('p'), draw = canvas.getContext('2d');
const lines = [];  // by time
const start = START;  // where the video begins in that time
new EventSource('lines').onmessage = event => lines.push(JSON.parse(event.data));

function lineAt(seconds) {
  let low = 0, high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].pts - start <= seconds + 0.001) low = middle + 1; else high = middle;
  }
  return lines[low - 1];
}

function show(seconds) {
  const line = lineAt(seconds);
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  draw.lineWidth = 3;
  draw.strokeStyle = draw.fillStyle = 'red';
  draw.font = '16px sans-serif';
  for (const one of line?.objects ?? []) {
    const [x, y, w, h] = one.box.map((part, i) => part * (i % 2 ? canvas.height : canvas.width));
    draw.strokeRect(x, y, w, h);
    draw.fillText(`${one.label} ${one.id ?? ''} ${Math.round(100 * one.score)} %`, x + 4, y + 18);
  }
  said.textContent = `${seconds.toFixed(2)} s: ${line?.objects?.length ?? 0} objects`;
}

function next(now, frame) {
  show(frame.mediaTime);
  video.requestVideoFrameCallback(next);
}
video.requestVideoFrameCallback(next);
video.onerror = () => said.textContent = 'This browser does not play HLS by itself: ' + video.error.message;
</script>
'''

PIPELINE = ('uridecodebin name=source ! tee name=tee '
            'tee. ! queue ! videoconvert ! video/x-raw,format=I420 ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! '
            'hlssink2 name=hls target-duration=1 playlist-length=0 max-files=0 '
            'tee. ! queue ! tfcdetect base-model=mobilenet-v1-quant ! tfcpublish name=publish when=all ! fakesink sync=true')


class Video:
    """The segments so far. Each page gets a playlist of its own, which has the last three at first: there every browser begins, and its
    video's time. In a longer one some browsers begin with the first segment, and some near the end."""
    def __init__(self, folder):
        self.folder, self.first, self.begun = folder, 0, []  # PTS of the first frame; running times of the segments; ns
        self.pages, self.asked = itertools.count(), set()  # which have their playlist

    def note_frame(self, pad, info):
        self.first = info.get_buffer().pts
        return Gst.PadProbeReturn.REMOVE

    def note_segment(self, bus, message):
        structure = message.get_structure()
        if structure.get_name() == 'splitmuxsink-fragment-opened':
            self.begun.append(structure.get_uint64('running-time')[1])

    def playlist(self, begin=0):
        """Its head, and each segment's lines, from segment number begin on; and whether it has ended."""
        with open(f'{self.folder}/live.m3u8', encoding='utf-8') as file:
            head, *segments = file.read().split('#EXTINF')
        return head.replace('SEQUENCE:0', f'SEQUENCE:{begin}'), segments[begin:], '#EXT-X-ENDLIST' in segments[-1]

    def wait(self):
        """For four segments: browsers do not begin with less."""
        for _ in range(200):
            try:
                _, segments, ended = self.playlist()
                if ended or len(segments) >= 4:
                    return segments, ended
            except (FileNotFoundError, IndexError):
                pass
            time.sleep(0.05)
        raise FileNotFoundError('no segments')

    def page(self):
        segments, ended = self.wait()
        begin = 0 if ended else max(0, len(segments) - 3)
        seconds = (self.first + self.begun[begin] - self.begun[0]) / Gst.SECOND
        return PAGE.replace('BEGIN', f'{begin}-{next(self.pages)}').replace('START', str(seconds))

    def list_for(self, page, begin):
        head, segments, ended = self.playlist(begin)
        if page not in self.asked and not ended:
            segments = segments[:3]
        self.asked.add(page)
        return '#EXTINF'.join([head, *segments])


class Lines:
    """What tfcpublish has said so far; the reader of its socket appends, the browsers' threads wait."""
    def __init__(self):
        self.all, self.ended, self.changed = [], False, threading.Condition()

    def read(self, path):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            for line in connection.makefile('r', encoding='utf-8'):
                with self.changed:
                    if len(self.all) < MOST_LINES:
                        self.all.append(line.rstrip('\n'))
                    self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def after(self, n):
        """Those from the n-th on, as soon as there are some; none when the stream has ended."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.all) > n or self.ended)
            return self.all[n:]


def handler(video, lines):
    class Handler(http.server.BaseHTTPRequestHandler):
        def send(self, kind, body=None):
            self.send_response(200)
            self.send_header('Content-Type', kind)
            self.send_header('Cache-Control', 'no-store')
            if body is not None:
                self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            if body is not None:
                self.wfile.write(body)

        def send_lines(self):
            self.send('text/event-stream')
            n = 0
            while more := lines.after(n):
                n += len(more)
                self.wfile.write(''.join(f'data: {line}\n\n' for line in more).encode())
            self.wfile.write(b'event: end\ndata:\n\n')

        def do_GET(self):
            """Only what hlssink2 writes has such names."""
            asked = re.fullmatch(r'/(\d{1,9})-(\d{1,9})/(?:live\.m3u8|(segment\d{5,9}\.ts))', self.path)
            try:
                if self.path == '/':
                    self.send('text/html; charset=utf-8', video.page().encode())
                elif self.path == '/lines':
                    self.send_lines()
                elif asked and asked[3]:
                    with open(f'{video.folder}/{asked[3]}', 'rb') as file:
                        self.send('video/mp2t', file.read())
                elif asked:
                    self.send('application/vnd.apple.mpegurl', video.list_for(int(asked[2]), int(asked[1])).encode())
                else:
                    self.send_error(404)
            except FileNotFoundError:
                self.send_error(404)

        def log_message(self, *said):
            pass
    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A browser that goes away is no error."""


def start(uri, folder, video):
    """The pipeline, paused: its socket is there."""
    pipeline = Gst.parse_launch(PIPELINE)
    bus = pipeline.get_bus()
    bus.enable_sync_message_emission()
    bus.connect('sync-message::element', video.note_segment)
    pipeline.get_by_name('tee').get_static_pad('sink').add_probe(Gst.PadProbeType.BUFFER, video.note_frame)
    pipeline.get_by_name('source').set_property('uri', uri)
    pipeline.get_by_name('publish').set_property('location', f'unix:{folder}/lines')
    hls = pipeline.get_by_name('hls')
    hls.set_property('playlist-location', f'{folder}/live.m3u8')
    hls.set_property('location', f'{folder}/segment%05d.ts')
    pipeline.set_state(Gst.State.PAUSED)
    message = bus.timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.ERROR | Gst.MessageType.ASYNC_DONE)
    return pipeline, message.parse_error()[0].message if message.type == Gst.MessageType.ERROR else None


def serve(pipeline, video, port):
    lines, loop, status = Lines(), GLib.MainLoop(), 0
    server = Server(('127.0.0.1', port), handler(video, lines))
    threading.Thread(target=lines.read, args=(f'{video.folder}/lines',), daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, number, loop.quit)

    def on_error(bus, message):
        nonlocal status
        print(message.parse_error()[0].message, file=sys.stderr)
        status = 1
        loop.quit()
    bus = pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect('message::error', on_error)
    bus.connect('message::eos', lambda *_: pipeline.set_state(Gst.State.NULL))  # what was written is served on
    print(f'http://127.0.0.1:{server.server_address[1]}/', flush=True)
    pipeline.set_state(Gst.State.PLAYING)
    loop.run()
    server.shutdown()
    return status


def main():
    Gst.init(None)
    if not 2 <= len(sys.argv) <= 3 or not re.fullmatch(r'\d{1,5}', (sys.argv + ['8080'])[2]):
        print('usage: web.py URI [PORT]', file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        video = Video(folder)
        try:
            pipeline, error = start(sys.argv[1], folder, video)
        except GLib.Error as wrong:
            print(wrong.message, file=sys.stderr)
            return 1
        if error:
            print(error, file=sys.stderr)
        status = 1 if error else serve(pipeline, video, int((sys.argv + ['8080'])[2]))
        pipeline.set_state(Gst.State.NULL)
    return status


if __name__ == '__main__':
    sys.exit(main())
