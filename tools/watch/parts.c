/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/watch/parts.h"

#include <string.h>

#include "tools/watch/run_private.h"
#include "tools/watch/uri.h"

/* ---- elements ---- */

static const gchar *
package_of (const gchar *factory)
{
  return g_str_has_prefix (factory, "tfc")
             ? "it comes with tfc; see that GST_PLUGIN_PATH names the folder of libgsttfc.so"
             : "it comes with gstreamer1.0-plugins-base or gstreamer1.0-plugins-good";
}

GstElement *
watch_element_make (const gchar *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);
  if (!element)
    g_set_error (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN, "there is no element %s: %s",
                 factory, package_of (factory));
  return element;
}

/* NULL, or why the element does not take the text (transfer full). */
static gchar *
refuse (GstElement *element, const WatchKey *key, const gchar *text, gboolean set)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), key->property);
  GValue value = G_VALUE_INIT;
  g_autofree gchar *several = g_strdup (text);
  gboolean ok;
  if (!spec)
    return g_strdup_printf ("%s has no property %s",
                            GST_OBJECT_NAME (gst_element_get_factory (element)), key->property);
  if (key->kind == WATCH_KIND_FLAG)
    text = watch_text_is_yes (text) ? "true" : "false";
  if (G_TYPE_IS_FLAGS (spec->value_type)) /* a list has commas here, as everywhere */
    text = g_strdelimit (several, ",", '+');
  g_value_init (&value, spec->value_type);
  if (spec->value_type == G_TYPE_STRING) {
    g_value_set_string (&value, text);
    ok = TRUE;
  } else {
    ok = gst_value_deserialize (&value, text) && !g_param_value_validate (spec, &value);
  }
  if (ok && set)
    g_object_set_property (G_OBJECT (element), key->property, &value);
  g_value_unset (&value);
  return ok ? NULL
            : g_strdup_printf (
                  "%s=%.40s is nothing that %s takes; gst-inspect-1.0 %s says what it does",
                  key->name, text, GST_OBJECT_NAME (gst_element_get_factory (element)),
                  GST_OBJECT_NAME (gst_element_get_factory (element)));
}

static gboolean
concerns (const WatchKey *key, GstElement *element)
{
  return key->elements &&
         watch_word_in (key->elements, GST_OBJECT_NAME (gst_element_get_factory (element)));
}

/* A default of ours that an older element does not have is no mistake. */
static gboolean
set_element (GstElement *element, const WatchSettings *s, GError **error)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    g_autofree gchar *wrong = NULL;
    if (!s->values[i].text || !concerns (&watch_keys[i], element))
      continue;
    wrong = refuse (element, &watch_keys[i], s->values[i].text, TRUE);
    if (wrong && s->values[i].line) {
      g_set_error (error, GST_LIBRARY_ERROR, GST_LIBRARY_ERROR_SETTINGS, "%s", wrong);
      return FALSE;
    }
  }
  return TRUE;
}

/* ---- the chain ---- */

static gboolean
wants_objects (const WatchSettings *s)
{
  return !watch_choice (s, WATCH_DETECT, "none");
}

static gboolean
wants_faces (const WatchSettings *s)
{
  return watch_flag (s, WATCH_FACES);
}

static gboolean
wants_poses (const WatchSettings *s)
{
  return watch_flag (s, WATCH_POSE);
}

static gboolean
wants_hands (const WatchSettings *s)
{
  return watch_flag (s, WATCH_HANDS);
}

static gboolean
wants_zones (const WatchSettings *s)
{
  return watch_text (s, WATCH_ZONES) || watch_text (s, WATCH_ZONES_FILE);
}

static gboolean
wants_publishing (const WatchSettings *s)
{
  return watch_text (s, WATCH_PUBLISH) != NULL;
}

static void
set_objects (GstElement *element, const WatchSettings *s)
{
  if (!watch_choice (s, WATCH_DETECT, "all"))
    g_object_set (element, "classes", watch_text (s, WATCH_DETECT), NULL);
}

static void
set_publishing (GstElement *element, const WatchSettings *s)
{
  const gchar *to = watch_text (s, WATCH_PUBLISH);
  g_object_set (element, "source", s->name, g_str_has_prefix (to, "mqtt") ? "address" : "location",
                to, NULL);
}

