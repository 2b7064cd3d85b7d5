/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* on=objects: an analyser looks at what an element upstream has detected, instead of at the whole
 * frame. The objects are those of the buffer that is analysed, in both modes: of each
 * GstTfcDetectionMeta on it, or, where it has none, those of other elements: of GStreamer's
 * analytics, else regions of interest (gst/collect). No pixel is copied: an object's box is a part
 * of the frame for the sampler. Where roi names a part, objects whose centre lies in it count, and
 * their boxes are fractions of it, as process sees it. */
#include "gst/analyzer/gsttfcanalyzer.h"
#include "models/frame/frame.h"
#include "models/result/result.h"

#define GST_TFC_MAX_OBJECTS 64 /* that are looked at on one frame */
#define GST_TFC_DEFAULT_MAX_OBJECTS 8

/* The properties; fields of the subclass's settings. */
typedef struct {
  GstTfcOn on;
  gchar *classes; /* labels or ids of detections, comma-separated, a GRefString; NULL or "": all */
  guint max_objects; /* 1..GST_TFC_MAX_OBJECTS */
} GstTfcObjectSettings;

#define GST_TFC_OBJECT_DEFAULTS \
  ((GstTfcObjectSettings){.on = GST_TFC_ON_FRAME, .max_objects = GST_TFC_DEFAULT_MAX_OBJECTS})

/* Rows of the properties on and max-objects, and of classes for analysers without a class filter of
 * their own. field is that of the GstTfcObjectSettings in Settings; what: "classified". */
#define GST_TFC_OBJECT_ROWS(Settings, field, what)                                                 \
  {"on",                                                                                           \
   "On",                                                                                           \
   "What is " what ": the whole frame, or each object that was detected upstream",                 \
   GST_TFC_PROPERTY_ENUM,                                                                          \
   G_STRUCT_OFFSET (Settings, field.on),                                                           \
   .type = gst_tfc_on_get_type,                                                                    \
   .flags = GST_TFC_PROPERTY_CONTROLLABLE},                                                        \
      {"classes", "Classes",                                                                       \
       "on=objects: names or ids of the detections that are " what                                 \
       ", comma-separated (NULL = all)",                                                           \
       GST_TFC_PROPERTY_STRING, G_STRUCT_OFFSET (Settings, field.classes)},                        \
  {                                                                                                \
    "max-objects", "Max objects",                                                                  \
        "on=objects: maximum number of objects that are " what " per frame, highest scores first", \
        GST_TFC_PROPERTY_UINT, G_STRUCT_OFFSET (Settings, field.max_objects), 1,                   \
        GST_TFC_MAX_OBJECTS, .flags = GST_TFC_PROPERTY_CONTROLLABLE                                \
  }

typedef struct {
  TfcBox box;   /* the part of it that lies in the frame that process is given; not empty */
  gfloat score; /* 1: not known */
  gboolean tracked;
  /* What ties results to it: its track id; where it is not tracked, the id of its region of
   * interest, else 1 + its index among those of the buffer. */
  guint64 object_id;
} GstTfcUpstreamObject;

typedef struct {
  guint n;
  GstTfcUpstreamObject object[GST_TFC_MAX_OBJECTS]; /* the surest first */
} GstTfcObjects;

/* In process: the objects of the frame that settings ask for, max at most. settings are the
 * subclass's: read under the lock. FALSE: on=frame. Allocates nothing. */
gboolean gst_tfc_analyzer_objects (GstTfcAnalyzer *analyzer, const GstTfcObjectSettings *settings,
                                   guint max, GstTfcObjects *objects);

/* The part of frame that an object's box covers, borrowed as frame is; box becomes what really is
 * covered: whole pixels, and samples of chroma. */
TfcFrame gst_tfc_object_part (const TfcFrame *frame, TfcBox *box);
