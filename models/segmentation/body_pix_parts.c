/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/body_pix_private.h"

#include <math.h>
#include <string.h>

#define PARTS TFC_BODY_PIX_PARTS

const gchar *const tfc_body_pix_part_names[PARTS] = {
    "left_face",
    "right_face",
    "left_upper_arm_front",
    "left_upper_arm_back",
    "right_upper_arm_front",
    "right_upper_arm_back",
    "left_lower_arm_front",
    "left_lower_arm_back",
    "right_lower_arm_front",
    "right_lower_arm_back",
    "left_hand",
    "right_hand",
    "torso_front",
    "torso_back",
    "left_upper_leg_front",
    "left_upper_leg_back",
    "right_upper_leg_front",
    "right_upper_leg_back",
    "left_lower_leg_front",
    "left_lower_leg_back",
    "right_lower_leg_front",
    "right_lower_leg_back",
    "left_feet",
    "right_feet",
};

/* Row y of the grid: all parts of each pixel, enlarged as the segments are. activate: after the
 * sigmoid. */
static const gfloat *
part_row (TfcBodyPix *b, guint y, gboolean activate)
{
  gfloat *row = b->part_row[y & 1], *out = row;

  if (b->part_row_y[y & 1] == (gint)y)
    return row;
  b->part_row_y[y & 1] = (gint)y;
  const gsize line = (gsize)b->columns * PARTS;
  const gfloat *upper = b->maps[PART_HEATMAPS] + y / b->stride * line;
  const gfloat *lower = y / b->stride + 1 < b->rows ? upper + line : upper;
  const gfloat share = 1.0f / b->stride, down = (y % b->stride) * share;
  for (guint x = 0; x < b->grid.width; x++, out += PARTS) {
    const gsize left = x / b->stride * PARTS;
    const gsize right = x / b->stride + 1 < b->columns ? left + PARTS : left;
    const gfloat across = (x % b->stride) * share;
    for (guint i = 0; i < PARTS; i++) {
      const gfloat top = upper[left + i] + (upper[right + i] - upper[left + i]) * across;
      const gfloat bottom = lower[left + i] + (lower[right + i] - lower[left + i]) * across;
      out[i] = top + (bottom - top) * down;
    }
    for (guint i = 0; activate && i < PARTS; i++)
      out[i] = 1 / (1 + expf (-out[i]));
  }
  return row;
}

/* The greatest part at a place between two pixels of two rows; the first of equal ones. */
static guint
best_part (const gfloat *upper, const gfloat *lower, const TfcMaskPlace *x, const TfcMaskPlace *y)
{
  const gsize left = (gsize)x->index * PARTS, right = (gsize)x->next * PARTS;
  gfloat best = -INFINITY;
  guint part = 0;

  for (guint i = 0; i < PARTS; i++) {
    const gfloat top = upper[left + i] + (upper[right + i] - upper[left + i]) * x->part;
    const gfloat bottom = lower[left + i] + (lower[right + i] - lower[left + i]) * x->part;
    const gfloat value = top + (bottom - top) * y->part;
    if (value > best) {
      best = value;
      part = i;
    }
  }
  return part;
}

void
tfc_body_pix_parts (TfcBodyPix *b, const TfcMaskGrid *to, guint8 *mask)
{
  /* On the grid itself nothing is interpolated after the sigmoid, which keeps the order. */
  const gboolean activate = to != &b->grid;

  b->part_row_y[0] = b->part_row_y[1] = -1;
  for (guint y = 0; y < to->height; y++, mask += to->width) {
    const guint8 *somebody = memchr (mask, 0xff, to->width);
    if (!somebody)
      continue;
    const TfcMaskPlace v = tfc_mask_place_y (&b->grid, to, y);
    const gfloat *upper = part_row (b, v.index, activate), *lower = part_row (b, v.next, activate);
    for (guint x = (guint)(somebody - mask); x < to->width; x++) {
      const TfcMaskPlace h = tfc_mask_place_x (&b->grid, to, x);
      if (mask[x])
        mask[x] = (guint8)(1 + best_part (upper, lower, &h, &v));
    }
  }
}
