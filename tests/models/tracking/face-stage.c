/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/tracking/face-stage.h"

#include "models/frame/sample.h"
#include "tests/models/golden.h"
#include "tools/common/picture.h"

#include <math.h>
#include <string.h>

#define WIDTH STAGE_WIDTH
#define HEIGHT STAGE_HEIGHT

/* Where the face is on a photo: middle and edges of its box. */
static const struct {
  const gchar *name;
  gdouble x, y, w, h;
} photos[STAGE_PHOTOS] = {
    {"tfjs_portrait", 403, 223, 302, 361},
    {"coral_grace_hopper", 290, 228, 280, 310},
    {"human_stock-emotions-a-1", 239, 247, 372, 420},
    {"human_stock-emotions-a-2", 280, 270, 322, 424},
    {"human_stock-emotions-a-6", 224, 214, 323, 377},
    {"human_stock-teen-3", 195, 288, 213, 304},
    {"human_stock-teen-6", 238, 335, 336, 383},
};
static TfcPicture pictures[STAGE_PHOTOS];

gboolean
stage_open (void)
{
  for (guint i = 0; i < STAGE_PHOTOS; i++) {
    gchar *file = g_strdup_printf ("media/%s.png", photos[i].name), *path = golden_path (file);
    GError *error = NULL;
    g_free (file);
    if (!path)
      return FALSE;
    if (!pictures[i].pixels)
      tfc_picture_load (path, &pictures[i], &error);
    g_assert_no_error (error);
    g_free (path);
  }
  return TRUE;
}

void
stage_close (void)
{
  for (guint i = 0; i < STAGE_PHOTOS; i++)
    tfc_picture_clear (&pictures[i]);
}

/* The face in its size, and an oval with a soft edge. */
static void
dress (StageActor *a)
{
  const gdouble k = photos[a->photo].h / a->height;
  a->w = (guint)(photos[a->photo].w / k), a->h = (guint)a->height;
  const TfcMap map = {k, 0, photos[a->photo].x - k * a->w / 2,
                      0, k, photos[a->photo].y - k * a->h / 2};
  const TfcTarget target = {
      .width = a->w, .height = a->h, .type = TFC_SAMPLE_U8, .border = TFC_BORDER_CLAMP};
  TfcSampler *sampler = tfc_sampler_new (&target);
  a->pixels = g_realloc (a->pixels, (gsize)a->w * a->h * 3);
  a->cover = g_realloc (a->cover, (gsize)a->w * a->h);
  tfc_sampler_run (sampler, &pictures[a->photo].frame, &map, a->pixels);
  tfc_sampler_free (sampler);
  for (guint y = 0; y < a->h; y++)
    for (guint x = 0; x < a->w; x++) {
      const gdouble far = hypot ((x + 0.5) / a->w * 2 - 1, (y + 0.5) / a->h * 2 - 1);
      a->cover[y * a->w + x] = (guint8)(255 * CLAMP ((0.97 - far) * a->h / 8, 0.0, 1.0));
    }
}

static void
lay (const StageActor *a, guint8 *canvas)
{
  const gint left = (gint)lrint (a->at[0] - a->w / 2.0), top = (gint)lrint (a->at[1] - a->h / 2.0);
  for (gint y = MAX (top, 0); y < MIN (top + (gint)a->h, HEIGHT); y++)
    for (gint x = MAX (left, 0); x < MIN (left + (gint)a->w, WIDTH); x++) {
      const gsize from = (gsize)(y - top) * a->w + (x - left);
      guint8 *to = canvas + 3 * ((gsize)y * WIDTH + x);
      for (guint c = 0; c < 3; c++)
        to[c] =
            (guint8)((to[c] * (255 - a->cover[from]) + a->pixels[3 * from + c] * a->cover[from]) /
                     255);
    }
}

static gdouble
progress (const StageActor *a, gdouble t)
{
  switch (a->motion) {
    case STAGE_BACK:
      return t < 0.5 ? 1.2 * t : 1.2 * (1 - t);
    case STAGE_STOP:
      return t < 0.35 ? t / 0.7 : t < 0.65 ? 0.5 : (t - 0.3) / 0.7;
    case STAGE_STAND:
      return 0.5;
    case STAGE_TURN:
      return t < a->turn ? t : a->turn - a->pace * (t - a->turn);
    case STAGE_PAUSE:
      return t < a->turn ? t : MAX (a->turn, t - 0.3);
    default:
      return t;
  }
}

