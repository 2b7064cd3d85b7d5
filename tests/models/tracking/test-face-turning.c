/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Heads that turn and nod, and light that flickers, change what a face looks like as another face
 * before it would: the id stays. The heads are meshes of photos, turned in space and painted anew.
 */
#include "models/frame/sample.h"
#include "models/result/topology.h"
#include "tests/models/face/face-golden.h"
#include "tools/common/picture.h"
#include <string.h>

#define SIDE 512
#define STILL 20 /* frames at the beginning */
#define FRAMES 80

/* Where the face is on a photo: middle and height of its box. */
static const struct {
  const gchar *name;
  gdouble x, y, h;
} photos[] = {{"tfjs_portrait", 403, 223, 361},
              {"human_stock-emotions-a-2", 280, 270, 424},
              {"human_stock-teen-3", 195, 288, 304}};

/* Radians to each side and frames of a turn to and fro; factor on every second ten frames. */
static const struct {
  const gchar *name;
  gdouble yaw, pitch, period, light;
} motions[] = {{"shakes", 0.6, 0, 20, 1},
               {"shakes fast", 0.6, 0, 12, 1},
               {"nods", 0, 0.5, 20, 1},
               {"stands in light that flickers", 0, 0, 20, 0.5}};

static guint8 photo[SIDE * SIDE * 3], painted[SIDE * SIDE * 3];
static gdouble depth[SIDE * SIDE];

static gboolean
load (guint i)
{
  gchar *file = g_strdup_printf ("media/%s.png", photos[i].name), *path = golden_path (file);
  const gdouble k = photos[i].h * 1.6 / SIDE;
  const TfcMap map = {k, 0, photos[i].x - k * SIDE / 2, 0, k, photos[i].y - k * SIDE / 2};
  const TfcTarget target = {
      .width = SIDE, .height = SIDE, .type = TFC_SAMPLE_U8, .border = TFC_BORDER_CLAMP};
  TfcPicture picture = {0};
  GError *error = NULL;
  g_free (file);
  if (!path)
    return FALSE;
  tfc_picture_load (path, &picture, &error);
  g_assert_no_error (error);
  TfcSampler *sampler = tfc_sampler_new (&target);
  tfc_sampler_run (sampler, &picture.frame, &map, photo);
  tfc_sampler_free (sampler);
  tfc_picture_clear (&picture);
  g_free (path);
  return TRUE;
}

/* About a point behind the face, as a neck turns it. */
static void
turn (const TfcPoint *from, TfcPoint *to, gdouble yaw, gdouble pitch)
{
  gdouble cx = 0, cy = 0, axis = 0;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    cx += from[i].x / TFC_MESH_POINTS;
    cy += from[i].y / TFC_MESH_POINTS;
  }
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    axis = fmax (axis, fabs (from[i].x - cx));
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    const gdouble x = from[i].x - cx, y = from[i].y - cy, z = from[i].z - axis;
    const gdouble turned = cos (yaw) * z - sin (yaw) * x;
    to[i] = (TfcPoint){(gfloat)(cos (yaw) * x + sin (yaw) * z + cx),
                       (gfloat)(cos (pitch) * y - sin (pitch) * turned + cy),
                       (gfloat)(sin (pitch) * y + cos (pitch) * turned)};
  }
}

