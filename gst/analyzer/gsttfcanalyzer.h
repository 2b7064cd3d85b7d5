/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Abstract base of the analysers: pixels are only read, results go on the buffer. It has the common
 * properties, loads models and changes them while playing, decides which frames are analysed, keeps
 * results between them, attaches, counts and posts. A subclass says what a model is opened from, opens
 * it and runs it on a frame. Built on GstBaseTransform, never on GstVideoFilter (which would copy the
 * picture after a tee and drop late frames).
 *
 * Threads: "lock" is the object lock. The thread that analyses is the streaming thread, or with
 * mode=latest one of the base's; the model in use belongs to it. gsttfcmodelloader.h tells how
 * another model takes its place. */
#include <gst/base/gstbasetransform.h>
#include "gst/analyzer/gsttfcstats.h"
#include "gst/lib/tfc.h"
#include "gst/modelcache/gsttfcmodelcache.h"
#include "gst/lib/gsttfcenums.h"
#include "gst/util/gsttfcproperties.h"
#include "models/frame/frame.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_ANALYZER (gst_tfc_analyzer_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstTfcAnalyzer, gst_tfc_analyzer, GST, TFC_ANALYZER, GstBaseTransform)

struct _GstTfcAnalyzerClass {
  GstBaseTransformClass parent_class;

  const gchar *message; /* name of the messages' structure: "tfcdetect" */
  guint stages;         /* those that process times: a bit 1 << GstTfcStage each */
  guint max_areas; /* parts of the frame that roi may name: 0, as 1: process is given the part, as a frame */

  /* Lock held: what the properties ask for. The base copies all settings; a subclass chains up and
   * adds the name. (transfer full) */
  GstTfcConfig *(*dup_config) (GstTfcAnalyzer *analyzer);
  /* Lock held: sets the properties back to config, from which the running model was opened, because
   * another could not be, and adds those that change to reverts. The base does so for all that
   * RELOAD. */
  void (*set_config) (GstTfcAnalyzer *analyzer, const GstTfcConfig *config, GstTfcReverts *reverts);
  /* Any thread, no lock, without the element: opens the network that model's config asks for, or
   * takes the one that is open (gst_tfc_model_enter), and fills in what GstTfcModel says. Unless the
   * config is the first, it runs a new network once, because the first run does some things for good
   * and the stream shall not stumble at the change. FALSE with error set (TFC_ERROR). */
  gboolean (*open_model) (GstTfcModel *model, GError **error);
  /* The thread that analyses, no lock: (transfer full) results of frame, NULL with error set. Fills in
   * timings of the class's stages. Allocates nothing in the steady state. */
  GstTfcResults *(*process) (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame,
                             GstClockTime pts, GstTfcTimings *timings, GError **error);
  /* The thread that analyses, no lock, before each process: FALSE: there is nothing new on frame, the last
   * results hold. What it says does not count where there are none. May be NULL. */
  gboolean (*glance) (GstTfcAnalyzer *analyzer, GstTfcModel *model, const TfcFrame *frame,
                      GstClockTime pts);
  /* No process meanwhile; the streaming thread, while nothing streams, or the thread that analyses: forgets what was
   * learnt from earlier frames. May be NULL. */
  void (*reset) (GstTfcAnalyzer *analyzer);

  /*< private >*/
  const GstTfcPropertyTable *properties; /* gst_tfc_analyzer_class_install's */
};

/* In the subclass's class_init: its properties. A model is opened from the rows that RELOAD. The base
 * fills and clears the settings. */
void gst_tfc_analyzer_class_install (GstTfcAnalyzerClass *klass, const GstTfcPropertyTable *table);
/* After that: `classes` and `exclude-classes` as well, for models with labels. They are checked against
 * the labels of each model and set back where one lacks a class. */
void gst_tfc_analyzer_class_install_filter (GstTfcAnalyzerClass *klass);

/* Lock held: a property that models are opened from has changed. While stopped, the next start sees
 * it; while running, another model is loaded. reload of the subclass's table. */
void gst_tfc_analyzer_reload (GObject *analyzer);
/* Lock held: the newest model, loaded or in use; NULL if there is none, or a newer one is being
 * loaded. */
GstTfcModel *gst_tfc_analyzer_newest_model (GstTfcAnalyzer *analyzer);
/* In process: which classes are asked for, a byte by class id of model's labels, 0: not. NULL: all. */
const guint8 *gst_tfc_analyzer_classes (GstTfcAnalyzer *analyzer);

/* In process: (transfer full) results of another kind, of the same frame, that go on buffers beside those that process
 * returns, as they do. They stay where they are on held frames, and no messages tell of them. */
void gst_tfc_analyzer_add_results (GstTfcAnalyzer *analyzer, GstTfcResults *results);

G_END_DECLS
