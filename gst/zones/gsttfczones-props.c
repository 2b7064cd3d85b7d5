/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/util/gsttfcerror.h"
#include "gst/util/gsttfcproperties.h"
#include "gst/zones/gsttfczones.h"
#include "inference/error.h"

#define GST_CAT_DEFAULT gst_tfc_zones_debug

/* ---- zones ---- */

/* *watch is NULL where there are no zones. FALSE with error set. */
static gboolean
load (const GstTfcZonesSettings *s, TfcZoneWatch **watch, GError **error)
{
  TfcZoneMap *map = NULL;

  *watch = NULL;
  if (!s->zones_file && !s->zones)
    return TRUE;
  if (s->zones_file && s->zones)
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "zones-file and zones are both set; set one of them, and the other to NULL");
  else if (s->zones_file)
    map = tfc_zone_map_open (s->zones_file, error);
  else
    map = tfc_zone_map_parse (s->zones, strlen (s->zones), error);
  if (map)
    *watch = tfc_zone_watch_new (map);
  return map != NULL;
}

/* watch takes the place of what is in use at the next buffer. */
static void
change_to (GstTfcZones *self, TfcZoneWatch *watch)
{
  TfcZoneWatch *unused;

  GST_OBJECT_LOCK (self);
  unused = self->next;
  self->next = watch;
  self->changed = TRUE;
  GST_OBJECT_UNLOCK (self);
  tfc_zone_watch_free (unused);
}

static void
use (GstTfcZones *self, TfcZoneWatch *watch)
{
  TfcZoneWatch *old = self->watch;

  if (watch && old)
    tfc_zone_watch_inherit (watch, old);
  g_mutex_lock (&self->counting);
  self->watch = watch;
  g_mutex_unlock (&self->counting);
  tfc_zone_watch_free (old);
  if (watch)
    gst_tfc_zones_report_begin (&self->frame->report, watch);
  GST_INFO_OBJECT (self, "%u zones and lines", watch ? tfc_zone_watch_map (watch)->n : 0);
}

void
gst_tfc_zones_take_settings (GstTfcZones *self)
{
  TfcZoneWatch *next;
  gboolean changed;

  GST_OBJECT_LOCK (self);
  self->post = self->settings.post_messages;
  changed = self->changed;
  next = self->next;
  self->next = NULL;
  self->changed = FALSE;
  GST_OBJECT_UNLOCK (self);
  if (changed)
    use (self, next);
}

/* ---- properties ---- */

static gpointer
settings_of (GObject *object)
{
  return &GST_TFC_ZONES (object)->settings;
}

static gchar *
share (const gchar *text)
{
  return text ? g_ref_string_acquire ((gchar *)text) : NULL;
}

static void
drop (gchar *text)
{
  if (text)
    g_ref_string_release (text);
}

/* What is set while the element runs is loaded at once, also where it is what it was: the file may
 * be another. What cannot be is a warning, and nothing changes. */
static gboolean
try_settings (GstTfcZones *self, const GstTfcZonesSettings *settings)
{
  g_autoptr (GError) error = NULL;
  TfcZoneWatch *watch;

  if (load (settings, &watch, &error)) {
    change_to (self, watch);
    return TRUE;
  }
  gst_tfc_post_error (GST_ELEMENT (self), GST_MESSAGE_WARNING, error);
  return FALSE;
}

static void
set_text (GstTfcZones *self, gboolean is_file, const GValue *value)
{
  const gchar *given = g_value_get_string (value);
  gchar *text = given ? g_ref_string_new (given) : NULL;
  gchar **field = is_file ? &self->settings.zones_file : &self->settings.zones;
  GstTfcZonesSettings wanted = {NULL};
  gboolean started, good;

  GST_OBJECT_LOCK (self);
  wanted.zones_file = is_file ? share (text) : share (self->settings.zones_file);
  wanted.zones = is_file ? share (self->settings.zones) : share (text);
  started = self->started;
  GST_OBJECT_UNLOCK (self);
  good = !started || try_settings (self, &wanted);
  drop (wanted.zones_file);
  drop (wanted.zones);
  if (good) {
    GST_OBJECT_LOCK (self);
    given = *field;
    *field = text;
    text = (gchar *)given;
    GST_OBJECT_UNLOCK (self);
  }
  drop (text);
}

