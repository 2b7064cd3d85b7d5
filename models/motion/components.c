/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/motion/components.h"

#define REACH 2 /* cells: from one of a component to the next */
#define LEAST_CELLS 2

typedef struct {
  guint left, top, right, bottom; /* inclusive */
  guint cells;
  gboolean sure;
} Component;

struct TfcComponents {
  guint n;
  Component found[TFC_MAX_COMPONENTS];
  guint32 waiting[TFC_THUMBNAIL_CELLS]; /* cells whose neighbours were not looked at */
};

TfcComponents *
tfc_components_new (void)
{
  return g_new0 (TfcComponents, 1);
}

void
tfc_components_free (TfcComponents *components)
{
  g_free (components);
}

static void
add_cell (Component *c, guint x, guint y, guint8 cell)
{
  c->left = MIN (c->left, x);
  c->right = MAX (c->right, x);
  c->top = MIN (c->top, y);
  c->bottom = MAX (c->bottom, y);
  c->cells++;
  c->sure |= cell == TFC_CELL_SURE;
}

/* Takes the component of the cell at start out of the mask. */
static Component
follow (TfcComponents *w, guint8 *mask, guint width, guint height, guint32 start)
{
  Component c = {width, height, 0, 0, 0, FALSE};
  guint n = 0;

  add_cell (&c, start % width, start / width, mask[start]);
  mask[start] = TFC_CELL_STILL;
  w->waiting[n++] = start;
  while (n > 0) {
    const guint32 at = w->waiting[--n];
    const guint x = at % width, y = at / width;
    const guint left = x - MIN (x, REACH), right = MIN (x + REACH, width - 1),
                bottom = MIN (y + REACH, height - 1);
    for (guint v = y - MIN (y, REACH); v <= bottom; v++)
      for (guint u = left; u <= right; u++) {
        const guint32 next = v * width + u;
        if (mask[next] == TFC_CELL_STILL)
          continue;
        add_cell (&c, u, v, mask[next]);
        mask[next] = TFC_CELL_STILL;
        w->waiting[n++] = next;
      }
  }
  return c;
}

/* In place of the smallest where there is no room. */
static void
keep (TfcComponents *w, const Component *c)
{
  guint least = 0;

  if (w->n < TFC_MAX_COMPONENTS) {
    w->found[w->n++] = *c;
    return;
  }
  for (guint i = 1; i < w->n; i++)
    if (w->found[i].cells < w->found[least].cells)
      least = i;
  if (w->found[least].cells < c->cells)
    w->found[least] = *c;
}

guint
tfc_components_find (TfcComponents *w, guint8 *mask, guint width, guint height, TfcBox *boxes)
{
  w->n = 0;
  for (guint32 i = 0; i < width * height; i++) {
    if (mask[i] == TFC_CELL_STILL)
      continue;
    const Component c = follow (w, mask, width, height, i);
    if (c.sure && c.cells >= LEAST_CELLS)
      keep (w, &c);
  }
  for (guint i = 0; i < w->n; i++) {
    const Component *c = &w->found[i];
    boxes[i] = (TfcBox){(gfloat)c->left / width, (gfloat)c->top / height,
                        (gfloat)(c->right + 1 - c->left) / width,
                        (gfloat)(c->bottom + 1 - c->top) / height};
  }
  return w->n;
}
