/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the points of a face mesh are: triangles, their edges, named regions. Indices into
 * TfcFace.points; every index of triangles and edges is below 468, the two iris regions name
 * 468..477, which only a face of 478 points has. Constant tables of tools/dev/gen-topology;
 * "left" and "right" are the subject's, as everywhere. */
#include <glib.h>

#define TFC_TOPOLOGY_TRIANGLES 880
#define TFC_TOPOLOGY_EDGES 1348

/* All wound the same way. The eyes are covered, the mouth (inside lips-inner) is open. */
extern const guint16 tfc_topology_triangles[TFC_TOPOLOGY_TRIANGLES][3];

/* Each edge of the triangles once, a < b. triangles: 2, or 1 on the rim (the oval and lips-inner). */
typedef struct {
  guint16 a, b, triangles;
} TfcEdge;

extern const TfcEdge tfc_topology_edges[TFC_TOPOLOGY_EDGES];

/* The closed loops come first and have names here; after them come the reference's groups under its
 * own names ("lipsUpperOuter", "leftEyeLower0", "noseTip", ...), open polylines or single points. */
enum {
  TFC_REGION_OVAL,
  TFC_REGION_LIPS_OUTER,
  TFC_REGION_LIPS_INNER,
  TFC_REGION_LEFT_EYE,
  TFC_REGION_LEFT_BROW,
  TFC_REGION_LEFT_IRIS, /* centre, right, above, left, below: not a loop */
  TFC_REGION_RIGHT_EYE,
  TFC_REGION_RIGHT_BROW,
  TFC_REGION_RIGHT_IRIS,
  TFC_N_LOOPS,
  TFC_N_REGIONS = TFC_N_LOOPS + 32
};

typedef struct {
  const gchar *name;
  guint n;
  const guint16 *points; /* n of them, in order along the line */
} TfcMeshRegion;

extern const TfcMeshRegion tfc_topology_regions[TFC_N_REGIONS];
