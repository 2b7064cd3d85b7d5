// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 the tfc authors
// A peer's side of the conversation (../README.md) for programs in Node.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const {createRequire} = require('module');

const say = (line) => process.stdout.write(line + '\n');

function skip(why) {
  say('skip ' + String(why).split('\n')[0]);
  process.exit(0);
}

/** The folder of what tools/dev/peers installed under that name; skips if it is not there. */
function packagesOf(name) {
  const root = process.env.TFC_PEERS || path.join(__dirname, '..', '..', '..', '..', '.cache', 'peers');
  const folder = path.join(root, name);
  if (!fs.existsSync(path.join(folder, 'node_modules')))
    skip('not installed: tools/dev/peers get');
  return folder;
}

/** require() of it. */
const installed = (name) => createRequire(path.join(packagesOf(name), 'package.json'));

const kinds = {f32: Float32Array, u8: Uint8Array, i8: Int8Array, i32: Int32Array};

/** The inputs that the lines of FOLDER/inputs name: [{type, dims, data}]. turned: as ONNX wants them. */
function inputs(folder, turned) {
  const lines = fs.readFileSync(path.join(folder, 'inputs'), 'utf8').trim().split('\n');
  return lines.map((line, i) => {
    const [type, ...words] = line.split(' ');
    const bytes = fs.readFileSync(path.join(folder, `${turned ? 'turned' : 'input'}${i}`));
    let dims = words.map(Number);
    if (turned && dims.length === 4)
      dims = [dims[0], dims[3], dims[1], dims[2]];
    return {type, dims, data: new kinds[type](new Uint8Array(bytes).buffer)};
  });
}

/** The names of the outputs that count, as the graph has them. */
const outputs = (folder) => fs.readFileSync(path.join(folder, 'names'), 'utf8').split('\n')[1].split(' ');

/** Writes a network's outputs, arrays, as FOLDER/output0 and so on, and their types into FOLDER/outputs. */
function write(folder, arrays) {
  const type = (array) => Object.keys(kinds).find((name) => array instanceof kinds[name]);
  arrays.forEach((array, i) => fs.writeFileSync(path.join(folder, `output${i}`), array));
  fs.writeFileSync(path.join(folder, 'outputs'), arrays.map((array) => type(array) + '\n').join(''));
  return `wrote ${arrays.length}`;
}

/** Answers until the end of input. run: async, the thing to time, returns what sum() makes a number of. folder: where a network's
 * outputs can be written; none: they cannot. */
async function answer(version, run, sum, folder) {
  say('ready ' + version);
  for await (const line of readline.createInterface({input: process.stdin})) {
    try {
      const cpu = process.cpuUsage();
      const start = process.hrtime.bigint();
      const result = await run();
      const took = process.hrtime.bigint() - start;
      const {user, system} = process.cpuUsage(cpu);
      if (line === 'write' && folder)
        say(write(folder, result));
      else
        say(line === 'sum' ? `sum ${sum(result)}` : `ns ${took} ${(user + system) * 1000}`);
    } catch (error) {
      say('error ' + String(error).split('\n')[0]);
    }
  }
}

module.exports = {answer, inputs, installed, outputs, packagesOf, say, skip};
