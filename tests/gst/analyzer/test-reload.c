/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings are never lost: each is applied or refused with a message, whenever it comes; properties
 * that are set back notify; changes that follow each other are one. */
#include <string.h>
#include "tests/gst/common/tiny.h"

/* ---- a hand that sets properties at a moment ---- */

typedef struct {
  const gchar *moment; /* name of an element message, or NULL: not by message */
  void (*set) (GstElement *element, gpointer data);
  gpointer data;
  gint left; /* how often still */
  /* what was seen (sync handler: any thread; read when nothing is posted any more): */
  gint loading, loaded, failed, warnings, errors; /* atomic */
} Hand;

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *m, gpointer data)
{
  Hand *hand = data;
  const GstStructure *s = gst_message_get_structure (m);
  const gchar *name = s ? gst_structure_get_name (s) : "";

  if (g_str_equal (name, "model-loading"))
    g_atomic_int_inc (&hand->loading);
  if (g_str_equal (name, "model-loaded"))
    g_atomic_int_inc (&hand->loaded);
  if (g_str_equal (name, "model-failed"))
    g_atomic_int_inc (&hand->failed);
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_WARNING)
    g_atomic_int_inc (&hand->warnings);
  if (GST_MESSAGE_TYPE (m) == GST_MESSAGE_ERROR)
    g_atomic_int_inc (&hand->errors);
  if (hand->moment && g_str_equal (name, hand->moment) && g_atomic_int_add (&hand->left, -1) > 0)
    hand->set (GST_ELEMENT (GST_MESSAGE_SRC (m)), hand->data);
  return GST_BUS_PASS;
}

/* Plays element, which is taken, under hand's eyes. */
static GstHarness *
play_with (GstElement *element, Hand *hand, GstBus **bus)
{
  GstHarness *h;

  *bus = gst_bus_new ();
  gst_bus_set_sync_handler (*bus, on_message, hand, NULL);
  gst_element_set_bus (element, *bus);
  h = gst_harness_new_with_element (element, "sink", "src");
  gst_object_unref (element);
  gst_harness_set_src_caps (h, caps_of ("RGB", 16, 16));
  return h;
}

static gint
count (gint *what)
{
  return g_atomic_int_get (what);
}

/* Shows white pictures until what is seen pleases, for a minute at most. */
static gboolean
until (GstHarness *h, gboolean (*pleases) (GstElement *, Sight, gconstpointer), gconstpointer data)
{
  for (guint i = 0; i < 60000; i++) {
    if (pleases (h->element, look_at (h, i), data))
      return TRUE;
    g_usleep (1000);
  }
  return FALSE;
}

/* ---- every property at every moment ---- */

typedef struct {
  const gchar *property, *value;
  gchar **file; /* the value, where it is a file of the test's */
  gboolean (*runs) (GstElement *element, Sight sight, gconstpointer data);
  gconstpointer expected;
} Change;

static gboolean
shows_label (GstElement *element, Sight sight, gconstpointer label)
{
  return sight.n == 1 && g_strcmp0 (sight.label, label) == 0;
}

static gboolean
shows_none (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.n == 0;
}

static gboolean
shows_copy (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.model && g_str_has_suffix (tiny_copy, sight.model);
}

static gboolean
uses_threads (GstElement *element, Sight sight, gconstpointer n)
{
  guint used;

  g_object_get (element, "threads-used", &used, NULL);
  return used == threads_of (GPOINTER_TO_UINT (n));
}

static gboolean
is_alone (GstElement *element, Sight sight, gconstpointer unused)
{
  g_autoptr (GstStructure) stats = NULL;
  guint streams;

  g_object_get (element, "stats", &stats, NULL);
  return gst_structure_get_uint (stats, "streams", &streams) && streams == 1;
}

static gboolean
was_held (GstElement *element, Sight sight, gconstpointer unused)
{
  return sight.held;
}

