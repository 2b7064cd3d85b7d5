// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 the tfc authors
// The page's side of tfjs-chromium: does the job that it is told, and answers the questions that it fetches.
'use strict';
const text = async (name) => (await fetch(name)).text();
const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const say = (line) => fetch('say', {method: 'POST', body: String(line).split('\n')[0]});

const handler = async (file) => tasks.handler(JSON.parse(await text(file)),
    (name) => bytes(file.replace(/[^/]*$/, '') + name));

async function input() {
  const [type, ...dims] = (await text('folder/inputs')).split('\n')[0].split(' ');
  const {buffer} = await bytes('folder/input0');
  return {dims: dims.map(Number), data: type === 'f32' ? new Float32Array(buffer) : new Uint8Array(buffer)};
}

const made = {
  network: async () => tasks.network(tf, tf.loadGraphModel, await handler('model/model.json'), await input(),
      (await text('folder/names')).split('\n')[1].split(' ')),
  detect: async () => tasks.detect(tf, cocoSsd, await handler('model/model.json'), await input()),
  faces: async () => {
    const parts = {};
    for (const name of ['blazeface', 'facemesh', 'iris'])
      parts[name] = await handler(`model/${name}/model.json`);
    return tasks.faces(tf, faceLandmarksDetection, (name) => parts[name], await input());
  },
};

async function start(threads) {
  if (!self.crossOriginIsolated)
    throw 'skip the page is not isolated';
  // It takes no more threads than half of the CPUs that the page is told of.
  Object.defineProperty(navigator, 'hardwareConcurrency', {value: 2 * threads});
  tf.wasm.setWasmPaths('package/@tensorflow/tfjs-backend-wasm/dist/');
  tf.wasm.setThreadsCount(threads);
  if (!await tf.setBackend('wasm') || !await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))
    throw 'skip the WASM backend has no threads here';
  await tf.ready();
  if (tf.wasm.getThreadsCount() !== threads)
    throw `skip the WASM backend takes ${tf.wasm.getThreadsCount()} threads`;
}

async function turn({run, sum}, question) {
  const begin = performance.now();
  const result = await run();
  const took = performance.now() - begin;
  return question === 'sum' ? `sum ${sum(result)}` : `ns ${Math.max(1, Math.round(took * 1e6))}`;
}

async function main() {
  const {task, threads} = JSON.parse(await text('job'));
  await start(threads);
  const job = await made[task]();
  await say(`ready ${tasks.version(tf)} and threads${job.what}`);
  for (let question; (question = await text('question')) !== 'end';)
    await say(await turn(job, question).catch((error) => `error ${error}`));
}

main().catch((error) => say(/^skip /.test(error) ? error : `skip ${error}`));