/* Everybody goes to where they are at time t (0..1). */
static void
move (Stage *s, gdouble t)
{
  for (guint i = 0; i < s->n; i++) {
    StageActor *a = &s->actor[i];
    const gdouble way = progress (a, t);
    for (guint k = 0; k < 2; k++)
      a->at[k] = a->from[k] + way * (a->to[k] - a->from[k]);
    a->height = a->size * (1 + t * a->growth);
    if (!a->pixels || a->growth != 0)
      dress (a);
  }
  for (guint i = 0; i < s->n; i++) {
    StageActor *a = &s->actor[i];
    a->hidden = FALSE;
    a->alone = TRUE;
    for (guint k = 0; k < s->n; k++) {
      const StageActor *b = &s->actor[k];
      const gboolean meet = k != i && fabs (a->at[0] - b->at[0]) < 0.45 * (a->w + b->w) &&
                            fabs (a->at[1] - b->at[1]) < 0.45 * (a->h + b->h);
      a->hidden |= meet && k > i;
      a->alone &= !meet;
    }
    a->was_hidden |= a->hidden;
  }
}

void
stage_show (Stage *s, guint frame)
{
  move (s, MAX ((gdouble)frame - STAGE_STILL, 0) / (s->frames - 1 - STAGE_STILL));
  memset (s->canvas, 125, sizeof s->canvas);
  for (guint i = 0; i < s->n; i++)
    lay (&s->actor[i], s->canvas);
}

static gdouble
middle (const TfcFace *face, guint axis)
{
  const TfcBox *b = &face->box;
  return axis ? (b->y + b->h / 2) * HEIGHT : (b->x + b->w / 2) * WIDTH;
}

/* The reported face that lies where a's is, NULL if none does. */
static const TfcFace *
find (const StageActor *a, const TfcFace *faces, gint n, gdouble reach)
{
  const TfcFace *found = NULL;
  gdouble best = reach * a->height;
  for (gint i = 0; i < n; i++) {
    const gdouble far = hypot (middle (&faces[i], 0) - a->at[0] - a->off[0],
                               middle (&faces[i], 1) - a->at[1] - a->off[1]);
    if (far < best) {
      best = far;
      found = &faces[i];
    }
  }
  return found;
}

static gboolean
is_anothers (const Stage *s, guint i, guint64 id)
{
  for (guint k = 0; k < s->n; k++)
    if (k != i && s->actor[k].id == id)
      return TRUE;
  return FALSE;
}

/* Whether a has the id that it should have: the one it had while it was never hidden, later none of
 * another's. */
static gboolean
right (const Stage *s, guint i, guint64 id)
{
  const StageActor *a = &s->actor[i];
  if (a->id && !a->was_hidden)
    return id == a->id;
  return !is_anothers (s, i, id);
}

guint
stage_check (Stage *s, const TfcFace *faces, gint n)
{
  guint wrong = 0;
  for (guint i = 0; i < s->n; i++) {
    StageActor *a = &s->actor[i];
    const TfcFace *face = find (a, faces, n, a->id ? 0.15 : 0.25);
    if (!face || a->hidden)
      continue;
    a->last = face->track_id;
    a->seen++;
    if (!a->id && !a->was_hidden && a->alone && !is_anothers (s, i, face->track_id)) {
      a->id = face->track_id;
      a->off[0] = middle (face, 0) - a->at[0], a->off[1] = middle (face, 1) - a->at[1];
    }
    wrong += !right (s, i, face->track_id);
  }
  return wrong;
}

gboolean
stage_all_known (const Stage *s)
{
  for (guint i = 0; i < s->n; i++)
    if (!s->actor[i].id && !s->actor[i].late)
      return FALSE;
  return TRUE;
}

void
stage_clear (Stage *s)
{
  for (guint i = 0; i < s->n; i++) {
    g_clear_pointer (&s->actor[i].pixels, g_free);
    g_clear_pointer (&s->actor[i].cover, g_free);
  }
}
