#!/usr/bin/env node
// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 the tfc authors
// TensorFlow Lite as @tensorflow/tfjs-tflite has it: WASM, with XNNPACK for 8 bits too. For its outputs, not for its time: it is no
// peer, and only tools/dev/reference starts it.
'use strict';
const fs = require('fs');
const path = require('path');
const {answer, inputs, packagesOf, skip} = require('./talk.js');

const [, model, folder] = process.argv.slice(2);
const ARRAYS = {float32: Float32Array, uint8: Uint8Array, int8: Int8Array, int32: Int32Array};

/** The interpreter in the package, without the part of it that wants a browser. */
async function start() {
  const wasm = path.join(packagesOf('tflite'), 'node_modules', '@tensorflow', 'tfjs-tflite', 'wasm', 'tflite_web_api_cc_simd');
  console.warn = console.log = () => {};
  return require(wasm + '.js')({wasmBinary: fs.readFileSync(wasm + '.wasm')});
}

function open(lite) {
  const bytes = fs.readFileSync(model);
  const at = lite._malloc(bytes.length);
  lite.HEAPU8.set(bytes, at);
  const options = {numThreads: 1, enableProfiling: false, maxProfilingBufferEntries: 16};
  const opened = lite.TFLiteWebModelRunner.CreateFromBufferAndOptions(at, bytes.length, options);
  if (!opened.ok())
    skip('refuses the network: ' + opened.errorMessage());
  return opened.value();
}

/** The tensors of GetInputs() or GetOutputs(). */
const list = (vector) => Array.from({length: vector.size()}, (_, i) => vector.get(i));

async function main() {
  const lite = await start();
  const runner = open(lite);
  const given = inputs(folder, false);
  const run = async () => {
    list(runner.GetInputs()).forEach((tensor, i) => tensor.data().set(given[i].data));
    if (!runner.Infer())
      throw new Error('it failed');
    return list(runner.GetOutputs()).map((tensor) => new ARRAYS[tensor.dataType](tensor.data()));
  };
  await answer('TensorFlow Lite with XNNPACK, WASM', run, () => 0, folder);
}

main().catch(skip);
