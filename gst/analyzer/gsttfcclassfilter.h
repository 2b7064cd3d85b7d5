/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which classes an analyser reports: the properties `classes` and `exclude-classes`, names and ids as
 * people write them. They are settings: a model knows nothing of them, but its labels say what they
 * mean. So they are checked against the labels of each model that is loaded and of the newest one when
 * they change, and compiled for the model in use before the next frame.
 *
 * All with the object lock held, except where said otherwise. */
#include "gst/util/gsttfcproperties.h"
#include "models/result/labels.h"

/* Comma-separated names or ids; GRefStrings. NULL or "": all, and none excluded. */
typedef struct {
  gchar *classes, *exclude;
} GstTfcClassNames;

/* Zeroed at first. */
typedef struct {
  GstTfcClassNames requested; /* as set */
  GstTfcClassNames accepted;  /* the last ones known to fit, while requested may still be checked */
  GBytes *compiled;           /* a byte by class id of the model in use, 0: not reported; NULL: all are */
  gboolean stale;             /* compiled is not of these names, or not of the model in use */
  GBytes *now;                /* the thread that analyses: compiled, of this frame */
} GstTfcClassFilter;

/* What there is of labels: of the model in use, and of one that waits for its frame; NULL where there
 * is no such model or it has none. */
typedef struct {
  TfcLabels *used, *next;
  gboolean loading; /* a newer model is on its way: its labels decide, once it is there */
} GstTfcClassLabels;

void gst_tfc_class_filter_clear (GstTfcClassFilter *filter);

/* requested has changed. FALSE with error set: a class is not there, and requested was set back. */
gboolean gst_tfc_class_filter_check (GstTfcClassFilter *filter, const GstTfcClassLabels *labels,
                                     GError **error);
/* A model with these labels was loaded. newest: no newer one is on its way, so names that do not fit
 * are set back. FALSE with error set if not even those that held until now fit. */
gboolean gst_tfc_class_filter_adopt (GstTfcClassFilter *filter, TfcLabels *labels, gboolean newest,
                                     GstTfcReverts *reverts, GError **error);
/* For the next frame, with the labels of the model in use. other: it is not the one of the last frame.
 * Costs nothing where nothing has changed. */
void gst_tfc_class_filter_use (GstTfcClassFilter *filter, TfcLabels *labels, gboolean other);
