/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A stage for tests: faces cut out of photos move before a grey wall, pass before and behind each
 * other, and are held against what the pipeline reports. Every scene follows from its seed. */
#include "models/face/face_pipeline.h"

#define STAGE_WIDTH 640
#define STAGE_HEIGHT 400
#define STAGE_ACTORS 4
#define STAGE_STILL 13 /* frames at the beginning, so that everybody is found */
#define STAGE_PHOTOS 7

/* Of the way from its start to its end: there; to 0.6 and back from half time on; there with a
 * pause in the middle; always in the middle; back from the time turn on; there with a pause from
 * turn on. */
typedef enum {
  STAGE_STRAIGHT,
  STAGE_BACK,
  STAGE_STOP,
  STAGE_STAND,
  STAGE_TURN,
  STAGE_PAUSE
} StageMotion;

/* A face that moves; later ones stand before earlier ones. */
typedef struct {
  guint photo;
  StageMotion motion;
  gdouble size, from[2], to[2]; /* pixels: height of the box, its middle */
  gdouble turn;                 /* 0..1: when a TURN turns and a PAUSE begins */
  gdouble pace;                 /* of the way back after a turn, to that of the way there */
  gdouble growth;               /* of the size until the end; 0: none */
  gboolean late;                /* not in view at the beginning; nobody follows it then */
  /* The rest is kept by the stage. */
  gdouble at[2], height; /* now */
  guint8 *pixels, *cover;
  guint w, h;
  gdouble off[2];   /* where its face is seen, from at */
  guint64 id, last; /* the first, and that on the last frame on which it was to see */
  guint seen;       /* frames */
  gboolean hidden;  /* now, by somebody before it */
  gboolean alone;   /* now: neither hidden nor hiding */
  gboolean was_hidden;
} StageActor;

typedef struct {
  guint n, frames;
  StageActor actor[STAGE_ACTORS];
  guint8 canvas[STAGE_WIDTH * STAGE_HEIGHT * 3]; /* R G B */
} Stage;

/* FALSE, and the test skipped, where photos are missing. */
gboolean stage_open (void);
void stage_close (void);

/* Moves everybody to where they are on a frame, and paints it. */
void stage_show (Stage *stage, guint frame);
/* Holds what was reported on this frame against the truth: returns how many of those that are to
 * see have a wrong id, which is another one than before for who was never hidden, another's for
 * others. */
guint stage_check (Stage *stage, const TfcFace *faces, gint n);
/* Whether each has been seen; ones that come late are not asked for. */
gboolean stage_all_known (const Stage *stage);
void stage_clear (Stage *stage);
