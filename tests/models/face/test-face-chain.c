/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The face chain's state from frame to frame and its crops, against what the reference saved on
 * the way: a camera that moves over a photo, the crops that its networks saw, their answers. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tests/models/face/face-golden.h"
#include "models/face/face_mesh.h"
#include "models/face/iris.h"
#include "tools/common/picture.h"

#include <stdlib.h>

static TfcFace faces[TFC_MAX_FACES];

static gboolean
load_photo (const gchar *image, TfcPicture *picture)
{
  gchar *name = g_strconcat ("media/", image, NULL), *path = golden_path (name);
  GError *error = NULL;
  g_free (name);
  if (!path)
    return FALSE;
  tfc_picture_load (path, picture, &error);
  g_assert_no_error (error);
  g_free (path);
  return TRUE;
}

static TfcFrame
window (const TfcFrame *frame, const cJSON *xywh)
{
  TfcFrame w = *frame;
  const guint x = golden_number (xywh, 0), y = golden_number (xywh, 1);
  w.plane[0] += (gsize)y * w.stride[0] + 3 * x;
  w.width = golden_number (xywh, 2);
  w.height = golden_number (xywh, 3);
  return w;
}

static void
compare_frame (const cJSON *golden, gint n, gboolean detector_ran, const TfcFrame *frame, guint i)
{
  GPtrArray *sure = golden_sure_faces (cJSON_GetObjectItem (golden, "faces"));
  g_assert_cmpint (detector_ran, ==, cJSON_IsTrue (cJSON_GetObjectItem (golden, "detectorRan")));
  g_assert_cmpint (n, ==, sure->len);
  for (guint k = 0; k < sure->len; k++) {
    const TfcFace *face = golden_nearest (faces, n, sure->pdata[k], frame);
    const cJSON *mesh = cJSON_GetObjectItem (sure->pdata[k], "scaledMesh");
    const gdouble error =
        golden_mesh_error (face->points, mesh, frame->width, frame->height, 0, TFC_FACE_POINTS);
    g_test_message ("frame %u, face %u: %.2f %%, turned %.2f", i, k, 100 * error, face->rotation);
    g_assert_cmpfloat (error, <, fabs (face->rotation) < 0.1 ? 0.01 : 0.02);
    g_assert_cmpfloat (golden_box_error (&face->box, sure->pdata[k], frame), <, 0.01);
  }
  g_ptr_array_unref (sure);
}

static void
run_sequence (TfcFacePipeline *chain, const TfcFrame *photo, const cJSON *frames, const cJSON *golden,
              guint max_faces)
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  guint64 ids[TFC_MAX_FACES] = {0};
  options.max_faces = max_faces;
  tfc_face_reset (chain);
  for (gint i = 0; i < cJSON_GetArraySize (frames); i++) {
    const TfcFrame frame = window (photo, cJSON_GetArrayItem (frames, i));
    TfcFaceTimes times;
    GError *error = NULL;
    const gint n = tfc_face_run (chain, &frame, i, &options, faces, &times, &error);
    g_assert_no_error (error);
    compare_frame (cJSON_GetArrayItem (golden, i), n, times.detector_ran, &frame, i);
    for (gint k = 0; k < n; k++) { /* nobody leaves in these: everybody stays who he is */
      g_assert_true (!ids[k] || ids[k] == faces[k].track_id);
      ids[k] = faces[k].track_id;
    }
  }
}

static void
test_sequence (gconstpointer data)
{
  cJSON *root = golden_json (data);
  TfcPicture photo = {0};
  if (!root)
    return;
  const cJSON *results = cJSON_GetObjectItem (root, "results"), *run;
  if (load_photo (golden_text (root, "image"), &photo)) {
    TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
    cJSON_ArrayForEach (run, results) {
      const guint max_faces = atoi (run->string + strlen ("maxFaces"));
      run_sequence (chain, &photo.frame, cJSON_GetObjectItem (root, "frames_xywh"), run, max_faces);
    }
    tfc_face_close (chain);
  }
  tfc_picture_clear (&photo);
  cJSON_Delete (root);
}