static const Change changes[] = {
    {"classes", "bee", NULL, shows_label, "bee"},
    {"classes", "cow,1", NULL, shows_label, "bee"},
    {"exclude-classes", "ape,bee", NULL, shows_label, "cow"},
    {"label-file", NULL, &other_labels, shows_label, "ant"},
    {"model-file", NULL, &tiny_copy, shows_copy, NULL},
    {"threads", "2", NULL, uses_threads, GUINT_TO_POINTER (2)},
    {"backend", "reference", NULL, is_alone, NULL}, /* the neighbour runs on another */
    {"share", "false", NULL, is_alone, NULL},
    {"score-threshold", "1.0", NULL, shows_none, NULL},
    {"interval", "5", NULL, was_held, NULL},
};

static void
set_change (GstElement *element, gpointer data)
{
  const Change *c = data;

  gst_util_set_object_arg (G_OBJECT (element), c->property, c->file ? *c->file : c->value);
}

/* The property as text; g_free. */
static gchar *
value_of (GstElement *element, const gchar *property)
{
  GValue value = G_VALUE_INIT;
  gchar *text;

  g_value_init (&value,
                g_object_class_find_property (G_OBJECT_GET_CLASS (element), property)->value_type);
  g_object_get_property (G_OBJECT (element), property, &value);
  text = G_VALUE_HOLDS_STRING (&value) ? g_value_dup_string (&value) : gst_value_serialize (&value);
  g_value_unset (&value);
  return text;
}

static void
assert_applied (const Change *c, const gchar *moment)
{
  Hand hand = {.set = set_change, .data = (gpointer)c, .left = 1};
  GstHarness *h, *neighbour = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  g_autofree gchar *set = NULL;
  g_autofree gchar *then = NULL;
  GstBus *bus;

  hand.moment = g_str_has_prefix (moment, "model-") ? moment : NULL;
  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  if (g_str_equal (moment, "streaming"))
    g_assert_cmpint (look_at (h, 0).n, ==, 1);
  if (!hand.moment)
    set_change (h->element, hand.data);
  set = value_of (h->element, c->property);
  g_test_message ("%s=%s at %s", c->property, set, moment);
  g_assert_true (until (h, c->runs, c->expected));
  then = value_of (h->element, c->property);
  g_assert_cmpstr (then, ==, set);
  if (!c->file && !strstr (c->value, ".")) /* 1.0 reads as 1 */
    g_assert_cmpstr (then, ==, c->value);
  else if (c->file)
    g_assert_cmpstr (then, ==, *c->file);
  g_assert_cmpint (count (&hand.failed) + count (&hand.warnings) + count (&hand.errors), ==, 0);
  detect_done (h, bus);
  detect_done (neighbour, NULL);
}

static void
test_applied (gconstpointer moment)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    assert_applied (&changes[i], moment);
}

/* ---- refused ---- */

/* Which properties notified, in order: "classes threads ". */
static void
note (GObject *object, GParamSpec *spec, gpointer text)
{
  static GMutex lock;

  g_mutex_lock (&lock);
  g_string_append_printf (text, "%s ", spec->name);
  g_mutex_unlock (&lock);
}

static void
set_nonsense (GstElement *element, gpointer property)
{
  g_object_set (element, property, "cow,nonsense", NULL);
}

/* A class that the labels do not have: a warning and the property set back, also while loading;
 * what else was set stays. */
