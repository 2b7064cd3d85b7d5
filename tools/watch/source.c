/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where a stream comes from. */
#include <gio/gio.h>
#include <string.h>

#include "tools/watch/parts.h"
#include "tools/watch/uri.h"

static gboolean
select_stream (GstElement *rtspsrc, guint number, GstCaps *caps, gpointer data)
{
  const gchar *media = gst_structure_get_string (gst_caps_get_structure (caps, 0), "media");
  return !g_strcmp0 (media, "video");
}

static void
set_text (GstElement *element, const gchar *property, const gchar *text)
{
  if (text && g_object_class_find_property (G_OBJECT_GET_CLASS (element), property))
    g_object_set (element, property, text, NULL);
}

/* rtspsrc asks once it has found something wrong. Says what, and never yes. */
static gboolean
refuse_certificate (GstElement *rtspsrc, GTlsConnection *connection, GTlsCertificate *certificate,
                    GTlsCertificateFlags wrong, gpointer data)
{
  static const struct {
    GTlsCertificateFlags flag;
    const gchar *text;
  } reasons[] = {{G_TLS_CERTIFICATE_UNKNOWN_CA, "nobody that is known has signed it (tls-ca-file)"},
                 {G_TLS_CERTIFICATE_BAD_IDENTITY, "it is for another name (tls-name-check)"},
                 {G_TLS_CERTIFICATE_EXPIRED, "it has expired"},
                 {G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet"}};
  const gchar *text = "it cannot be relied on";
  for (guint i = G_N_ELEMENTS (reasons); i-- > 0;)
    text = wrong & reasons[i].flag ? reasons[i].text : text;
  GST_ELEMENT_ERROR (rtspsrc, RESOURCE, NOT_AUTHORIZED,
                     ("the camera's certificate is refused: %s", text), (NULL));
  return FALSE;
}

/* Without it the system's certificates count. The elements look at all of a certificate by default.
 */
static void
set_certificates (GstElement *source, const WatchSettings *s)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (source);
  const gchar *file = watch_text (s, WATCH_TLS_CA_FILE);
  g_autofree gchar *path = file ? g_canonicalize_filename (file, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  GTlsDatabase *known;
  if (!file || !g_object_class_find_property (klass, "tls-database"))
    return;
  known = g_tls_file_database_new (path, &error);
  if (!known) {
    GST_ELEMENT_ERROR (source, RESOURCE, SETTINGS, ("tls-ca-file: %s", error->message), (NULL));
    return;
  }
  g_object_set (source, "tls-database", known, NULL);
  if (!watch_flag (s, WATCH_TLS_NAME_CHECK) &&
      g_object_class_find_property (klass, "tls-validation-flags"))
    g_object_set (source, "tls-validation-flags",
                  G_TLS_CERTIFICATE_VALIDATE_ALL & ~G_TLS_CERTIFICATE_BAD_IDENTITY, NULL);
  g_object_unref (known);
}

static void
set_source (GstElement *bin, GstElement *source, WatchSettings *s)
{
  GstElementFactory *factory = gst_element_get_factory (source);
  const gchar *transport = watch_text (s, WATCH_TRANSPORT);
  set_text (source, "user-id", s->user);
  set_text (source, "user-pw", s->password);
  set_certificates (source, s);
  if (!factory || strcmp (GST_OBJECT_NAME (factory), "rtspsrc"))
    return;
  g_object_set (source, "latency", watch_integer (s, WATCH_LATENCY), "tcp-timeout",
                (guint64)watch_integer (s, WATCH_CONNECT_TIMEOUT) * G_USEC_PER_SEC, NULL);
  if (strcmp (transport, "auto"))
    gst_util_set_object_arg (G_OBJECT (source), "protocols", transport);
  g_signal_connect (source, "select-stream", G_CALLBACK (select_stream), NULL);
  g_signal_connect (source, "accept-certificate", G_CALLBACK (refuse_certificate), NULL);
}

/* Left out here, other decoders do not decide either what a parser in front of them makes. */
static GValueArray *
only_decoder (GstElement *bin, GstPad *pad, GstCaps *caps, GValueArray *factories, WatchSettings *s)
{
  GValueArray *left = g_value_array_new (factories->n_values);
  for (guint i = 0; i < factories->n_values; i++) {
    const GValue *value = g_value_array_get_nth (factories, i);
    GstElementFactory *factory = g_value_get_object (value);
    if (!strcmp (GST_OBJECT_NAME (factory), watch_text (s, WATCH_DECODER)) ||
        !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER))
      g_value_array_append (left, value);
  }
  return left;
}

static void
forget_settings (gpointer settings, GClosure *closure)
{
  watch_settings_unref (settings);
}

static void
connect_with (GstElement *bin, const gchar *signal, GCallback callback, WatchSettings *s)
{
  g_signal_connect_data (bin, signal, callback, watch_settings_ref (s), forget_settings, 0);
}

GstElement *
watch_source_new (const WatchSettings *settings, WatchKeyId uri, GError **error)
{
  WatchSettings *s = (WatchSettings *)settings;
  GstElement *bin = watch_element_make ("uridecodebin", error);
  GstCaps *caps;
  if (!bin)
    return NULL;
  caps = gst_caps_from_string ("video/x-raw(ANY)");
  g_object_set (bin, "uri", watch_text (s, uri), "caps", caps, "expose-all-streams", FALSE, NULL);
  gst_caps_unref (caps);
  connect_with (bin, "source-setup", G_CALLBACK (set_source), s);
  if (watch_text (s, WATCH_DECODER))
    connect_with (bin, "autoplug-sort", G_CALLBACK (only_decoder), s);
  return bin;
}

static void
on_pad (GstElement *source, GstPad *pad, GstElement *to)
{
  GstPad *sink = gst_element_get_static_pad (to, "sink");
  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
  gst_object_unref (sink);
}

void
watch_link_source (GstElement *source, GstElement *to)
{
  g_signal_connect_object (source, "pad-added", G_CALLBACK (on_pad), to, 0);
}

/* Sound stays where it is. A pad of GStreamer 1.26's parsebin has no caps yet, but knows them. */
static void
on_parsed (GstElement *parser, GstPad *pad, GstElement *sink)
{
  GstCaps *caps = gst_pad_get_current_caps (pad);
  const gchar *kind = "";
  if (!caps)
    caps = gst_pad_query_caps (pad, NULL);
  if (!gst_caps_is_any (caps) && !gst_caps_is_empty (caps))
    kind = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  if (g_str_has_prefix (kind, "video/") || g_str_has_prefix (kind, "image/"))
    on_pad (parser, pad, sink);
  gst_caps_unref (caps);
}

GstElement *
watch_recording_add (GstBin *pipeline, const WatchSettings *s, GError **error)
{
  GstElement *source = watch_element_make ("urisourcebin", error);
  GstElement *parser = source ? watch_element_make ("parsebin", error) : NULL;
  GstElement *sink = parser ? watch_element_make ("fakesink", error) : NULL;
  if (!sink) {
    g_clear_pointer (&source, gst_object_unref);
    g_clear_pointer (&parser, gst_object_unref);
    return NULL;
  }
  gst_bin_add_many (pipeline, source, parser, sink, NULL);
  g_object_set (source, "uri", watch_text (s, WATCH_URI), NULL);
  g_object_set (sink, "sync", !watch_uri_is_live (watch_text (s, WATCH_URI)), "async", FALSE,
                "enable-last-sample", FALSE, NULL);
  connect_with (source, "source-setup", G_CALLBACK (set_source), (WatchSettings *)s);
  watch_link_source (source, parser);
  g_signal_connect_object (parser, "pad-added", G_CALLBACK (on_parsed), sink, 0);
  return sink;
}