static gfloat *
saved (const gchar *photo, guint face, const gchar *what, gsize n)
{
  gchar *name = g_strdup_printf ("golden/faces/tensors/%s.face%u.%s.f32", photo, face, what);
  gfloat *values = golden_read (name, n * sizeof (gfloat));
  g_free (name);
  return values;
}

static gdouble
mean_difference (const gfloat *a, const gfloat *b, gsize n)
{
  gdouble sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += fabs (a[i] - b[i]);
  return sum / n;
}

typedef struct {
  const gchar *photo;
  guint face;
  gdouble crop_tolerance; /* mean, of 0..1 */
} Saved;

static TfcFacemesh *
open_mesh (void)
{
  gchar *path = face_model_path (tfc_face_mesh_name (TFC_MESH_PLAIN));
  GError *error = NULL;
  const TfcModelOptions options = {.backend = NULL};
  TfcFacemesh *mesh = tfc_facemesh_open (TFC_MESH_PLAIN, path, &options, &error);
  g_assert_no_error (error);
  g_free (path);
  return mesh;
}

static TfcRegion
saved_region (const Saved *s)
{
  gchar *name = g_strdup_printf ("golden/faces/cpu/%s.json", s->photo);
  cJSON *root = golden_json (name);
  g_assert_nonnull (root);
  const cJSON *roi = cJSON_GetArrayItem (cJSON_GetObjectItem (root, "rois"), (gint)s->face);
  const cJSON *from = cJSON_GetObjectItem (roi, "startPoint"),
              *to = cJSON_GetObjectItem (roi, "endPoint");
  const TfcRect rect = {golden_number (from, 0), golden_number (from, 1), golden_number (to, 0),
                        golden_number (to, 1)};
  const TfcRegion region = tfc_region_square (&rect, golden_member (roi, "angle"));
  g_free (name);
  cJSON_Delete (root);
  return region;
}

/* Our one-pass crop of the region that the reference saw. */
static void
test_mesh_crop (gconstpointer data)
{
  const Saved *s = data;
  const gsize n = TFC_CROP * TFC_CROP * 3;
  gfloat *expected = saved (s->photo, s->face, "mesh_in", n);
  gchar *image = g_strconcat (s->photo, ".png", NULL);
  TfcPicture photo = {0};
  if (expected && load_photo (image, &photo)) {
    TfcFacemesh *mesh = open_mesh ();
    const TfcRegion region = saved_region (s);
    TfcPoint points[TFC_FACE_POINTS];
    TfcFaceTimes times = {0};
    GError *error = NULL;
    gfloat presence;
    g_assert_cmpuint (
        tfc_facemesh_run (mesh, &photo.frame, &region, points, &presence, &times, &error), ==,
        TFC_MESH_POINTS);
    const gdouble off = mean_difference (tfc_facemesh_crop (mesh), expected, n);
    g_test_message ("%s face %u, turned %.2f: crop off by %.5f of full scale on average", s->photo,
                    s->face, region.angle, off);
    g_assert_cmpfloat (off, <, s->crop_tolerance);
    tfc_facemesh_close (mesh);
  }
  tfc_picture_clear (&photo);
  g_free (image);
  g_free (expected);
}

/* Eyes cut out of the reference's own crop by the reference's own mesh. */
static void
test_eye_crops (gconstpointer data)
{
  const Saved *s = data;
  const gsize eye_size = TFC_EYE_CROP * TFC_EYE_CROP * 3;
  gfloat *crop = saved (s->photo, s->face, "mesh_in", TFC_CROP * TFC_CROP * 3);
  gfloat *mesh = saved (s->photo, s->face, "mesh_out_coords", TFC_MESH_POINTS * 3);
  gfloat *expected = saved (s->photo, s->face, "iris_in", 2 * eye_size);
  if (crop && mesh && expected) {
    gfloat *cut = g_new (gfloat, eye_size);
    TfcPoint points[TFC_MESH_POINTS];
    memcpy (points, mesh, sizeof points);
    for (guint e = TFC_EYE_LEFT; e <= TFC_EYE_RIGHT; e++) {
      const TfcRegion region = tfc_eye_region (points, e);
      gdouble most = 0;
      tfc_eye_cut (crop, &region, e, cut);
      for (gsize i = 0; i < eye_size; i++)
        most = fmax (most, fabs (cut[i] - expected[e * eye_size + i]));
      g_test_message ("%s face %u, eye %u: at most %.2g off", s->photo, s->face, e, most);
      g_assert_cmpfloat (most, <, 1e-5);
    }
    g_free (cut);
  }
  g_free (crop);
  g_free (mesh);
  g_free (expected);
}

