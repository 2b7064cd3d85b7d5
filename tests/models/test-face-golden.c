/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The face chain against what TF.js's face-landmarks-detection answers for the same photos: same
 * number of faces, boxes, meshes and irises within the contract's tolerances, on every backend,
 * from RGB. */
#include "backend.h"
#include "face.h"
#include "picture.h"
#include "store.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#define DETECTION_CONFIDENCE 0.9

typedef struct {
  const gchar *backend, *format; /* format NULL: RGB */
  gchar *json;                   /* path */
} Case;

static const gchar *shared;

static gchar *
model_path (const gchar *name)
{
  TfcStored stored = {0};
  GError *error = NULL;
  tfc_store_find (name, NULL, &stored, &error);
  g_assert_no_error (error);
  gchar *path = g_strdup (stored.path);
  tfc_stored_clear (&stored);
  return path;
}

static TfcFaceChain *
open_chain (const gchar *backend)
{
  static TfcFaceChain *chain;
  static const gchar *chain_backend;
  GError *error = NULL;
  if (chain && chain_backend == backend)
    return chain;
  tfc_face_close (chain);
  gchar *detector = model_path (tfc_face_detector_name (TFC_DETECTOR_SHORT_RANGE));
  gchar *mesh = model_path (tfc_face_mesh_name (TFC_MESH_PLAIN)),
        *iris = model_path (tfc_face_iris_name ());
  const TfcFaceConfig config = {
      .detector_path = detector, .mesh_path = mesh, .iris_path = iris, .model.backend = backend};
  chain = tfc_face_open (&config, &error);
  g_assert_no_error (error);
  chain_backend = backend;
  g_free (detector);
  g_free (mesh);
  g_free (iris);
  return chain;
}

static gdouble
number (JsonArray *a, guint i)
{
  return json_array_get_double_element (a, i);
}

/* The reference's faces that we would report: those it is sure of. */
static GPtrArray *
sure_faces (JsonArray *faces)
{
  GPtrArray *sure = g_ptr_array_new ();
  for (guint i = 0; i < json_array_get_length (faces); i++) {
    JsonObject *face = json_array_get_object_element (faces, i);
    if (json_object_get_double_member (face, "faceInViewConfidence") >= DETECTION_CONFIDENCE)
      g_ptr_array_add (sure, face);
  }
  return sure;
}

/* Mean distance of our points first..last from the reference's, in widths of its mesh. */
static gdouble
mean_error (const TfcFace *face, JsonArray *mesh, const TfcFrame *frame, guint first, guint last)
{
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE, sum = 0;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    const gdouble x = number (json_array_get_array_element (mesh, i), 0);
    least = MIN (least, x);
    most = MAX (most, x);
  }
  for (guint i = first; i < last; i++) {
    JsonArray *p = json_array_get_array_element (mesh, i);
    sum += hypot (face->points[i].x * frame->width - number (p, 0),
                  face->points[i].y * frame->height - number (p, 1));
  }
  return sum / (last - first) / (most - least);
}

static void
compare_box (const TfcFace *face, JsonObject *golden, const TfcFrame *frame, gdouble tolerance)
{
  JsonObject *box = json_object_get_object_member (golden, "boundingBox");
  JsonArray *a = json_object_get_array_member (box, "topLeft"),
            *b = json_object_get_array_member (box, "bottomRight");
  const gdouble w = frame->width, h = frame->height;
  g_assert_cmpfloat (fabs (face->box.x - number (a, 0) / w), <, tolerance);
  g_assert_cmpfloat (fabs (face->box.y - number (a, 1) / h), <, tolerance);
  g_assert_cmpfloat (fabs (face->box.x + face->box.w - number (b, 0) / w), <, tolerance);
  g_assert_cmpfloat (fabs (face->box.y + face->box.h - number (b, 1) / h), <, tolerance);
}

