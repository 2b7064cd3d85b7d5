/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Abstract base of the analysers: pixels are only read, results go on the buffer. It has the common
 * properties, opens the engine, changes it while playing, takes a settings snapshot per buffer,
 * decides which frames are analysed, keeps results between, attaches, counts and posts. A subclass
 * says how an engine is opened and run. Built on GstBaseTransform, never on GstVideoFilter (which
 * would copy the picture after a tee and drop late frames).
 *
 * Threads: "lock" is the object lock. The engine in use belongs to the streaming thread;
 * gsttfcmodelloader.h tells how another takes its place. */
#include <gst/base/gstbasetransform.h>
#include "models/frame/frame.h"
#include "gst/analyzer/gsttfcexport.h"
#include "gst/modelcache/gsttfcmodel.h"
#include "gst/lib/gsttfcenums.h"
#include "gst/analyzer/gsttfcstats.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_ANALYZER (gst_tfc_analyzer_get_type ())
G_DECLARE_DERIVABLE_TYPE (GstTfcAnalyzer, gst_tfc_analyzer, GST, TFC_ANALYZER, GstBaseTransform)

struct _GstTfcAnalyzerClass {
  GstBaseTransformClass parent_class;

  const gchar *message;        /* name of the messages' structure: "tfcdetect" */
  const gchar *const *stages;  /* names of the times that run fills; the last one, "total", is the
                                  base's. NULL-terminated, at most GST_TFC_STATS_STAGES */
  GstTfcModelVTable engine;

  /* Lock held: the subclass's part of a request, from the properties as they stand (copied). */
  gpointer (*choose) (GstTfcAnalyzer *analyzer);
  /* Lock held: sets the properties back to choice, because another could not be opened, and notes
   * those that change. What adopt checks is left alone. */
  void (*restore) (GstTfcAnalyzer *analyzer, gpointer choice, GstTfcReverts *reverts);
  /* Lock held: GstTfcModelLoaderVTable's adopt, for impl. NULL: nothing depends on the engine. */
  gboolean (*adopt) (GstTfcAnalyzer *analyzer, gpointer impl, gboolean newest,
                     GstTfcReverts *reverts, GError **error);
  /* Lock held, before run on its thread: copies what run will read. */
  void (*snapshot) (GstTfcAnalyzer *analyzer, gpointer impl);
  /* The thread that analyses (the streaming thread, or with mode=latest one of the base's), no
   * lock: (transfer full) results of frame, NULL with error set. times: ns of each stage, negative
   * for one that this frame did without. Allocates nothing in the steady state. */
  GstTfcResults *(*run) (GstTfcAnalyzer *analyzer, gpointer impl, const TfcFrame *frame,
                         GstClockTime pts, gint64 *times, GError **error);
  /* Streaming thread, or while nothing streams, and no run: forgets what was learnt from earlier
   * frames. May be NULL. */
  void (*reset) (GstTfcAnalyzer *analyzer);
};

/* Lock held: a property that the engine is built from has changed. While stopped, the next start
 * sees it; while running, the loader builds another engine. */
void gst_tfc_analyzer_reload (GstTfcAnalyzer *analyzer);

/* What there is of engines: impls, NULL where there is none. */
typedef struct {
  gpointer used, next;
  gboolean loading; /* a newer one is on its way: settings are checked (adopt) when it is there */
} GstTfcEnginesNow;
/* Lock held. */
GstTfcEnginesNow gst_tfc_analyzer_engines (GstTfcAnalyzer *analyzer);

G_END_DECLS