static void
test_nonsense (gconstpointer moment)
{
  static const gchar *const properties[] = {"classes", "exclude-classes"};

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++) {
    Hand hand = {.set = set_nonsense, .data = (gpointer)properties[i], .left = 1};
    GString *noted = g_string_new (NULL);
    GstElement *element = tiny_new (properties[i], "bee", NULL);
    g_autofree gchar *value = NULL;
    GstHarness *h;
    GstBus *bus;

    hand.moment = g_str_has_prefix (moment, "model-") ? moment : NULL;
    g_signal_connect (element, i ? "notify::exclude-classes" : "notify::classes", G_CALLBACK (note),
                      noted);
    h = play_with (element, &hand, &bus);
    if (!hand.moment)
      set_nonsense (h->element, hand.data);
    assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                    "nonsense");
    g_object_get (h->element, properties[i], &value, NULL);
    g_assert_cmpstr (value, ==, "bee");
    g_assert_cmpstr (look_at (h, 0).label, ==, i ? "ape" : "bee");
    g_assert_cmpuint (noted->len, >, 0);
    if (hand.moment) /* once when it was set, once when it was set back */
      g_assert_cmpstr (noted->str, ==, i ? "exclude-classes exclude-classes " : "classes classes ");
    g_assert_cmpint (count (&hand.failed) + count (&hand.errors), ==, 0);
    g_assert_cmpint (count (&hand.warnings), ==, 1);
    detect_done (h, bus);
    g_string_free (noted, TRUE);
  }
}

static void
set_both_filters (GstElement *element, gpointer unused)
{
  g_object_set (element, "classes", "cow", "exclude-classes", "nonsense", NULL);
}

/* Of two filters only the wrong one is set back. */
static void
test_one_of_two (void)
{
  Hand hand = {"model-loading", set_both_filters, NULL, 1};
  g_autofree gchar *classes = NULL;
  g_autofree gchar *exclude = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_object_get (h->element, "classes", &classes, "exclude-classes", &exclude, NULL);
  g_assert_cmpstr (classes, ==, "cow");
  g_assert_null (exclude);
  g_assert_cmpstr (look_at (h, 0).label, ==, "cow");
  g_assert_cmpint (count (&hand.warnings), ==, 1);
  detect_done (h, bus);
}

static void
set_bad_model (GstElement *element, gpointer unused)
{
  g_object_set (element, "model-file", "/nowhere/none.tflite", NULL);
}

/* While the first model loads another is asked for that cannot be had: the first runs. */
static void
test_bad_second (void)
{
  Hand hand = {"model-loading", set_bad_model, NULL, 1};
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                  "/nowhere/none.tflite");
  g_object_get (h->element, "model-file", &file, NULL);
  g_assert_cmpstr (file, ==, tiny_model);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  g_assert_cmpint (count (&hand.failed), ==, 1);
  g_assert_cmpint (count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

static void
set_good_model (GstElement *element, gpointer unused)
{
  g_object_set (element, "model-file", tiny_model, NULL);
}

/* The first model cannot be had, but while that is found out a good one is asked for. */
static void
test_bad_first (void)
{
  Hand hand = {"model-loading", set_good_model, NULL, 1};
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("model-file", "/nowhere/none.tflite", NULL), &hand, &bus);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  g_assert_cmpint (count (&hand.failed) + count (&hand.warnings) + count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

/* Everything that a request is made of is set back, and notifies; what did not change does not. */
static void
test_set_back (void)
{
  Hand hand = {0};
  GString *noted = g_string_new (NULL);
  g_autofree gchar *file = NULL;
  g_autofree gchar *labels = NULL;
  g_autofree gchar *path = NULL;
  g_autofree gchar *classes = NULL;
  guint threads, backend, base;
  gboolean share;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("base-model", 3, NULL), &hand, &bus);
  g_object_freeze_notify (G_OBJECT (h->element));
  g_object_set (h->element, "threads", 2, "backend", 2, "share", FALSE, "model-path", "/nowhere",
                "base-model", 1, "label-file", other_labels, "model-file", "/nowhere/none.tflite",
                "classes", "bee", NULL);
  g_object_thaw_notify (G_OBJECT (h->element));
  g_signal_connect (h->element, "notify", G_CALLBACK (note), noted);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND,
                  "/nowhere/none.tflite");
  g_object_get (h->element, "threads", &threads, "backend", &backend, "share", &share, "model-path",
                &path, "base-model", &base, "label-file", &labels, "model-file", &file, "classes",
                &classes, NULL);
  g_assert_cmpuint (threads, ==, 1);
  g_assert_cmpuint (backend, ==, 0);
  g_assert_true (share);
  g_assert_null (path);
  g_assert_cmpuint (base, ==, 3);
  g_assert_cmpstr (labels, ==, tiny_labels);
  g_assert_cmpstr (file, ==, tiny_model);
  g_assert_cmpstr (classes, ==, "bee"); /* fits what runs */
  g_assert_cmpstr (noted->str, ==,
                   "backend threads share model-path base-model model-file label-file ");
  g_assert_cmpstr (look_at (h, 0).label, ==, "bee");
  detect_done (h, bus);
  g_string_free (noted, TRUE);
}

