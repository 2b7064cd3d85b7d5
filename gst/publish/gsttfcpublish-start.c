/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcpublish.h"
#include "gst/publish/gsttfctransports.h"
#include "gst/util/gsttfcdebug.h"

#define GST_CAT_DEFAULT gst_tfc_publish_debug

static const gchar *
or_null (const gchar *text)
{
  return text && *text ? text : NULL;
}

static GstTfcTransportOptions
options_of (const GstTfcPublish *self)
{
  const GstTfcPublishSettings *s = &self->started;

  return (GstTfcTransportOptions){.source = self->source,
                                  .location = or_null (s->location),
                                  .max_bytes = s->max_bytes,
                                  .address = or_null (s->address),
                                  .topic = or_null (s->topic),
                                  .client_id = or_null (s->client_id),
                                  .username = or_null (s->username),
                                  .password_file = or_null (s->password_file),
                                  .ca_file = or_null (s->ca_file),
                                  .qos = s->qos,
                                  .home_assistant = s->address && s->home_assistant};
}

static GstTfcPublisher *
open_publisher (GstTfcPublish *self, const GstTfcTransportOptions *options, GError **error)
{
  if (options->location && options->address) {
    g_set_error_literal (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                         "location and address exclude each other; two tfcpublish, one behind the "
                         "other, do both");
    return NULL;
  }
  const GstTfcTransportClass *transport = gst_tfc_transport_find (options, error);
  return transport ? gst_tfc_publisher_new (transport, options, GST_ELEMENT (self), error) : NULL;
}

gboolean
gst_tfc_publish_start (GstTfcPublish *self)
{
  g_autofree gchar *name = gst_element_get_name (self);
  g_autoptr (GError) error = NULL;
  GstTfcPublisher *publisher = NULL;

  gst_tfc_publish_snapshot (self, &self->started);
  const gchar *source = or_null (self->started.source);
  self->source = g_utf8_make_valid (source ? source : name, -1);
  const GstTfcTransportOptions options = options_of (self);
  if (options.location || options.address) {
    publisher = open_publisher (self, &options, &error);
    if (!publisher) {
      gst_element_message_full (GST_ELEMENT (self), GST_MESSAGE_ERROR, error->domain, error->code,
                                g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__);
      g_clear_pointer (&self->source, g_free);
      return FALSE;
    }
  }
  if (options.home_assistant)
    self->counts = gst_tfc_counts_new ();
  GST_OBJECT_LOCK (self);
  self->publisher = publisher;
  self->stats = (GstTfcLineStats){0};
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

void
gst_tfc_publish_stop (GstTfcPublish *self)
{
  GST_OBJECT_LOCK (self);
  GstTfcPublisher *publisher = g_steal_pointer (&self->publisher);
  GST_OBJECT_UNLOCK (self);
  if (publisher) {
    const guint64 given_up = gst_tfc_publisher_free (publisher);
    if (given_up)
      GST_ELEMENT_WARNING (
          self, RESOURCE, WRITE,
          ("%" G_GUINT64_FORMAT " lines could not be published before the end", given_up), (NULL));
  }
  g_clear_pointer (&self->counts, gst_tfc_counts_free);
  g_clear_pointer (&self->source, g_free);
}