/* The pixels of the triangle p, with the colours that the photo has in q. */
static void
paint_triangle (const TfcPoint *p[3], const TfcPoint *q[3])
{
  const gdouble ux = p[1]->x - p[0]->x, uy = p[1]->y - p[0]->y, vx = p[2]->x - p[0]->x,
                vy = p[2]->y - p[0]->y, area = ux * vy - vx * uy;
  const gint x0 = (gint)MIN (p[0]->x, MIN (p[1]->x, p[2]->x)),
             x1 = (gint)MAX (p[0]->x, MAX (p[1]->x, p[2]->x)) + 1;
  const gint y0 = (gint)MIN (p[0]->y, MIN (p[1]->y, p[2]->y)),
             y1 = (gint)MAX (p[0]->y, MAX (p[1]->y, p[2]->y)) + 1;
  for (gint y = MAX (y0, 0); y <= MIN (y1, SIDE - 1) && area != 0; y++)
    for (gint x = MAX (x0, 0); x <= MIN (x1, SIDE - 1); x++) {
      const gdouble dx = x - p[0]->x, dy = y - p[0]->y;
      const gdouble u = (dx * vy - vx * dy) / area, v = (ux * dy - dx * uy) / area;
      const gdouble z = p[0]->z + u * (p[1]->z - p[0]->z) + v * (p[2]->z - p[0]->z);
      if (u < -0.01 || v < -0.01 || u + v > 1.01 || z >= depth[y * SIDE + x])
        continue;
      const gdouble sx = q[0]->x + u * (q[1]->x - q[0]->x) + v * (q[2]->x - q[0]->x),
                    sy = q[0]->y + u * (q[1]->y - q[0]->y) + v * (q[2]->y - q[0]->y);
      depth[y * SIDE + x] = z;
      memcpy (painted + 3 * (y * SIDE + x),
              photo + 3 * ((gint)CLAMP (sy, 0, SIDE - 1) * SIDE + (gint)CLAMP (sx, 0, SIDE - 1)),
              3);
    }
}

static void
paint (const TfcPoint *mesh, gdouble yaw, gdouble pitch, gdouble light)
{
  TfcPoint turned[TFC_MESH_POINTS];
  turn (mesh, turned, yaw, pitch);
  memcpy (painted, photo, sizeof painted);
  for (guint i = 0; i < SIDE * SIDE; i++)
    depth[i] = INFINITY;
  for (guint i = 0; i < TFC_TOPOLOGY_TRIANGLES; i++) {
    const guint16 *t = tfc_topology_triangles[i];
    paint_triangle ((const TfcPoint *[]){&turned[t[0]], &turned[t[1]], &turned[t[2]]},
                    (const TfcPoint *[]){&mesh[t[0]], &mesh[t[1]], &mesh[t[2]]});
  }
  for (guint i = 0; i < sizeof painted; i++)
    painted[i] = (guint8)(painted[i] * light);
}

static void
look (TfcFacePipeline *chain, guint frame, guint max, TfcFace *faces)
{
  const TfcFrame view = tfc_frame_rgb (painted, SIDE, SIDE);
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  GError *error = NULL;
  options.max_faces = max;
  options.predict_irises = FALSE;
  const gint n = tfc_face_run (chain, &view, frame * 33333333, &options, faces, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, >=, 1);
}

static void
play (TfcFacePipeline *chain, const TfcPoint *mesh, guint motion, guint max)
{
  TfcFace faces[TFC_MAX_FACES];
  guint64 id = 0;
  tfc_face_reset (chain);
  for (guint i = 0; i < FRAMES; i++) {
    const guint t = MAX (i, STILL) - STILL;
    const gdouble swing = sin (t * 2 * G_PI / motions[motion].period);
    paint (mesh, motions[motion].yaw * swing, motions[motion].pitch * swing,
           t / 10 % 2 ? motions[motion].light : 1);
    look (chain, i, max, faces);
    g_assert_true (i == 0 || faces[0].track_id == id);
    id = faces[0].track_id;
  }
}

static void
test_turning (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);
  TfcFace faces[TFC_MAX_FACES];
  TfcPoint mesh[TFC_MESH_POINTS];
  if (!load (index))
    return;
  TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  memcpy (painted, photo, sizeof painted);
  for (guint i = 0; i < 5; i++)
    look (chain, i, 1, faces);
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    mesh[i] = (TfcPoint){faces[0].points[i].x * SIDE, faces[0].points[i].y * SIDE,
                         faces[0].points[i].z * SIDE};
  for (guint i = 0; i < G_N_ELEMENTS (motions); i++) {
    g_test_message ("%s %s", photos[index].name, motions[i].name);
    play (chain, mesh, i, 1 + i % 2);
  }
  tfc_face_close (chain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (photos); i++) {
    gchar *name = g_strdup_printf ("/face-turning/%s", photos[i].name);
    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_turning);
    g_free (name);
  }
  return g_test_run ();
}