static void
set_zones_file (GObject *object, const GValue *value)
{
  set_text (GST_TFC_ZONES (object), TRUE, value);
}

static void
set_zones (GObject *object, const GValue *value)
{
  set_text (GST_TFC_ZONES (object), FALSE, value);
}

static void
get_text (GstTfcZones *self, gchar *const *field, GValue *value)
{
  GST_OBJECT_LOCK (self);
  g_value_set_string (value, *field);
  GST_OBJECT_UNLOCK (self);
}

static void
get_zones_file (GObject *object, GValue *value)
{
  GstTfcZones *self = GST_TFC_ZONES (object);

  get_text (self, &self->settings.zones_file, value);
}

static void
get_zones (GObject *object, GValue *value)
{
  GstTfcZones *self = GST_TFC_ZONES (object);

  get_text (self, &self->settings.zones, value);
}

static void
get_counts (GObject *object, GValue *value)
{
  GstTfcZones *self = GST_TFC_ZONES (object);

  g_mutex_lock (&self->counting);
  g_value_take_boxed (value, gst_tfc_zones_counts_structure ("counts", self->watch));
  g_mutex_unlock (&self->counting);
}

static const GstTfcZonesSettings defaults = {.post_messages = GST_TFC_POST_MESSAGES_CHANGES};

// clang-format off
#define FIELD(field) G_STRUCT_OFFSET (GstTfcZonesSettings, field)
static const GstTfcProperty rows[] = {
  {"zones-file", "Zones file", "Key file with the zones and lines (NULL = see zones); set again, it is read again", GST_TFC_PROPERTY_STRING, FIELD (zones_file), .get = get_zones_file, .set = set_zones_file},
  {"zones", "Zones", "The text of such a file; | or \\n ends a line (NULL = see zones-file)", GST_TFC_PROPERTY_STRING, FIELD (zones), .get = get_zones, .set = set_zones},
  {"post-messages", "Post messages", "Which element messages are posted: changes: one for each event; all: also the counters with every buffer", GST_TFC_PROPERTY_ENUM, FIELD (post_messages), .type = gst_tfc_post_messages_get_type},
  {"counts", "Counts", "Counters of each zone and line, and of each label there", GST_TFC_PROPERTY_STRUCTURE, .flags = GST_TFC_PROPERTY_READ_ONLY, .get = get_counts},
};
// clang-format on

static const GstTfcPropertyTable table = {
    rows, G_N_ELEMENTS (rows), &defaults, sizeof (GstTfcZonesSettings), settings_of, NULL, NULL};

void
gst_tfc_zones_install_properties (GObjectClass *klass)
{
  gst_tfc_properties_install (klass, &table, 1);
}

void
gst_tfc_zones_init_settings (GstTfcZones *self)
{
  gst_tfc_properties_init (&table, &self->settings);
}

void
gst_tfc_zones_clear_settings (GstTfcZones *self)
{
  gst_tfc_properties_clear (&table, &self->settings);
}

gboolean
gst_tfc_zones_load (GstTfcZones *self, GError **error)
{
  TfcZoneWatch *watch;

  if (!load (&self->settings, &watch, error))
    return FALSE;
  g_mutex_lock (&self->counting);
  g_clear_pointer (&self->watch, tfc_zone_watch_free);
  g_mutex_unlock (&self->counting);
  change_to (self, watch);
  gst_tfc_zones_take_settings (self);
  GST_OBJECT_LOCK (self);
  self->started = TRUE;
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}
