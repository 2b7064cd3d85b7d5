/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The table of properties, on an element of the test's own. */
#include "gst/util/gsttfcproperties.h"
#include "tests/gst/common/detect.h"

typedef struct {
  gboolean on;
  guint number;
  gfloat share;
  gdouble angle;
  gchar *text, *word; /* word has a default */
  gint format;        /* GstFormat */
} Settings;

typedef struct {
  GstElement parent;
  Settings settings;
  guint reloads, renegotiations, changes; /* how often */
} Thing;
typedef GstElementClass ThingClass;
GType thing_get_type (void);
G_DEFINE_TYPE (Thing, thing, GST_TYPE_ELEMENT)

static gpointer
settings_of (GObject *object)
{
  return &((Thing *)object)->settings;
}

static void
reload (GObject *object)
{
  g_assert_false (GST_OBJECT_TRYLOCK (object)); /* held */
  ((Thing *)object)->reloads++;
}

static void
renegotiate (GObject *object)
{
  g_assert_true (GST_OBJECT_TRYLOCK (object));
  GST_OBJECT_UNLOCK (object);
  ((Thing *)object)->renegotiations++;
}

/* 13 is refused, 7 is to be renegotiated. */
static gboolean
number_changed (GObject *object, GError **refused)
{
  Thing *thing = (Thing *)object;

  thing->changes++;
  if (thing->settings.number == 13) {
    g_set_error (refused, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "no 13");
    thing->settings.number = 1;
  }
  return thing->settings.number == 7;
}

static void
get_changes (GObject *object, GValue *value)
{
  g_value_set_uint (value, ((Thing *)object)->changes);
}

#define FIELD(field) G_STRUCT_OFFSET (Settings, field)
#define RELOADS .flags = GST_TFC_PROPERTY_RELOADS

// clang-format off
static const GstTfcProperty rows[] = {
  {"on", "On", "A switch", GST_TFC_PROPERTY_BOOLEAN, FIELD (on), .flags = GST_TFC_PROPERTY_CONTROLLABLE},
  {"number", "Number", "A number", GST_TFC_PROPERTY_UINT, FIELD (number), 1, 100, .changed = number_changed},
  {"share", "Share", "A fraction", GST_TFC_PROPERTY_FLOAT, FIELD (share), 0, 1, RELOADS},
  {"angle", "Angle", "Degrees", GST_TFC_PROPERTY_DOUBLE, FIELD (angle), -180, 180},
  {"text", "Text", "Anything", GST_TFC_PROPERTY_STRING, FIELD (text), RELOADS},
  {"word", "Word", "Anything", GST_TFC_PROPERTY_STRING, FIELD (word)},
  {"format", "Format", "An enum", GST_TFC_PROPERTY_ENUM, FIELD (format), .type = gst_format_get_type, RELOADS},
  {"changes", "Changes", "No field", GST_TFC_PROPERTY_UINT, 0, 0, 100, .flags = GST_TFC_PROPERTY_READ_ONLY, .get = get_changes},
};
// clang-format on

static const Settings defaults = {.on = TRUE,
                                  .number = 5,
                                  .share = 0.5f,
                                  .angle = 30,
                                  .word = "hello",
                                  .format = GST_FORMAT_TIME};
static const GstTfcPropertyTable table = {
    rows, G_N_ELEMENTS (rows), &defaults, sizeof defaults, settings_of, reload, renegotiate};

static void
thing_finalize (GObject *object)
{
  gst_tfc_properties_clear (&table, settings_of (object));
  G_OBJECT_CLASS (thing_parent_class)->finalize (object);
}

static void
thing_init (Thing *thing)
{
  gst_tfc_properties_init (&table, &thing->settings);
}

static void
thing_class_init (ThingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = thing_finalize;
  gst_tfc_properties_install (G_OBJECT_CLASS (klass), &table, 1);
}

static Thing *
thing_new (void)
{
  return (Thing *)gst_object_ref_sink (g_object_new (thing_get_type (), NULL));
}

static void
test_defaults (void)
{
  Thing *thing = thing_new ();
  guint changes;

  assert_defaults (GST_ELEMENT (thing));
  thing->changes = 42;
  g_object_get (thing, "changes", &changes, NULL);
  g_assert_cmpuint (changes, ==, 42);
  gst_object_unref (thing);
}

static void
test_flags (void)
{
  GObjectClass *klass = g_type_class_ref (thing_get_type ());
  const GParamFlags on = g_object_class_find_property (klass, "on")->flags;
  const GParamFlags text = g_object_class_find_property (klass, "text")->flags;
  const GParamFlags changes = g_object_class_find_property (klass, "changes")->flags;

  g_assert_true (on & GST_PARAM_CONTROLLABLE && on & GST_PARAM_MUTABLE_PLAYING);
  g_assert_true (!(text & GST_PARAM_CONTROLLABLE) && text & GST_PARAM_MUTABLE_PLAYING);
  g_assert_true (!(changes & G_PARAM_WRITABLE) && !(changes & GST_PARAM_MUTABLE_PLAYING));
  g_type_class_unref (klass);
}

