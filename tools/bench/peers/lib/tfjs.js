// SPDX-License-Identifier: LGPL-2.1-or-later
// TensorFlow.js on its WASM backend, with models from local files only.
'use strict';
const fs = require('fs');
const path = require('path');
const {skip} = require('./talk.js');

/** An IOHandler that reads model.json and the shards beside it. */
function files(modelJson) {
  return {
    load: async () => {
      const json = JSON.parse(fs.readFileSync(modelJson, 'utf8'));
      const groups = json.weightsManifest;
      const shards = groups.flatMap((g) => g.paths).map((p) => fs.readFileSync(path.join(path.dirname(modelJson), p)));
      return {
        modelTopology: json.modelTopology,
        format: json.format,
        signature: json.signature,
        userDefinedMetadata: json.userDefinedMetadata,
        weightSpecs: groups.flatMap((g) => g.weights),
        weightData: new Uint8Array(Buffer.concat(shards)).buffer,
      };
    },
  };
}

/** tfjs-core with the WASM backend ready. It has no threads in Node: one for each row but those of one thread. */
async function start(packages, threads) {
  if (threads > 1)
    skip('the WASM backend has no threads in Node');
  console.warn = () => {};
  const tf = packages('@tensorflow/tfjs-core');
  packages('@tensorflow/tfjs-backend-cpu');
  const wasm = packages('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(path.dirname(packages.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm')) + path.sep);
  wasm.setThreadsCount(threads);
  if (!await tf.setBackend('wasm'))
    skip('the WASM backend does not start');
  await tf.ready();
  return tf;
}

module.exports = {files, start};