/* In the order of the pipeline. */
static const struct {
  const gchar *factory;
  gboolean (*wanted) (const WatchSettings *s);
  void (*set) (GstElement *element, const WatchSettings *s);
} links[] = {
    {"tfcdetect", wants_objects, set_objects},
    {"tfcfacemesh", wants_faces, NULL},
    {"tfcpose", wants_poses, NULL},
    {"tfchands", wants_hands, NULL},
    {"tfczones", wants_zones, NULL},
    {"tfcpublish", wants_publishing, set_publishing},
};

static GstElement *
add (GstBin *pipeline, GstElement *before, const gchar *factory, GError **error)
{
  GstElement *element = watch_element_make (factory, error);
  if (!element)
    return NULL;
  gst_bin_add (pipeline, element);
  if (before && !gst_element_link (before, element)) {
    g_set_error (error, GST_CORE_ERROR, GST_CORE_ERROR_NEGOTIATION, "%s cannot be linked", factory);
    return NULL;
  }
  return element;
}

static void
remember (WatchParts *parts, guint link, GstElement *element)
{
  if (!parts->analyser && link < 4)
    parts->analyser = element;
  if (g_str_equal (links[link].factory, "tfcpublish"))
    parts->publish = element;
  else
    parts->shown = element;
}

gboolean
watch_parts_add (GstBin *pipeline, const WatchSettings *s, WatchParts *parts, GError **error)
{
  const gboolean live = watch_uri_is_live (watch_text (s, WATCH_URI));
  GstElement *last = parts->queue = parts->shown = add (pipeline, NULL, "queue", error);
  if (!last)
    return FALSE;
  gst_util_set_object_arg (G_OBJECT (last), "leaky", live ? "downstream" : "no");
  g_object_set (last, "max-size-buffers", 3, "max-size-bytes", 0, "max-size-time",
                G_GUINT64_CONSTANT (0), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    if (!links[i].wanted (s))
      continue;
    last = add (pipeline, last, links[i].factory, error);
    if (!last || !set_element (last, s, error))
      return FALSE;
    if (links[i].set)
      links[i].set (last, s);
    remember (parts, i, last);
  }
  parts->sink = add (pipeline, last, "fakesink", error);
  if (!parts->sink)
    return FALSE;
  g_object_set (parts->sink, "sync", !live, "enable-last-sample", FALSE, NULL);
  return TRUE;
}

/* ---- --check ---- */

/* What is wrong with zones is told when the element starts. */
static void
check_zones (GstElement *element, const WatchSettings *s, GPtrArray *mistakes)
{
  GstBus *bus = gst_bus_new ();
  const guint line = MAX (s->values[WATCH_ZONES].line, s->values[WATCH_ZONES_FILE].line);
  GstMessage *message;
  set_element (element, s, NULL);
  gst_element_set_bus (element, bus);
  gst_element_set_state (element, GST_STATE_PAUSED);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (message) {
    g_autofree gchar *text = watch_message_text (message);
    watch_mistake (mistakes, line, watch_scrub (text, NULL));
    gst_message_unref (message);
  }
  gst_element_set_state (element, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
  gst_object_unref (bus);
}

static void
check_element (GstElement *element, const WatchSettings *s, GPtrArray *mistakes)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    gchar *wrong;
    if (!s->values[i].line || !concerns (&watch_keys[i], element))
      continue;
    if ((wrong = refuse (element, &watch_keys[i], s->values[i].text, FALSE)))
      watch_mistake (mistakes, s->values[i].line, wrong);
  }
}

static void
check_camera (const WatchSettings *s, GPtrArray *mistakes)
{
  const gchar *decoder = watch_text (s, WATCH_DECODER);
  GstElementFactory *factory = decoder ? gst_element_factory_find (decoder) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (links); i++) {
    GError *error = NULL;
    GstElement *element =
        links[i].wanted (s) ? watch_element_make (links[i].factory, &error) : NULL;
    if (element) {
      gst_object_ref_sink (element);
      check_element (element, s, mistakes);
      if (links[i].wanted == wants_zones)
        check_zones (element, s, mistakes);
      gst_object_unref (element);
    } else if (error) {
      watch_mistake (mistakes, s->line, g_strdup (error->message));
    }
    g_clear_error (&error);
  }
  if (decoder && !factory)
    watch_mistake (mistakes, s->values[WATCH_DECODER].line,
                   g_strdup_printf ("\"decoder\": there is no element %.40s", decoder));
  if (factory)
    gst_object_unref (factory);
}

void
watch_parts_check (const WatchConfig *config, GPtrArray *mistakes)
{
  for (guint i = 0; i < config->cameras->len; i++)
    check_camera (g_ptr_array_index (config->cameras, i), mistakes);
  watch_mistakes_sort (mistakes);
}