static void
test_set (void)
{
  Thing *thing = thing_new ();
  g_autofree gchar *text = NULL;
  g_autofree gchar *word = NULL;
  GstFormat format;
  gboolean on;
  gdouble angle;

  g_object_set (thing, "on", FALSE, "angle", -90.0, "text", "a", "word", "b", "format",
                GST_FORMAT_BYTES, NULL);
  g_object_get (thing, "on", &on, "angle", &angle, "text", &text, "word", &word, "format", &format,
                NULL);
  g_assert_false (on);
  g_assert_cmpfloat (angle, ==, -90);
  g_assert_cmpstr (text, ==, "a");
  g_assert_cmpstr (word, ==, "b");
  g_assert_cmpint (format, ==, GST_FORMAT_BYTES);
  g_object_set (thing, "text", NULL, "word", NULL, NULL); /* nothing, and the default */
  g_assert_null (thing->settings.text);
  g_assert_cmpstr (thing->settings.word, ==, "hello");
  gst_object_unref (thing);
}

/* Only another value reloads, and only where the row says so. */
static void
test_reload (void)
{
  Thing *thing = thing_new ();

  g_object_set (thing, "on", FALSE, "share", 0.5, "text", NULL, NULL);
  g_assert_cmpuint (thing->reloads, ==, 0);
  g_object_set (thing, "share", 0.25, "text", "a", NULL);
  g_assert_cmpuint (thing->reloads, ==, 2);
  g_object_set (thing, "text", "a", NULL);
  g_assert_cmpuint (thing->reloads, ==, 2);
  gst_object_unref (thing);
}

static void
test_changed (void)
{
  Thing *thing = thing_new ();
  GstBus *bus = gst_bus_new ();

  gst_element_set_bus (GST_ELEMENT (thing), bus);
  g_object_set (thing, "number", 5, NULL);
  g_assert_cmpuint (thing->changes, ==, 0);
  g_object_set (thing, "number", 7, NULL);
  g_assert_cmpuint (thing->renegotiations, ==, 1);
  g_assert_false (gst_bus_have_pending (bus));
  g_object_set (thing, "number", 13, NULL);
  g_assert_cmpuint (thing->changes, ==, 2);
  g_assert_cmpuint (thing->renegotiations, ==, 1);
  g_assert_cmpuint (thing->settings.number, ==, 1);
  assert_message (bus, GST_MESSAGE_WARNING, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "no 13");
  gst_element_set_bus (GST_ELEMENT (thing), NULL);
  gst_object_unref (bus);
  gst_object_unref (thing);
}

static void
test_copy (void)
{
  Thing *thing = thing_new ();
  Settings copy = {0};

  g_object_set (thing, "text", "a", "number", 9, NULL);
  gst_tfc_properties_copy (&table, &copy, &thing->settings);
  g_assert_true (copy.text == thing->settings.text); /* counted, not copied */
  g_object_set (thing, "text", "b", NULL);
  g_assert_cmpstr (copy.text, ==, "a");
  gst_tfc_properties_copy (&table, &copy, &thing->settings);
  g_assert_cmpstr (copy.text, ==, "b");
  g_assert_cmpuint (copy.number, ==, 9);
  gst_tfc_properties_clear (&table, &copy);
  g_assert_null (copy.text);
  gst_object_unref (thing);
}

static void
note (GObject *object, GParamSpec *spec, gpointer text)
{
  g_string_append_printf (text, "%s ", spec->name);
}

/* Only what RELOADS is set back; what was the same is not told. */
static void
test_restore (void)
{
  Thing *thing = thing_new ();
  GString *noted = g_string_new (NULL);
  GstTfcReverts reverts = {{NULL}};
  Settings before = {0};

  gst_tfc_properties_copy (&table, &before, &thing->settings);
  g_object_set (thing, "number", 9, "text", "a", "format", GST_FORMAT_BYTES, NULL);
  g_signal_connect (thing, "notify", G_CALLBACK (note), noted);
  gst_tfc_properties_restore (&table, &thing->settings, &before, &reverts);
  gst_tfc_reverts_add (&reverts, "text"); /* once more is once */
  g_assert_cmpuint (thing->settings.number, ==, 9);
  g_assert_null (thing->settings.text);
  g_assert_cmpint (thing->settings.format, ==, GST_FORMAT_TIME);
  gst_tfc_reverts_tell (&reverts, GST_ELEMENT (thing));
  g_assert_cmpstr (noted->str, ==, "text format ");
  gst_tfc_reverts_tell (&reverts, GST_ELEMENT (thing));
  g_assert_cmpstr (noted->str, ==, "text format ");
  gst_tfc_properties_clear (&table, &before);
  g_string_free (noted, TRUE);
  gst_object_unref (thing);
}

static const TestCase cases[] = {
    {"/properties/defaults", test_defaults}, {"/properties/flags", test_flags},
    {"/properties/set", test_set},           {"/properties/reload", test_reload},
    {"/properties/changed", test_changed},   {"/properties/copy", test_copy},
    {"/properties/restore", test_restore},   {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