static void
compare (const TfcFace *faces, gint n, GPtrArray *golden, const TfcFrame *frame, gboolean yuv)
{
  g_assert_cmpint (n, ==, golden->len);
  for (gint i = 0; i < n; i++) {
    JsonObject *g = golden->pdata[i];
    JsonArray *mesh = json_object_get_array_member (g, "scaledMesh");
    const gboolean upright = fabs (faces[i].rotation) < 0.1;
    const gdouble tolerance = upright ? 0.01 : 0.02;
    const gdouble mesh_error = mean_error (&faces[i], mesh, frame, 0, TFC_MESH_POINTS);
    const gdouble iris_error =
        mean_error (&faces[i], mesh, frame, TFC_MESH_POINTS, TFC_FACE_POINTS);
    g_test_message ("face %d, turned %.2f: mesh %.2f %%, irises %.2f %% of its width", i,
                    faces[i].rotation, 100 * mesh_error, 100 * iris_error);
    g_assert_cmpuint (faces[i].n_points, ==, TFC_FACE_POINTS);
    g_assert_cmpfloat (mesh_error, <, tolerance);
    g_assert_cmpfloat (iris_error, <, tolerance);
    g_assert_cmpfloat (
        fabs (faces[i].presence - json_object_get_double_member (g, "faceInViewConfidence")), <,
        yuv ? 0.03 : 0.01);
    compare_box (&faces[i], g, frame, yuv ? 0.01 : upright ? 0.005 : 0.01);
  }
}

static void
test_photo (gconstpointer data)
{
  const Case *c = data;
  JsonParser *parser = json_parser_new ();
  GError *error = NULL;
  TfcPicture rgb = {0}, other = {0};
  json_parser_load_from_file (parser, c->json, &error);
  g_assert_no_error (error);
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  gchar *photo =
      g_build_filename (shared, "media", json_object_get_string_member (root, "image"), NULL);
  if (!g_file_test (photo, G_FILE_TEST_EXISTS)) {
    g_test_skip ("no such photo");
    goto done;
  }
  tfc_picture_load (photo, &rgb, &error);
  g_assert_no_error (error);
  if (c->format)
    g_assert_true (tfc_picture_convert (&rgb, tfc_format_find (c->format), &other));
  const TfcFrame *frame = c->format ? &other.frame : &rgb.frame;
  TfcFaceChain *chain = open_chain (c->backend);
  static const struct {
    const gchar *name;
    guint max;
  } runs[] = {{"maxFaces1", 1}, {"maxFaces10", 10}};
  TfcFace *faces = g_new (TfcFace, TFC_MAX_FACES);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    TfcFaceOptions options = TFC_FACE_DEFAULTS;
    TfcFaceTimes times;
    options.max_faces = runs[i].max;
    tfc_face_reset (chain);
    const gint n = tfc_face_run (chain, frame, G_MAXUINT64, &options, faces, &times, &error);
    g_assert_no_error (error);
    GPtrArray *golden = sure_faces (json_object_get_array_member (
        json_object_get_object_member (root, "results"), runs[i].name));
    compare (faces, n, golden, frame, c->format != NULL);
    g_ptr_array_unref (golden);
  }
  g_free (faces);
done:
  tfc_picture_clear (&rgb);
  tfc_picture_clear (&other);
  g_free (photo);
  g_object_unref (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  shared = g_getenv ("TFC_SHARED");
  gchar *folder = g_build_filename (shared ? shared : "nowhere", "golden", "faces", "cpu", NULL);
  GDir *dir = g_dir_open (folder, 0, NULL);
  if (!dir) {
    g_print ("1..0 # SKIP no golden results at %s\n", folder);
    return 0;
  }
  static const gchar *const formats[] = {NULL};
  GPtrArray *names = g_ptr_array_new ();
  for (const gchar *name; (name = g_dir_read_name (dir));)
    g_ptr_array_add (names, g_strdup (name));
  for (guint b = 0; tfc_backend_nth (b); b++) {
    for (guint f = 0; f < G_N_ELEMENTS (formats); f++) {
      for (guint i = 0; i < names->len; i++) {
        Case *c = g_new0 (Case, 1);
        c->backend = tfc_backend_nth (b)->name;
        c->format = formats[f];
        c->json = g_build_filename (folder, names->pdata[i], NULL);
        gchar *path = g_strdup_printf ("/face/%s/%s/%s", c->backend, c->format ? c->format : "RGB",
                                       (gchar *)names->pdata[i]);
        g_test_add_data_func (path, c, test_photo);
        g_free (path);
      }
    }
  }
  return g_test_run ();
}