/* ---- two changes are one ---- */

static void
set_other_labels (GstElement *element, gpointer unused)
{
  g_object_set (element, "label-file", other_labels, NULL);
}

/* The first alone could not be loaded; the second comes at once, or while the first is found to be
 * wrong. Nobody is told of a failure, nothing is set back. */
static void
test_together (gconstpointer at_once)
{
  Hand hand = {"model-loading", set_other_labels, NULL, 0};
  g_autofree gchar *labels = NULL;
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, at_once ? 0 : 1);
  g_object_set (h->element, "label-file", short_labels, "model-file", tiny_copy, NULL);
  if (at_once)
    set_other_labels (h->element, NULL);
  g_assert_true (until (h, shows_label, "ant"));
  g_assert_true (until (h, shows_copy, NULL));
  g_object_get (h->element, "label-file", &labels, "model-file", &file, NULL);
  g_assert_cmpstr (labels, ==, other_labels);
  g_assert_cmpstr (file, ==, tiny_copy);
  g_assert_cmpint (count (&hand.failed) + count (&hand.warnings) + count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

static void
set_bat (GstElement *element, gpointer unused)
{
  g_object_set (element, "classes", "bat,ant", NULL);
}

/* Labels, then a class that only they have. */
static void
test_labels_then_class (gconstpointer at_once)
{
  Hand hand = {"model-loading", set_bat, NULL, 0};
  g_autofree gchar *classes = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("classes", "ape", NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, at_once ? 0 : 1);
  g_object_set (h->element, "label-file", other_labels, NULL);
  if (at_once)
    set_bat (h->element, NULL);
  g_assert_true (until (h, shows_label, "ant"));
  g_object_get (h->element, "classes", &classes, NULL);
  g_assert_cmpstr (classes, ==, "bat,ant");
  g_assert_cmpint (count (&hand.failed) + count (&hand.warnings) + count (&hand.errors), ==, 0);
  detect_done (h, bus);
}

/* Labels that do not know the class that was asked for: a failure, all goes on as it was. */
static void
test_labels_without_class (void)
{
  Hand hand = {0};
  g_autofree gchar *labels = NULL;
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("classes", "ape", NULL), &hand, &bus);
  g_object_set (h->element, "label-file", other_labels, NULL);
  assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS, "ape");
  g_object_get (h->element, "label-file", &labels, NULL);
  g_assert_cmpstr (labels, ==, tiny_labels);
  g_assert_cmpstr (look_at (h, 0).label, ==, "ape");
  detect_done (h, bus);
}

/* ---- handlers that set more ---- */

static void
set_threads (GstElement *element, gpointer unused)
{
  g_object_set (element, "threads", 2, NULL);
}

/* When the property is set back. */
static void
on_notify (GObject *element, GParamSpec *spec, gpointer unused)
{
  g_autofree gchar *file = NULL;

  g_object_get (element, "model-file", &file, NULL);
  if (g_str_equal (file, tiny_model))
    set_threads (GST_ELEMENT (element), NULL);
}

/* From the handler of model-failed, and of a notification that tells of it: no deadlock, and it
 * counts. */
