/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/overlay/memory.h"

#include <math.h>
#include <string.h>

Memory *
memory_new (void)
{
  Memory *m = g_new0 (Memory, 1);
  tfc_privacy_regions_reset (&m->regions);
  return m;
}

void
show_for (Memory *m, gint n, guint64 elapsed, guint64 hold, guint64 age)
{
  const TfcAnnotations scene = {.n_detections = (guint)MAX (n, 0), .detections = m->seen};
  const TfcPrivacyTimes times = {elapsed, hold, age};
  tfc_privacy_regions_update (&m->regions, n < 0 ? NULL : &scene, TRUE, &times);
}

void
show (Memory *m, gint n)
{
  show_for (m, n, FRAME, HOLD, 0);
}

gboolean
contains (const TfcBox *a, const TfcBox *b)
{
  return a->x <= b->x && a->y <= b->y && a->x + a->w >= b->x + b->w && a->y + a->h >= b->y + b->h;
}

gboolean
hides (const Memory *m, TfcBox box)
{
  for (guint i = 0; i < m->regions.n_redactions; i++)
    if (contains (&m->regions.redactions[i].box, &box))
      return TRUE;
  return FALSE;
}
