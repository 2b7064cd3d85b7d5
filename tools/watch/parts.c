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

/* Whose numbers below 0 would be read as large ones. */
static gboolean
is_unsigned (const GParamSpec *spec)
{
  return spec->value_type == G_TYPE_UINT || spec->value_type == G_TYPE_UINT64;
}

/* NULL: the property is set; or why the element does not take the text (transfer full). */
static gchar *
set_value (GstElement *element, const WatchKey *key, const gchar *text)
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
    ok = !(*text == '-' && is_unsigned (spec)) && gst_value_deserialize (&value, text) &&
         !g_param_value_validate (spec, &value);
  }
  if (ok)
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
    wrong = set_value (element, &watch_keys[i], s->values[i].text);
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

#define N_ANALYSERS 4 /* the first links */

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
  if (!parts->analyser && link < N_ANALYSERS)
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

/* Whether text begins with the name of what is wrong, as in "roi: part 1 ..". */
static gboolean
is_told (const gchar *text, const gchar *property)
{
  return g_str_has_prefix (text, property) && text[strlen (property)] == ':';
}

/* The line that a starting element complains of. */
static guint
line_of (const WatchSettings *s, GstElement *element, const gchar *text)
{
  static const WatchKeyId likely[] = {WATCH_ZONES_FILE, WATCH_ZONES, WATCH_MODEL_FILE,
                                      WATCH_BASE_MODEL};
  const guint detect = s->values[WATCH_DETECT].line;
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    const WatchValue *v = &s->values[i];
    if (v->line && concerns (&watch_keys[i], element) && is_told (text, watch_keys[i].property))
      return v->line;
  }
  for (guint i = 0; i < G_N_ELEMENTS (likely) && !is_told (text, "classes"); i++) {
    if (s->values[likely[i]].line && concerns (&watch_keys[likely[i]], element))
      return s->values[likely[i]].line;
  }
  return detect && concerns (&watch_keys[WATCH_BASE_MODEL], element) ? detect : s->line;
}

/* Whether a file of a model is not there, which the machine that watches may have. */
static gboolean
is_absent (GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  gst_message_parse_error (message, &error, NULL);
  return g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND);
}

/* What is wrong with zones, parts of the picture, classes and models is told when the element
 * starts. */
static void
check_start (GstElement *element, const WatchSettings *s, GPtrArray *mistakes, GPtrArray *notes)
{
  GstBus *bus = gst_bus_new ();
  GstMessage *message;
  gst_element_set_bus (element, bus);
  gst_element_set_state (element, GST_STATE_PAUSED);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  if (message) {
    g_autofree gchar *text = watch_message_text (message);
    watch_mistake (notes && is_absent (message) ? notes : mistakes, line_of (s, element, text),
                   watch_scrub (text, s->password));
    gst_message_unref (message);
  }
  gst_element_set_state (element, GST_STATE_NULL);
  gst_element_set_bus (element, NULL);
  gst_object_unref (bus);
}

/* Sets what can be set. checked: by key, whether an element has taken or refused it. */
static void
check_values (GstElement *element, const WatchSettings *s, gboolean *checked, gboolean wanted,
              GPtrArray *mistakes)
{
  for (guint i = 0; i < WATCH_N_KEYS; i++) {
    gchar *wrong;
    if (!s->values[i].line || !concerns (&watch_keys[i], element) || (checked[i] && !wanted))
      continue;
    checked[i] = TRUE;
    if ((wrong = set_value (element, &watch_keys[i], s->values[i].text)))
      watch_mistake (mistakes, s->values[i].line, wrong);
  }
}

static void
check_link (const WatchSettings *s, guint link, gboolean *checked, GPtrArray *mistakes,
            GPtrArray *notes)
{
  const gboolean wanted = links[link].wanted (s);
  const gboolean starts = links[link].wanted == wants_zones || (notes && link < N_ANALYSERS);
  g_autoptr (GError) error = NULL;
  GstElement *element = watch_element_make (links[link].factory, &error);
  if (!element) {
    if (wanted)
      watch_mistake (mistakes, s->line, g_strdup (error->message));
    return;
  }
  gst_object_ref_sink (element);
  check_values (element, s, checked, wanted, mistakes);
  if (wanted && starts) {
    if (links[link].set)
      links[link].set (element, s);
    check_start (element, s, mistakes, notes);
  }
  gst_object_unref (element);
}

/* Values of elements that are not wanted are looked at all the same, after the others. */
static void
check_links (const WatchSettings *s, GPtrArray *mistakes, GPtrArray *notes)
{
  gboolean checked[WATCH_N_KEYS] = {FALSE};
  for (guint i = 0; i < 2 * G_N_ELEMENTS (links); i++) {
    const guint link = i % G_N_ELEMENTS (links);
    if (links[link].wanted (s) == (i < G_N_ELEMENTS (links)))
      check_link (s, link, checked, mistakes, notes);
  }
}

static void
check_decoder (const WatchSettings *s, GPtrArray *mistakes)
{
  const gchar *name = watch_text (s, WATCH_DECODER);
  GstElementFactory *factory = name ? gst_element_factory_find (name) : NULL;
  const guint line = s->values[WATCH_DECODER].line;
  if (name && !factory)
    watch_mistake (mistakes, line,
                   g_strdup_printf ("\"decoder\": there is no element %.40s", name));
  else if (name && !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER))
    watch_mistake (mistakes, line, g_strdup_printf ("\"decoder\": %.40s is no decoder", name));
  if (factory)
    gst_object_unref (factory);
}

void
watch_parts_check (const WatchConfig *config, GPtrArray *mistakes, GPtrArray *notes)
{
  for (guint i = 0; i < config->cameras->len; i++) {
    check_links (g_ptr_array_index (config->cameras, i), mistakes, notes);
    check_decoder (g_ptr_array_index (config->cameras, i), mistakes);
  }
  watch_mistakes_sort (mistakes);
}
