/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcpublish.h"
#include "gst/util/gsttfcproperties.h"

G_STATIC_ASSERT (sizeof (GstTfcPublishWhen) == sizeof (gint) &&
                 sizeof (GstTfcPublishInclude) == sizeof (gint) &&
                 sizeof (GstTfcUnits) == sizeof (gint));

/* What the element and its transport count. */
static void
get_stats (GObject *object, GValue *value)
{
  GstTfcPublish *self = GST_TFC_PUBLISH (object);
  GstTfcPublisherStats stats = {0};

  GST_OBJECT_LOCK (self);
  const GstTfcLineStats lines = self->stats;
  if (self->publisher)
    gst_tfc_publisher_get_stats (self->publisher, &stats);
  GST_OBJECT_UNLOCK (self);
  // clang-format off
  g_value_take_boxed (value, gst_structure_new ("stats",
      "frames", G_TYPE_UINT64, lines.frames,
      "published", G_TYPE_UINT64, stats.published,
      "dropped", G_TYPE_UINT64, stats.dropped,
      "queued", G_TYPE_UINT, stats.queued,
      "connected", G_TYPE_BOOLEAN, stats.connected,
      "reconnects", G_TYPE_UINT64, stats.reconnects,
      "problem", G_TYPE_STRING, stats.problem, NULL));
  // clang-format on
}

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_PUBLISH (object)->settings;
}

/* A property is a field of GstTfcPublishSettings. */
#define FIELD(field) G_STRUCT_OFFSET (GstTfcPublishSettings, field)
#define AT_START .flags = GST_TFC_PROPERTY_AT_START
#define TEXT(field) GST_TFC_PROPERTY_STRING, FIELD (field), AT_START

// clang-format off
static const GstTfcProperty rows[] = {
  {"location", "Location", "Where lines go: a file (appended to; conversions of strftime are expanded, so that %Y%m%d makes a file a day), - for standard output, or unix:PATH, a socket that is served to several readers", TEXT (location)},
  {"max-bytes", "Max bytes", "Size at which a file is renamed to FILE.1 and a new one begun (FILE.1 becomes FILE.2, .., FILE.9 goes); 0: never", GST_TFC_PROPERTY_UINT, FIELD (max_bytes), 0, G_MAXUINT, AT_START},
  {"address", "Address", "MQTT broker in place of location: mqtt://host[:1883] or mqtts://host[:8883]; needs the plug-in file libgsttfcmqtt.so", TEXT (address)},
  {"topic", "Topic", "MQTT topic; NULL: tfc/SOURCE", TEXT (topic)},
  {"client-id", "Client id", "MQTT client id, which no other client of the broker has; NULL: one that is made up", TEXT (client_id)},
  {"username", "Username", "User name at the MQTT broker", TEXT (username)},
  {"password-file", "Password file", "File whose first line is the password at the MQTT broker; it must have mode 600 or 400", TEXT (password_file)},
  {"ca-file", "CA file", "Certificates (PEM) that a mqtts broker is held against; NULL: the system's", TEXT (ca_file)},
  {"qos", "QoS", "MQTT quality of service: 0 at most once, 1 at least once, 2 exactly once", GST_TFC_PROPERTY_UINT, FIELD (qos), 0, 2, AT_START},
  {"home-assistant", "Home Assistant", "Announce occupancy and counts of classes and zones to Home Assistant (MQTT discovery)", GST_TFC_PROPERTY_BOOLEAN, FIELD (home_assistant), AT_START},
  {"source", "Source", "Name of the camera or file in each line; NULL: the element's name", TEXT (source)},
  {"when", "When", "Which buffers make a line. Those with events do in any case, unless include leaves events out", GST_TFC_PROPERTY_ENUM, FIELD (when), .type = gst_tfc_publish_when_get_type},
  {"every", "Every", "With when=every: a line once in as many milliseconds of running time", GST_TFC_PROPERTY_UINT, FIELD (every), 1, G_MAXUINT},
  {"include", "Include", "What is in a line", GST_TFC_PROPERTY_FLAGS, FIELD (include), .type = gst_tfc_publish_include_get_type},
  {"units", "Units", "What boxes and points are counted in; fractions in any case where caps say no size", GST_TFC_PROPERTY_ENUM, FIELD (units), .type = gst_tfc_units_get_type},
  {"stats", "Stats", "Frames seen, lines published, dropped and waiting; whether there is a connection, how many there were after the first, and what is wrong", GST_TFC_PROPERTY_STRUCTURE, .flags = GST_TFC_PROPERTY_READ_ONLY, .get = get_stats},
};
// clang-format on

static const GstTfcPublishSettings defaults = {
    .when = GST_TFC_PUBLISH_WHEN_CHANGES,
    .every = 1000,
    .qos = 1,
    .include = GST_TFC_PUBLISH_INCLUDE_BOXES | GST_TFC_PUBLISH_INCLUDE_EVENTS,
};

static const GstTfcPropertyTable table = {.rows = rows,
                                          .n_rows = G_N_ELEMENTS (rows),
                                          .defaults = &defaults,
                                          .size = sizeof defaults,
                                          .settings = settings_of};

void
gst_tfc_publish_install_properties (GObjectClass *klass)
{
  gst_tfc_properties_install (klass, &table, 1);
}

void
gst_tfc_publish_init_settings (GstTfcPublish *self)
{
  gst_tfc_properties_init (&table, &self->settings);
  gst_tfc_properties_init (&table, &self->started);
  gst_tfc_properties_init (&table, &self->now);
}

void
gst_tfc_publish_clear_settings (GstTfcPublish *self)
{
  gst_tfc_properties_clear (&table, &self->settings);
  gst_tfc_properties_clear (&table, &self->started);
  gst_tfc_properties_clear (&table, &self->now);
}

void
gst_tfc_publish_snapshot (GstTfcPublish *self, GstTfcPublishSettings *to)
{
  GST_OBJECT_LOCK (self);
  gst_tfc_properties_copy (&table, to, &self->settings);
  GST_OBJECT_UNLOCK (self);
}