static void
test_from_handlers (gconstpointer by_notify)
{
  Hand hand = {"model-failed", set_threads, NULL, by_notify ? 0 : 1};
  GstHarness *h;
  GstBus *bus;

  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  if (by_notify)
    g_signal_connect (h->element, "notify::model-file", G_CALLBACK (on_notify), NULL);
  set_bad_model (h->element, NULL);
  g_assert_true (until (h, uses_threads, GUINT_TO_POINTER (2)));
  g_assert_cmpint (count (&hand.failed), ==, 1);
  detect_done (h, bus);
}

/* threads-used and stats tell when they change. */
static void
test_notifications (void)
{
  GString *threads = g_string_new (NULL), *stats = g_string_new (NULL);
  GstElement *element = tiny_new ("max-detections", 20, NULL);
  Hand hand = {0};
  GstHarness *h;
  GstBus *bus;

  g_signal_connect (element, "notify::threads-used", G_CALLBACK (note), threads);
  g_signal_connect (element, "notify::stats", G_CALLBACK (note), stats);
  h = play_with (element, &hand, &bus);
  g_assert_cmpstr (threads->str, ==, "threads-used ");
  g_assert_cmpuint (stats->len, >, 0);
  set_threads (h->element, NULL);
  g_assert_true (until (h, uses_threads, GUINT_TO_POINTER (2)));
  if (threads_of (2) == 2)
    g_assert_cmpstr (threads->str, ==, "threads-used threads-used ");
  g_string_truncate (stats, 0);
  g_assert_true (gst_harness_push_event (h, gst_event_new_eos ()));
  g_assert_cmpstr (stats->str, ==, "stats ");
  g_string_truncate (threads, 0);
  g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_READY), ==,
                   GST_STATE_CHANGE_SUCCESS);
  g_assert_cmpstr (threads->str, ==, "threads-used ");
  g_signal_handlers_disconnect_by_data (h->element, threads);
  g_signal_handlers_disconnect_by_data (h->element, stats);
  detect_done (h, bus);
  g_string_free (threads, TRUE);
  g_string_free (stats, TRUE);
}

/* ---- stopped while it loads ---- */

typedef struct {
  GMutex lock;
  GCond changed;
  gboolean loading, go;
} Hold;

static void
hold (GstElement *element, gpointer data)
{
  Hold *h = data;

  g_mutex_lock (&h->lock);
  h->loading = TRUE;
  g_cond_broadcast (&h->changed);
  while (!h->go)
    g_cond_wait (&h->changed, &h->lock);
  g_mutex_unlock (&h->lock);
}

/* What is set while another model is being loaded, just before the stop, is there at the next
 * start. */
static void
test_stop (void)
{
  Hold held = {.loading = FALSE};
  Hand hand = {"model-loading", hold, &held, 0};
  g_autofree gchar *file = NULL;
  GstHarness *h;
  GstBus *bus;

  g_mutex_init (&held.lock);
  g_cond_init (&held.changed);
  h = play_with (tiny_new ("max-detections", 20, NULL), &hand, &bus);
  g_atomic_int_set (&hand.left, 1);
  set_bad_model (h->element, NULL);
  g_mutex_lock (&held.lock);
  while (!held.loading)
    g_cond_wait (&held.changed, &held.lock);
  g_object_set (h->element, "model-file", tiny_copy, "label-file", other_labels, "classes", "ant",
                NULL);
  held.go = TRUE;
  g_cond_broadcast (&held.changed);
  g_mutex_unlock (&held.lock);
  gst_element_set_state (h->element, GST_STATE_READY);
  g_object_get (h->element, "model-file", &file, NULL);
  g_assert_cmpstr (file, ==, tiny_copy);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  gst_harness_push_event (h, gst_event_new_stream_start ("again"));
  gst_harness_push_event (h, gst_event_new_caps (caps_of ("RGB", 16, 16)));
  {
    GstSegment segment;
    gst_segment_init (&segment, GST_FORMAT_TIME);
    gst_harness_push_event (h, gst_event_new_segment (&segment));
  }
  g_assert_cmpstr (look_at (h, 0).label, ==, "ant");
  g_assert_cmpint (count (&hand.failed) + count (&hand.warnings) + count (&hand.errors), ==, 0);
  detect_done (h, bus);
  g_mutex_clear (&held.lock);
  g_cond_clear (&held.changed);
}

