/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "anchors.h"
#include <math.h>

#define N_MAPS 6

typedef struct {
  gdouble scale, aspect;
} Shape;

static const guint map_cells[N_MAPS] = {19, 10, 5, 3, 2, 1};

/* The lowest map has three anchors a cell, of which the square one is smaller than the rule says.
 */
static const Shape lowest[] = {{0.1, 1}, {0.2, 2}, {0.2, 0.5}};

static gdouble
map_scale (guint map)
{
  return map < N_MAPS ? 0.2 + (0.95 - 0.2) * map / (N_MAPS - 1) : 1;
}

static guint
map_shapes (guint map, Shape shapes[6])
{
  static const gdouble aspects[] = {1, 2, 0.5, 3, 0.3333};
  gdouble scale = map_scale (map);

  if (map == 0) {
    for (guint i = 0; i < G_N_ELEMENTS (lowest); i++)
      shapes[i] = lowest[i];
    return G_N_ELEMENTS (lowest);
  }
  for (guint i = 0; i < G_N_ELEMENTS (aspects); i++)
    shapes[i] = (Shape){scale, aspects[i]};
  shapes[G_N_ELEMENTS (aspects)] = (Shape){sqrt (scale * map_scale (map + 1)), 1};
  return G_N_ELEMENTS (aspects) + 1;
}

void
tfc_anchors_ssd (TfcAnchor *anchors)
{
  for (guint map = 0; map < N_MAPS; map++) {
    Shape shapes[6];
    guint n_shapes = map_shapes (map, shapes), cells = map_cells[map];

    for (guint cell = 0; cell < cells * cells; cell++)
      for (guint i = 0; i < n_shapes; i++) {
        gdouble root = sqrt (shapes[i].aspect);
        *anchors++ = (TfcAnchor){
            .cy = (gfloat)((cell / cells + 0.5) / cells),
            .cx = (gfloat)((cell % cells + 0.5) / cells),
            .h = (gfloat)(shapes[i].scale / root),
            .w = (gfloat)(shapes[i].scale * root),
        };
      }
  }
}