/* The reference's crop through our networks: its coordinates, and its irises' answers. */
static void
test_saved_outputs (gconstpointer data)
{
  const Saved *s = data;
  static const struct {
    const gchar *model, *in, *out;
    gsize n_in, n_out;
    guint batch;
  } steps[] = {{"face/mesh", "mesh_in", "mesh_out_coords", TFC_CROP * TFC_CROP * 3, 1404, 1},
               {"face/iris", "iris_in", "iris_out", TFC_EYE_CROP * TFC_EYE_CROP * 3, 228, 2}};
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++) {
    gfloat *in = saved (s->photo, s->face, steps[k].in, steps[k].batch * steps[k].n_in);
    gfloat *out = saved (s->photo, s->face, steps[k].out, steps[k].batch * steps[k].n_out);
    gchar *path = face_model_path (steps[k].model);
    const TfcModelOptions options = {.backend = NULL};
    GError *error = NULL;
    TfcModel *model = tfc_model_open (path, &options, &error);
    gdouble most = 0, seen = 0;
    g_assert_no_error (error);
    for (guint b = 0; in && out && b < steps[k].batch; b++) {
      memcpy (tfc_model_input (model, 0)->data, in + b * steps[k].n_in, steps[k].n_in * sizeof *in);
      g_assert_true (tfc_model_run (model, &error));
      /* The reference joins the iris network's two outputs, which come in this order. */
      const gfloat *expected = out + b * steps[k].n_out;
      for (guint o = 0; o < tfc_model_n_outputs (model); o++) {
        const TfcTensor *t = tfc_model_output (model, o);
        const gsize n = tfc_tensor_count (t);
        if (n != 1404 && n != 213 && n != 15)
          continue;
        const gfloat *from = expected + (n == 15 ? 213 : 0);
        for (gsize i = 0; i < n; i++)
          most = fmax (most, fabs (((const gfloat *)t->data)[i] - from[i]));
        seen += n;
      }
    }
    g_test_message ("%s %s: at most %.2g off", s->photo, steps[k].model, most);
    g_assert_cmpfloat (seen, ==, in ? steps[k].batch * steps[k].n_out : 0);
    g_assert_cmpfloat (most, <,
                       1e-3); /* of numbers up to 250; TF.js's own backends differ by 5e-4 */
    tfc_model_close (model);
    g_free (path);
    g_free (in);
    g_free (out);
  }
}

int
main (int argc, char **argv)
{
  static const gchar *const sequences[] = {"seq_portrait_pan.cpu", "seq_portrait_pan.wasm",
                                           "seq_two_faces_pan.cpu", "seq_two_faces_pan.wasm"};
  static const Saved crops[] = {{"coral_face", 0, 0.02},
                                {"coral_face", 1, 0.02},
                                {"human_stock-emotions-a-2", 0, 0.02},
                                {"human_stock-teen-6", 0, 0.02},
                                {"tfjs_portrait", 0, 0.02}};
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++) {
    gchar *path = g_strdup_printf ("/face-chain/%s", sequences[i]);
    g_test_add_data_func_full (path,
                               g_strdup_printf ("golden/faces/sequences/%s.json", sequences[i]),
                               test_sequence, g_free);
    g_free (path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (crops); i++) {
    static const struct {
      const gchar *name;
      GTestDataFunc test;
    } tests[] = {
        {"crop", test_mesh_crop}, {"eyes", test_eye_crops}, {"outputs", test_saved_outputs}};
    for (guint k = 0; k < G_N_ELEMENTS (tests); k++) {
      gchar *path =
          g_strdup_printf ("/face-chain/%s/%s/%u", tests[k].name, crops[i].photo, crops[i].face);
      g_test_add_data_func (path, &crops[i], tests[k].test);
      g_free (path);
    }
  }
  return g_test_run ();
}
