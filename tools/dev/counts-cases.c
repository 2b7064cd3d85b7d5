/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The cases of tools/dev/counts: counts-cases lists them, counts-cases CASE does what it counts once.
 * Pictures and numbers are made by rule, the same everywhere. Cases that this CPU cannot run are
 * not listed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "models/detection/score_decode.h"
#include "models/face/face_mesh.h"
#include "models/face/iris.h"
#include "models/frame/sample_geometry.h"

#define ANCHORS 1917
#define CLASSES 91

typedef struct {
  TfcSampler *sampler;
  TfcFrame frame;
  TfcMap map;
  void *pixels;
} Sampling;

typedef struct {
  TfcTensor boxes, scores;
  TfcDecoder decoder;
  TfcAnchor anchors[ANCHORS];
  TfcCandidate found[ANCHORS];
} Decoding;

typedef struct {
  gfloat crop[TFC_CROP * TFC_CROP * 3], eye[TFC_EYE_CROP * TFC_EYE_CROP * 3];
  TfcPoint points[TFC_FACE_POINTS];
} Face;

static guint32 state = 1;

static guint32
next_number (void)
{
  state = state * 1664525u + 1013904223u;
  return state >> 8;
}

static gfloat
next_fraction (void)
{
  return next_number () % 10000 / 10000.f;
}

static guint8 *
noise (gsize bytes)
{
  guint8 *p = g_malloc (bytes);

  for (gsize i = 0; i < bytes; i++)
    p[i] = (guint8)next_number ();
  return p;
}

static TfcFrame
make_frame (const gchar *format, guint width, guint height)
{
  TfcFrame frame = {.width = width,
                    .height = height,
                    .format = tfc_format_find (format),
                    .matrix = TFC_MATRIX_BT709};

  for (guint p = 0; p < frame.format->n_planes; p++) {
    guint64 row_bytes, rows;
    tfc_format_plane_size (frame.format, p, width, height, &row_bytes, &rows);
    frame.stride[p] = (gint)row_bytes;
    frame.plane[p] = noise (row_bytes * rows);
  }
  return frame;
}

static const TfcSampleKernel *
find_kernel (const gchar *name)
{
  const TfcSampleKernel *kernel;

  for (guint i = 0; (kernel = tfc_sample_kernel_nth (i)); i++)
    if (g_str_equal (kernel->name, name))
      return kernel;
  return NULL;
}

static const TfcTarget detect = {300, 300, TFC_SAMPLE_U8, 0.f, 0.f, TFC_BORDER_CLAMP, FALSE};
static const TfcTarget detect_f32 = {300,  300, TFC_SAMPLE_F32, 2.f / 255.f, -1.f, TFC_BORDER_CLAMP,
                                     FALSE};
static const TfcTarget mesh = {192, 192, TFC_SAMPLE_F32, 1.f / 255.f, 0.f, TFC_BORDER_ZERO, FALSE};

typedef struct Case Case;
struct Case {
  const gchar *name;
  gpointer (*prepare) (const Case *c);
  void (*run) (gpointer data);
  const gchar *kernel, *format; /* sampling */
  const TfcTarget *target;
  gboolean special; /* sampling: the map turns; decoding: numbers are float32 */
};

static gpointer
prepare_sampling (const Case *c)
{
  Sampling *s = g_new0 (Sampling, 1);

  s->frame = make_frame (c->format, 1920, 1080);
  s->sampler = tfc_sampler_new_on (c->target, find_kernel (c->kernel));
  s->pixels = g_malloc (sizeof (gfloat) * 3 * c->target->width * c->target->height);
  s->map = c->special ? (TfcMap){2.0, -0.9, 800., 0.9, 2.0, 300.}
                      : tfc_map_stretch (&s->frame, c->target->width, c->target->height, FALSE);
  tfc_sampler_run (s->sampler, &s->frame, &s->map,
                   s->pixels); /* a stream's frames after the first */
  return s;
}

static void
run_sampling (gpointer data)
{
  Sampling *s = data;

  tfc_sampler_run (s->sampler, &s->frame, &s->map, s->pixels);
}

static TfcTensor
make_tensor (TfcType type, guint rows, guint columns)
{
  return (TfcTensor){.type = type,
                     .shape = tfc_shape (3, 1, rows, columns),
                     .quant = {.scale = type == TFC_TYPE_F32 ? 0.f : 1 / 256.f},
                     .data = g_malloc0 (tfc_type_size (type) * rows * columns)};
}

