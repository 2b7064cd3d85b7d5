// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 the tfc authors
// What TensorFlow.js does in a turn, for Node and for a page alike: a GraphModel alone, coco-ssd's detect(),
// face-landmarks-detection's estimateFaces(). Each makes {what, run, sum}: a word for the version, the turn, and a number of what
// it returns.
'use strict';
(function(tasks) {
  /** An IOHandler of a model.json and the function that gives the bytes of a file beside it. */
  tasks.handler = (json, shard) => ({
    indexOf: () => -1, // packages that want an address look for a known host in it
    load: async () => {
      const groups = json.weightsManifest;
      const shards = await Promise.all(groups.flatMap((g) => g.paths).map(shard));
      const all = new Uint8Array(shards.reduce((n, s) => n + s.length, 0));
      shards.reduce((at, s) => (all.set(s, at), at + s.length), 0);
      return {
        modelTopology: json.modelTopology,
        format: json.format,
        signature: json.signature,
        userDefinedMetadata: json.userDefinedMetadata,
        weightSpecs: groups.flatMap((g) => g.weights),
        weightData: all.buffer,
      };
    },
  });

  const base = (name) => name.replace(/^\^/, '').split(':')[0];

  /** Every node's name to whether one that passes the test lies behind it or is it. */
  function reach(nodes, test) {
    const byName = new Map(nodes.map((n) => [n.name, n]));
    const known = new Map();
    const look = (name) => {
      const n = byName.get(base(name));
      if (!known.has(n.name)) {
        known.set(n.name, false); // loops end here
        known.set(n.name, test(n) || (n.input || []).some(look));
      }
      return known.get(n.name);
    };
    return look;
  }

  /** Where our network begins: at its input. But where the file prepares the picture with loops or resizes, what the first
   * convolution reads; and where whole numbers are made floats first, behind that. */
  function entrance(nodes, input, type) {
    const convolves = (n) => /Conv2d|Conv2D/.test(n.op);
    const after = reach(nodes, convolves);
    const prepares = reach(nodes, (n) => /^(Enter|Switch|Resize.*)$/.test(n.op));
    const first = nodes.filter(convolves).map((n) => n.input[0]).find((name) => !after(name));
    if (type !== 'int32')
      return input;
    if (prepares(first))
      return first;
    const cast = nodes.find((n) => n.op === 'Cast' && base(n.input[0]) === base(input));
    return cast ? cast.name : input;
  }

  tasks.version = (tf) => `TensorFlow.js ${tf.version_core || tf.version.tfjs}, wasm` +
      (tf.env().get('WASM_HAS_SIMD_SUPPORT') ? ' with SIMD' : '');

  /** given: {dims, data} of the input; outputs: names. */
  tasks.network = async (tf, loadGraphModel, handler, given, outputs) => {
    const net = await loadGraphModel(handler);
    const {node} = (await handler.load()).modelTopology;
    const first = entrance(node, net.inputs[0].name, net.inputs[0].dtype);
    const feed = {[first]: tf.tensor(given.data, given.dims, 'float32')};
    const run = () => {
      const out = [net.execute(feed, outputs)].flat();
      const data = out.map((t) => t.dataSync());
      tf.dispose(out);
      return data;
    };
    return {what: '', run, sum: tasks.sum};
  };

  const picture = (tf, p) => tf.tensor3d(Int32Array.from(p.data), p.dims.slice(1), 'int32');

  tasks.detect = async (tf, cocoSsd, handler, given) => {
    const coco = await cocoSsd.load({base: 'lite_mobilenet_v2', modelUrl: handler});
    const image = picture(tf, given);
    return {what: ', detect()', run: () => coco.detect(image, 20, 0.5), sum: (found) => found.length};
  };

  /** part: name of a GraphModel to its handler. */
  tasks.faces = async (tf, faceLandmarksDetection, part, given) => {
    const chain = await faceLandmarksDetection.load('mediapipe-facemesh', {
      maxFaces: 1, shouldLoadIrisModel: true,
      detectorModelUrl: part('blazeface'), modelUrl: part('facemesh'), irisModelUrl: part('iris'),
    });
    const input = picture(tf, given);
    return {
      what: ', estimateFaces()', run: () => chain.estimateFaces({input, predictIrises: true}), sum: (found) => found.length,
    };
  };

  tasks.poses = async (tf, poseDetection, handler, given) => {
    const detector = await poseDetection.createDetector(poseDetection.SupportedModels.MoveNet,
        {modelType: poseDetection.movenet.modelType.SINGLEPOSE_LIGHTNING, modelUrl: handler});
    const image = picture(tf, given);
    return {what: ', estimatePoses()', run: () => detector.estimatePoses(image), sum: (found) => found.length};
  };

  tasks.hands = async (tf, handPoseDetection, part, given) => {
    const detector = await handPoseDetection.createDetector(handPoseDetection.SupportedModels.MediaPipeHands, {
      runtime: 'tfjs', modelType: 'lite', maxHands: 2,
      detectorModelUrl: part('detector_lite_graphmodel'), landmarkModelUrl: part('landmark_lite_graphmodel'),
    });
    const image = picture(tf, given);
    return {what: ', estimateHands()', run: () => detector.estimateHands(image), sum: (found) => found.length};
  };

  tasks.segments = async (tf, bodyPix, handler, given) => {
    const net = await bodyPix.load({architecture: 'MobileNetV1', outputStride: 16, multiplier: 0.5, modelUrl: handler});
    const image = picture(tf, given);
    return {what: ', segmentPerson()', run: () => net.segmentPerson(image), sum: () => 1};
  };

  tasks.classes = async (tf, mobilenet, handler, given) => {
    const classifier = await mobilenet.load({version: 1, alpha: 0.25, modelUrl: handler, inputRange: [-1, 1]});
    const image = picture(tf, given);
    return {what: ', classify()', run: () => classifier.classify(image, 3), sum: (found) => found.length};
  };

  /** Of the absolute values of arrays. */
  tasks.sum = (arrays) => {
    let sum = 0;
    for (const a of arrays)
      for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]);
    return sum;
  };
})(typeof module === 'undefined' ? self.tasks = {} : module.exports);
