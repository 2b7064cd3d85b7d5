/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfc-see from the inside: what a task is, and what tasks share. A task is one file, task_NAME.c,
 * and a row in the table of tfc-see.c. */
#include "inference/model.h"
#include "models/registry/registry.h"
#include "overlay/overlay.h"

#include <cJSON.h>

/* What all tasks share of the command line, spelled as the elements' properties. */
typedef struct {
  gchar *model, *model_file, *label_file, *model_path;
  guint n_pictures;
  gint max;                               /* 0: as the task has it */
  gdouble score_threshold, iou_threshold; /* -1: as the task has it */
} TfcSeeOptions;

/* Looks for something on pictures, one after the other. */
typedef struct {
  const gchar *name;           /* "objects", as --task has it */
  const GOptionEntry *entries; /* options of its own, NULL-terminated; NULL: none */
  /* NULL, or what is wrong with the command line, a static text. NULL: nothing can be. */
  const gchar *(*check) (const TfcSeeOptions *options);
  /* Opens the networks; name becomes the model's as the JSON has it. NULL with error set. */
  gpointer (*open) (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
                    GError **error);
  /* Each picture is seen afresh. FALSE with error set. */
  gboolean (*run) (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame,
                   GError **error);
  /* What the last run gave: as members of to, in pixels of frame; and to draw, valid until the next
   * run. */
  void (*json) (gpointer task, const TfcFrame *frame, cJSON *to);
  void (*annotate) (gpointer task, TfcAnnotations *annotations);
  void (*close) (gpointer task);
} TfcSeeTask;

extern const TfcSeeTask tfc_see_objects, tfc_see_faces, tfc_see_hands, tfc_see_poses,
    tfc_see_segments, tfc_see_classes;

/* Index of name in names, which NULL ends; 0 for NULL, -1 if it is not there. */
gint tfc_see_index (const gchar *const *names, const gchar *name);
/* "dir/seen.png", or for one of several pictures "dir/seen-2.png". number: from 1. g_free. */
gchar *tfc_see_numbered (const gchar *path, guint number, guint n_pictures);
/* The file of a model of the registry, for tfc_model_files_clear. FALSE with error set. */
gboolean tfc_see_find (const TfcSeeOptions *options, const gchar *name, TfcModelFiles *found,
                       GError **error);

/* Who saw it. */
typedef struct {
  const gchar *picture, *model, *backend;
  guint threads;
  gint64 ns; /* sampling, networks and decoding */
} TfcSeeHead;

/* An object that says so. It is UTF-8 whatever names are: other bytes become U+FFFD, and a
 * picture's name of that kind comes a second time as "picture_uri", a file:// URI that has them
 * all. */
cJSON *tfc_see_json (const TfcSeeHead *head, const TfcFrame *frame);
/* "box": [x, y, w, h] in pixels. */
void tfc_see_json_box (cJSON *to, const TfcBox *box, const TfcFrame *frame);
/* age in seconds, and seen: as tfcpublish writes them. */
void tfc_see_json_track (cJSON *to, const TfcTrackState *track);
/* name: [value * scale, ...]. */
void tfc_see_json_floats (cJSON *to, const gchar *name, const gfloat *values, guint n,
                          gdouble scale);

/* name: an array of n bodies or hands, points in pixels, z in pixels too. */
void tfc_see_json_poses (cJSON *to, const gchar *name, const TfcPose *poses, guint n,
                         const TfcFrame *frame);

/* Writes the packed RGB frame with the annotations drawn on it, as the overlay draws them by
 * default, to a PNG file. FALSE with error set. */
gboolean tfc_see_draw (const TfcFrame *rgb, const TfcAnnotations *annotations, const gchar *path,
                       GError **error);

/* --dump: writes the tensors of each network that runs to a folder. The first error counts. */
typedef struct TfcSeeDump TfcSeeDump;
TfcSeeDump *tfc_see_dump_new (const gchar *folder,
                              GError **error); /* makes the folder; NULL with error set */
/* FALSE with error set if a file could not be written. NULL is allowed. */
gboolean tfc_see_dump_free (TfcSeeDump *dump, GError **error);
/* For TfcModelOptions.watch: NETWORK.input.npy, of several inputs NETWORK.input-NAME.npy, and
 * NETWORK.output-NAME.npy; of the second run NETWORK-2 and so on. NETWORK is the file's name
 * without its end, or of a model.json its folder's; a name has only letters, digits, '.', '-' and
 * '_'. */
TfcRunFunc tfc_see_dump_run;