/* ---- faces ---- */

static guint
points_of (GstHarness *h, GstBuffer *picture, guint n)
{
  GstBuffer *buffer = gst_buffer_copy (picture), *out;
  const GstTfcFaceMeta *meta;
  guint points;

  GST_BUFFER_PTS (buffer) = n * (GST_SECOND / 30);
  out = through (h, buffer);
  meta = gst_buffer_get_tfc_face_meta (out);
  points = meta && meta->n_faces ? meta->faces[0].n_points : 0;
  gst_buffer_unref (out);
  return points;
}

static void
test_faces (gconstpointer moment)
{
  static const Change cases[] = {{"predict-irises", "true"}, {"mesh-model", "attention"}};
  g_autofree gchar *models = shared_path ("models");

  if (!have_model ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Hand hand = {moment, set_change, (gpointer)&cases[i], 1};
    GstElement *element =
        gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1,
                                       "predict-irises", i == 1, "max-faces", 1, NULL);
    g_autofree gchar *value = NULL;
    GstBuffer *picture;
    GstHarness *h;
    GstCaps *caps;
    GstBus *bus;
    guint n = 0;

    h = play_with (element, &hand, &bus);
    picture = photo ("media/tfjs_portrait.png", "RGB", 0, 0, &caps);
    gst_harness_set_src_caps (h, caps);
    while (points_of (h, picture, n) != 478 && n < 2000)
      n++;
    g_assert_cmpuint (n, <, 2000);
    value = value_of (h->element, cases[i].property);
    g_assert_cmpstr (value, ==, cases[i].value);
    if (g_str_equal (moment, "model-loading")) {
      g_assert_cmpuint (n, ==, 0); /* the first frame has it already */
      g_assert_cmpint (count (&hand.loading), ==, 2);
    }
    gst_buffer_unref (picture);
    detect_done (h, bus);
  }
}

void
forget_picture (void)
{
  tiny_done ();
}

#define AT(path, test, moment) g_test_add_data_func (path "/" moment, moment, test)

void
add_tests (void)
{
  tiny_init ();
  AT ("/settings/applied", test_applied, "model-loading");
  AT ("/settings/applied", test_applied, "model-loaded");
  AT ("/settings/applied", test_applied, "started");
  AT ("/settings/applied", test_applied, "streaming");
  AT ("/settings/nonsense", test_nonsense, "model-loading");
  AT ("/settings/nonsense", test_nonsense, "started");
  g_test_add_func ("/settings/one-of-two", test_one_of_two);
  g_test_add_func ("/settings/bad-second", test_bad_second);
  g_test_add_func ("/settings/bad-first", test_bad_first);
  g_test_add_func ("/settings/set-back", test_set_back);
  g_test_add_data_func ("/settings/together/at-once", "at once", test_together);
  g_test_add_data_func ("/settings/together/while-loading", NULL, test_together);
  g_test_add_data_func ("/settings/labels-then-class/at-once", "at once", test_labels_then_class);
  g_test_add_data_func ("/settings/labels-then-class/while-loading", NULL, test_labels_then_class);
  g_test_add_func ("/settings/labels-without-class", test_labels_without_class);
  g_test_add_data_func ("/settings/from-handlers/message", NULL, test_from_handlers);
  g_test_add_data_func ("/settings/from-handlers/notify", "notify", test_from_handlers);
  g_test_add_func ("/settings/notifications", test_notifications);
  g_test_add_func ("/settings/stop", test_stop);
  AT ("/settings/faces", test_faces, "model-loading");
  AT ("/settings/faces", test_faces, "model-loaded");
}
