/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The element that publishes: passes buffers and tells as lines of JSON what is on them. */
#include <gst/base/gstbasetransform.h>
#include "gst/publish/gsttfccounts.h"
#include "gst/publish/line/gsttfcline.h"
#include "gst/publish/gsttfcpublisher.h"
#include "gst/publish/gsttfctextpad.h"
#include "gst/publish/gsttfcwallclock.h"

G_BEGIN_DECLS

#define GST_TYPE_TFC_PUBLISH (gst_tfc_publish_get_type ())
G_DECLARE_FINAL_TYPE (GstTfcPublish, gst_tfc_publish, GST, TFC_PUBLISH, GstBaseTransform)

/* A field a property. */
typedef struct {
  /* Read when the element starts. */
  gchar *location, *address, *topic, *client_id, *username, *password_file, *ca_file, *source;
  guint max_bytes, qos;
  gboolean home_assistant;
  /* Read for each buffer. */
  GstTfcPublishWhen when;
  guint every; /* ms */
  GstTfcPublishInclude include;
  GstTfcUnits units;
} GstTfcPublishSettings;

struct _GstTfcPublish {
  GstBaseTransform parent;

  /* Under the object lock. */
  GstTfcPublishSettings settings;
  GstTfcPublisher *publisher; /* NULL: it is not started, or goes to the text pad only */
  GstPad *text_pad;           /* NULL: not requested */
  gboolean text_is_new;       /* since the last buffer */
  GstTfcLineStats stats;      /* frames and lines; the rest is the publisher's */

  /* From start to stop. */
  GstTfcPublishSettings started; /* what the transport was opened with */
  gchar *source;
  GstTfcCounts *counts; /* for home-assistant, else NULL */

  /* Streaming thread only. */
  GstTfcPublishSettings now; /* the snapshot for this buffer */
  guint width, height;       /* of the caps; 0: they say none */
  GstTfcText text;
  GstTfcSeen *seen;
  GstTfcJson json;
  GstTfcWallClock wall;
  guint64 seq;
  guint64 signature;      /* of the last line, for when=changes */
  gboolean signed_before; /* there was one */
  GstClockTime last;      /* running time of the last line, for when=every */
};

/* Properties (gsttfcpublish-props.c). */
void gst_tfc_publish_install_properties (GObjectClass *klass);
void gst_tfc_publish_init_settings (GstTfcPublish *self);
void gst_tfc_publish_clear_settings (GstTfcPublish *self);
/* Copies settings; takes the lock. */
void gst_tfc_publish_snapshot (GstTfcPublish *self, GstTfcPublishSettings *to);

/* Opens what location or address says; FALSE: an error was posted (gsttfcpublish-start.c). */
gboolean gst_tfc_publish_start (GstTfcPublish *self);
void gst_tfc_publish_stop (GstTfcPublish *self);

/* Publishes what is on a buffer (gsttfcpublish-frame.c). Streaming thread. */
GstFlowReturn gst_tfc_publish_frame (GstTfcPublish *self, GstBuffer *buffer);
/* What was seen is forgotten: the next buffer is news. */
void gst_tfc_publish_forget (GstTfcPublish *self);
/* References; NULL: there is none. */
GstPad *gst_tfc_publish_dup_text_pad (GstTfcPublish *self);

GST_ELEMENT_REGISTER_DECLARE (tfcpublish)

G_END_DECLS
