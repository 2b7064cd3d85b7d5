/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/mqtt/gsttfcmqtt-discovery.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "config.h"

#define MAX_SLUG 40  /* characters of a name within an id */
#define MAX_VALUE 24 /* bytes of a number, with the 0 */

typedef struct {
  gchar *suffix;
  gchar value[MAX_VALUE]; /* as of now; "" while it is not known */
  gboolean repeat;        /* value was known when the connection was made */
} Number;

struct GstTfcMqttDiscovery {
  const GstTfcMqttSettings *settings;
  GPtrArray *numbers; /* of Number, in the order of their first time */
  GHashTable *known;  /* suffix -> Number */
  guint next;         /* message: one of STEPS for each number */
};

/* What is sent of a number. */
enum { SENSOR, BINARY_SENSOR, VALUE, STEPS };

typedef struct {
  const gchar *component, *name, *device_class, *state_class, *value_template;
} Component;

static const Component components[] = {
    [SENSOR] = {"sensor", "count", NULL, "measurement", NULL},
    [BINARY_SENSOR] = {"binary_sensor", "occupancy", "occupancy", NULL,
                       "{{ 'ON' if value | int(0) > 0 else 'OFF' }}"},
};

static void
number_free (gpointer data)
{
  g_free (((Number *)data)->suffix);
  g_free (data);
}

GstTfcMqttDiscovery *
gst_tfc_mqtt_discovery_new (const GstTfcMqttSettings *settings)
{
  GstTfcMqttDiscovery *d = g_new0 (GstTfcMqttDiscovery, 1);

  d->settings = settings;
  d->numbers = g_ptr_array_new_with_free_func (number_free);
  d->known = g_hash_table_new (g_str_hash, g_str_equal);
  return d;
}

void
gst_tfc_mqtt_discovery_free (GstTfcMqttDiscovery *d)
{
  if (!d)
    return;
  g_hash_table_unref (d->known);
  g_ptr_array_unref (d->numbers);
  g_free (d);
}

gboolean
gst_tfc_mqtt_discovery_note (GstTfcMqttDiscovery *d, const gchar *suffix, const gchar *value)
{
  Number *number = g_hash_table_lookup (d->known, suffix);

  if (!number && d->numbers->len == GST_TFC_MQTT_MAX_ANNOUNCED)
    return FALSE;
  if (!number) {
    number = g_new0 (Number, 1);
    number->suffix = g_strdup (suffix);
    g_ptr_array_add (d->numbers, number);
    g_hash_table_insert (d->known, number->suffix, number);
  }
  g_strlcpy (number->value, strlen (value) < MAX_VALUE ? value : "", MAX_VALUE);
  return TRUE;
}

void
gst_tfc_mqtt_discovery_restart (GstTfcMqttDiscovery *d)
{
  d->next = 0;
  for (guint i = 0; i < d->numbers->len; i++) {
    Number *number = g_ptr_array_index (d->numbers, i);
    number->repeat = *number->value != 0;
  }
}

/* Ids have the characters a-z, A-Z, 0-9, _ and -. Others become _, so the hash behind it is what
 * tells two names apart. */
static gchar *
id_of (const GstTfcMqttDiscovery *d, const gchar *name, const gchar *suffix)
{
  g_autofree gchar *all = g_strdup_printf ("%s\n%s", d->settings->topic, suffix);
  g_autofree gchar *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
  gchar slug[MAX_SLUG + 1];

  g_strlcpy (slug, name, sizeof slug);
  for (gchar *p = slug; *p; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      *p = '_';
  return g_strdup_printf ("tfc_%s_%.10s", slug, hash);
}

/* "count/person": person; "zone/porch": porch; "zone/porch/person": porch person. */
static gchar *
name_of (const gchar *suffix, const gchar *what)
{
  const gchar *slash = strchr (suffix, '/');
  gchar *name = g_strdup_printf ("%s %s", slash ? slash + 1 : suffix, what);

  for (gchar *p = name; *p; p++)
    if (*p == '/')
      *p = ' ';
  return name;
}

static void
add (cJSON *object, const gchar *key, const gchar *text)
{
  if (text)
    cJSON_AddStringToObject (object, key, text);
}

/* All of a topic's numbers are of one device. */
static void
add_device (const GstTfcMqttDiscovery *d, cJSON *object)
{
  cJSON *device = cJSON_AddObjectToObject (object, "device");
  cJSON *origin = cJSON_AddObjectToObject (object, "origin");
  cJSON *ids = cJSON_AddArrayToObject (device, "identifiers");
  g_autofree gchar *id = id_of (d, d->settings->source, "");

  cJSON_AddItemToArray (ids, cJSON_CreateString (id));
  add (device, "name", d->settings->source);
  add (device, "manufacturer", "tfc");
  add (device, "model", "tfcpublish");
  add (device, "sw_version", TFC_VERSION);
  add (origin, "name", "tfc");
  add (origin, "sw_version", TFC_VERSION);
}

static GstTfcMqttMessage *
announce (const GstTfcMqttDiscovery *d, const Number *number, const Component *c)
{
  cJSON *object = cJSON_CreateObject ();
  g_autofree gchar *id = id_of (d, number->suffix, number->suffix);
  g_autofree gchar *unique = g_strdup_printf ("%s_%s", id, c->name);
  g_autofree gchar *name = name_of (number->suffix, c->name);
  g_autofree gchar *state = g_strdup_printf ("%s/%s", d->settings->topic, number->suffix);
  GstTfcMqttMessage *message;
  gchar *text;

  add (object, "name", name);
  add (object, "unique_id", unique);
  add (object, "state_topic", state);
  add (object, "value_template", c->value_template);
  add (object, "device_class", c->device_class);
  add (object, "state_class", c->state_class);
  add (object, "availability_topic", d->settings->status);
  cJSON_AddNumberToObject (object, "qos", d->settings->qos);
  add_device (d, object);
  text = cJSON_PrintUnformatted (object);
  cJSON_Delete (object);
  message = gst_tfc_mqtt_message_new (
      g_strdup_printf ("homeassistant/%s/%s/config", c->component, unique), text ? text : "",
      text ? strlen (text) : 0, TRUE, FALSE);
  cJSON_free (text);
  return message;
}

static GstTfcMqttMessage *
repeat (const GstTfcMqttDiscovery *d, const Number *number)
{
  return gst_tfc_mqtt_message_new (g_strdup_printf ("%s/%s", d->settings->topic, number->suffix),
                                   number->value, strlen (number->value), TRUE, FALSE);
}

GstTfcMqttMessage *
gst_tfc_mqtt_discovery_next (GstTfcMqttDiscovery *d)
{
  while (d->next < d->numbers->len * STEPS) {
    const guint step = d->next % STEPS;
    Number *number = g_ptr_array_index (d->numbers, d->next++ / STEPS);

    if (step != VALUE)
      return announce (d, number, &components[step]);
    if (number->repeat)
      return repeat (d, number);
  }
  return NULL;
}
