/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>

#define AXIS 0.6 /* lengths by the distance of the outer corners of the eyes */
#define GAZE 0.9
#define LINE 2.0 /* pixels, see TfcStyle */

static const gfloat nose[3] = {0, 0.33f, -0.58f}; /* its tip, in head coordinates */
static const struct {
  gfloat to[3];
  guint32 color;
} axes[] = {{{AXIS, 0, 0}, 0xffff0000}, {{0, AXIS, 0}, 0xff00c000}, {{0, 0, -AXIS}, 0xff2060ff}};

/* A point of the head in pixels of the picture, mirrored if so wanted. */
static void
place (const TfcLayout *layout, const TfcHead *head, const gfloat at[3], gdouble to[2])
{
  for (guint i = 0; i < 2; i++) {
    const gfloat *row = head->matrix[i];
    to[i] = ((gdouble)row[0] * at[0] + (gdouble)row[1] * at[1] + (gdouble)row[2] * at[2] + row[3]) *
            layout->width;
  }
  to[0] = layout->style.mirror ? layout->width - to[0] : to[0];
}

static gboolean
sane (const TfcHead *head)
{
  if (!head->known)
    return FALSE;
  for (guint i = 0; i < 12; i++) {
    if (!(fabsf (head->matrix[i / 4][i % 4]) < 16))
      return FALSE;
  }
  return !head->gaze_known || (fabsf (head->gaze[0]) <= 1.01f && fabsf (head->gaze[1]) <= 1.01f);
}

static void
lay_axes (TfcLayout *layout, const TfcHead *head)
{
  gdouble from[2], to[2];
  place (layout, head, nose, from);
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++) {
    gfloat end[3];
    for (guint k = 0; k < 3; k++)
      end[k] = nose[k] + axes[i].to[k];
    place (layout, head, end, to);
    tfc_lay_line (layout, axes[i].color, from, to, LINE * layout->scale);
  }
}

/* From the middle of each iris. */
static void
lay_gaze (TfcLayout *layout, const TfcHead *head, const TfcLayoutFace *face)
{
  const gdouble size = hypot (hypot (head->matrix[0][0], head->matrix[1][0]), head->matrix[2][0]);
  const gdouble reach = GAZE * size * layout->width;
  for (guint i = 0; i < 2; i++) {
    const gdouble *from = face->points[TFC_MESH_POINTS + 5 * i];
    const gdouble to[2] = {from[0] + (layout->style.mirror ? -1 : 1) * reach * head->gaze[0],
                           from[1] + reach * head->gaze[1]};
    tfc_lay_line (layout, layout->style.iris_color, from, to, LINE * layout->scale);
  }
}

void
tfc_lay_heads (TfcLayout *layout, const TfcAnnotations *annotations)
{
  for (guint i = 0; i < annotations->n_faces; i++) {
    const TfcHead *head = &annotations->faces[i]->head;
    const TfcLayoutFace *face = tfc_layout_face (layout, i);
    if (!sane (head))
      continue;
    if (layout->style.draw_axes)
      lay_axes (layout, head);
    if (layout->style.draw_gaze && head->gaze_known && face->n_points == TFC_FACE_POINTS)
      lay_gaze (layout, head, face);
  }
}