/* One anchor in forty sees something; what they see overlaps. */
static gpointer
prepare_decoding (const Case *c)
{
  const TfcType type = c->special ? TFC_TYPE_F32 : TFC_TYPE_U8;
  Decoding *d = g_new0 (Decoding, 1);

  d->boxes = make_tensor (type, ANCHORS, 4);
  d->scores = make_tensor (type, ANCHORS, CLASSES);
  d->decoder = (TfcDecoder){.boxes = &d->boxes,
                            .scores = &d->scores,
                            .anchors = d->anchors,
                            .scales = {10, 10, 5, 5},
                            .first = 1};
  for (guint i = 0; i < ANCHORS; i++)
    d->anchors[i] = (TfcAnchor){next_fraction (), next_fraction (), 0.3f, 0.3f};
  for (guint i = 0; i < ANCHORS * (4 + CLASSES); i++) {
    const gboolean box = i < ANCHORS * 4;
    const guint at = box ? i : i - ANCHORS * 4;
    const gboolean seen = box || (at / CLASSES % 40 == 0 && at % CLASSES == 1 + at / CLASSES % 90);
    const guint value = box    ? next_number () % 40
                        : seen ? 140 + next_number () % 100
                               : next_number () % 60;
    gpointer data = box ? d->boxes.data : d->scores.data;
    if (c->special)
      ((gfloat *)data)[at] = value / 256.f;
    else
      ((guint8 *)data)[at] = value;
  }
  return tfc_decoder_init (&d->decoder, NULL) ? d : NULL;
}

static void
run_decoding (gpointer data)
{
  Decoding *d = data;
  const guint n = tfc_decode (&d->decoder, 0.5f, NULL, d->found);

  tfc_nms (d->found, n, 0.5f, 20);
}

static gpointer
prepare_face (const Case *c)
{
  Face *f = g_new0 (Face, 1);

  for (guint i = 0; i < G_N_ELEMENTS (f->crop); i++)
    f->crop[i] = next_fraction ();
  for (guint i = 0; i < TFC_FACE_POINTS; i++)
    f->points[i] =
        (TfcPoint){20 + 150 * next_fraction (), 20 + 150 * next_fraction (), 30 * next_fraction ()};
  return f;
}

static void
run_eye (gpointer data)
{
  Face *f = data;
  const TfcRegion region = {70, 80, 50, 0};

  tfc_eye_cut (f->crop, &region, TFC_EYE_RIGHT, f->eye);
}

static void
run_points (gpointer data)
{
  Face *f = data;
  const TfcRegion region = {700, 500, 400, 0.3};

  tfc_region_points (&region, f->points, TFC_FACE_POINTS);
}

// clang-format off
static const Case cases[] = {
  {"sample/NV12/300-u8/portable",   prepare_sampling, run_sampling, "portable", "NV12", &detect,     FALSE},
  {"sample/NV12/300-u8/avx2",       prepare_sampling, run_sampling, "avx2",     "NV12", &detect,     FALSE},
  {"sample/NV12/300-f32/avx2",      prepare_sampling, run_sampling, "avx2",     "NV12", &detect_f32, FALSE},
  {"sample/I420/300-u8/avx2",       prepare_sampling, run_sampling, "avx2",     "I420", &detect,     FALSE},
  {"sample/YUY2/300-u8/avx2",       prepare_sampling, run_sampling, "avx2",     "YUY2", &detect,     FALSE},
  {"sample/BGRx/300-u8/avx2",       prepare_sampling, run_sampling, "avx2",     "BGRx", &detect,     FALSE},
  {"sample/P010_10LE/300-u8/avx2",  prepare_sampling, run_sampling, "avx2",     "P010_10LE", &detect, FALSE},
  {"sample/I420_10LE/300-u8/avx2",  prepare_sampling, run_sampling, "avx2",     "I420_10LE", &detect, FALSE},
  {"sample/NV12/192-turned/portable", prepare_sampling, run_sampling, "portable", "NV12", &mesh,     TRUE},
  {"sample/NV12/192-turned/avx2",   prepare_sampling, run_sampling, "avx2",     "NV12", &mesh,       TRUE},
  {"decode/ssd-u8",                 prepare_decoding, run_decoding, NULL,       NULL,   NULL,        FALSE},
  {"decode/ssd-f32",                prepare_decoding, run_decoding, NULL,       NULL,   NULL,        TRUE},
  {"face/eye-cut",                  prepare_face,     run_eye,      NULL,       NULL,   NULL,        FALSE},
  {"face/points",                   prepare_face,     run_points,   NULL,       NULL,   NULL,        FALSE},
};
// clang-format on

/* What tools/dev/counts has valgrind collect by name. */
__attribute__ ((noinline)) void counted (const Case *c, gpointer data);
void
counted (const Case *c, gpointer data)
{
  c->run (data);
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    g_print ("%s\n", __VERSION__);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    if (c->kernel && !find_kernel (c->kernel))
      continue;
    if (argc < 2) {
      g_print ("%s\n", c->name);
    } else if (g_str_equal (argv[1], c->name)) {
      gpointer data = c->prepare (c);
      if (!data)
        return 2;
      counted (c, data);
      return 0;
    }
  }
  return argc < 2 ? 0 : 2;
}
