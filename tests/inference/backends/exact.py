#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
# Copyright (C) 2026 the tfc authors
"""How far TFLite's float32 answers are from the exact ones.

Runs the three face networks of the mirror in double precision, which is exact to 1e-11 here, on the inputs of
golden/faces/raw, and prints the largest difference of TFLite's saved outputs. No float32 engine that sums in another
order can be held closer to TFLite than TFLite is to the truth. Networks in double precision stand in numpy, apart from
the C code, on purpose.

usage: tests/inference/backends/exact.py [SHARED]     SHARED: the mirror, ../shared by itself
"""
import struct
import sys

import numpy as np

NETWORKS = {"face_detection_short_range": "blazeface", "face_landmark": "facemesh", "iris_landmark": "iris"}


class Table:
    """A flatbuffer table: fields by number, in the order of TFLite's schema. Trusts the file."""

    def __init__(self, data, at):
        self.data, self.at = data, at

    def _get(self, form, at):
        return struct.unpack_from("<" + form, self.data, at)[0]

    def _field(self, i):
        table = self.at - self._get("i", self.at)
        offset = self._get("H", table + 4 + 2 * i) if 4 + 2 * i < self._get("H", table) else 0
        return self.at + offset if offset else None

    def number(self, i, form="b"):
        at = self._field(i)
        return self._get(form, at) if at else 0

    def array(self, i, dtype):
        at = self._field(i)
        if not at:
            return np.zeros(0, dtype)
        at += self._get("I", at)
        return np.frombuffer(self.data, dtype, self._get("I", at), at + 4)

    def table(self, i):
        at = self._field(i)
        return Table(self.data, at + self._get("I", at)) if at else None

    def tables(self, i):
        at = self._field(i)
        at += self._get("I", at)
        places = range(at + 4, at + 4 + 4 * self._get("I", at), 4)
        return [Table(self.data, p + self._get("I", p)) for p in places]


def windows(x, size, stride, valid, fill=0):
    """[out y, out x, kernel y, kernel x, channel] of x [1, y, x, channel]."""
    out = []
    for axis in (0, 1):
        length = x.shape[1 + axis]
        n = (length - size[axis]) // stride[axis] + 1 if valid else -(-length // stride[axis])
        missing = max((n - 1) * stride[axis] + size[axis] - length, 0)
        pad = [(0, 0)] * 4
        pad[1 + axis] = (missing // 2, missing - missing // 2)
        x = np.pad(x, pad, constant_values=fill)
        out.append(n)
    _, row, col, one = x.strides
    return np.lib.stride_tricks.as_strided(x, (*out, *size, x.shape[3]), (row * stride[0], col * stride[1], row, col, one))


def clamp(y, activation):
    return {0: y, 1: np.maximum(y, 0), 3: np.clip(y, 0, 6)}[activation]


def convolution(x, w, bias, o):
    taps = windows(x, w.shape[1:3], (o.number(2, "i"), o.number(1, "i")), o.number(0))
    return clamp(np.tensordot(taps, w, ((2, 3, 4), (1, 2, 3))) + bias, o.number(3))[None]


def depthwise(x, w, bias, o):
    taps = windows(x, w.shape[1:3], (o.number(2, "i"), o.number(1, "i")), o.number(0))
    return clamp((taps * w[0]).sum((2, 3)) + bias, o.number(4))[None]


def max_pool(x, o):
    taps = windows(x, (o.number(4, "i"), o.number(3, "i")), (o.number(2, "i"), o.number(1, "i")), o.number(0), -np.inf)
    return taps.max((2, 3))[None]


# by TFLite's operator codes; o holds the options, v the inputs
OPS = {
    0: lambda o, *v: clamp(v[0] + v[1], o.number(0) if o else 0),
    2: lambda o, *v: np.concatenate(v, o.number(0, "i")),
    3: lambda o, *v: convolution(*v, o),
    4: lambda o, *v: depthwise(*v, o),
    6: lambda o, *v: v[0],  # DEQUANTIZE of float16
    17: lambda o, *v: max_pool(*v, o),
    19: lambda o, *v: np.maximum(v[0], 0),
    22: lambda o, *v: v[0],  # RESHAPE: done below for all
    34: lambda o, *v: np.pad(v[0], v[1].reshape(-1, 2)),
    54: lambda o, *v: np.maximum(v[0], 0) + v[1] * np.minimum(v[0], 0),
}


def run(path, x):
    with open(path, "rb") as f:
        data = f.read()
    model = Table(data, struct.unpack_from("<I", data)[0])
    graph, buffers = model.tables(2)[0], model.tables(4)
    codes = [max(c.number(0), c.number(3, "i")) for c in model.tables(1)]
    values, shapes = {}, []
    for i, tensor in enumerate(graph.tables(0)):
        shapes.append(tensor.array(0, "<i4"))
        constant = buffers[tensor.number(2, "I")].array(0, "u1").tobytes()
        if constant:
            value = np.frombuffer(constant, {0: "<f4", 1: "<f2", 2: "<i4"}[tensor.number(1)]).reshape(shapes[i])
            values[i] = value if value.dtype.kind == "i" else value.astype("f8")
    (first,) = graph.array(1, "<i4")
    values[first] = x.astype("f8").reshape(shapes[first])
    for node in graph.tables(3):
        inputs, (out,) = node.array(1, "<i4"), node.array(2, "<i4")
        value = OPS[codes[node.number(0, "I")]](node.table(4), *(values[i] for i in inputs))
        values[out] = value.reshape(shapes[out])
    return [values[i].ravel() for i in graph.array(2, "<i4")]


def main(shared):
    for network, name in NETWORKS.items():
        raw = f"{shared}/golden/faces/raw/{name}"
        exact = run(f"{shared}/models/face/{network}.tflite", np.fromfile(raw + ".in.f32", "<f4"))
        for i, y in enumerate(exact):
            tflite = np.fromfile(f"{raw}.tflite.out{i}.f32", "<f4")
            print(f"{network} output {i}: TFLite is off by {abs(tflite - y).max():.2g}, values up to {abs(y).max():.0f}")


main(sys.argv[1] if len(sys.argv) > 1 else "../shared")
