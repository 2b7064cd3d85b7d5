/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Every analyser with a model of the mirror: all its properties set at random from another thread
 * while it plays, wrong values too. No frame is lost, and when the properties have their defaults
 * again it finds what a fresh one finds. TFC_RANDOM: the seed. */
#include "tests/emulated.h"
#include "tests/gst/common/detect.h"
#include "tests/seed.h"

#define FRAMES 60
#define TRIES 5000

typedef struct {
  const gchar *element, *model, *picture;
} Kind;

static const Kind kinds[] = {
    {"tfcfacemesh", "models/face/face_landmark.tflite", "media/tfjs_portrait.png"},
    {"tfcpose", "models/pose/movenet_lightning/model.json", "golden/pose/media/squat.png"},
    {"tfchands", "models/hand/hand_landmark_full.tflite", "golden/hand/pictures/victory.png"},
    {"tfcsegment", "models/selfie/selfie_segmentation.tflite", "media/tfjs_portrait.png"},
    {"tfcclassify", "models/classify/mobilenet_v1_025_224/model.json", "media/coral_cat.png"},
};

typedef struct {
  GstElement *element;
  guint seed;
  gint calm; /* atomic */
} Setter;

/* Those of the analysers; the folders of models stay, and the reference would take too long. */
static gboolean
is_ours (const GParamSpec *spec)
{
  return spec->flags & G_PARAM_WRITABLE &&
         g_type_is_a (spec->owner_type, GST_TYPE_BASE_TRANSFORM) &&
         spec->owner_type != GST_TYPE_BASE_TRANSFORM && g_strcmp0 (spec->name, "model-path") &&
         g_strcmp0 (spec->name, "backend");
}

static void
pick_value (const GParamSpec *spec, GRand *random, GValue *value)
{
  static const gchar *const texts[] = {NULL, "", "person", "0.1,0.1,0.8,0.8", "/nowhere/none", "0"};
  const gint n = g_rand_int_range (random, 0, 1000);

  if (G_IS_PARAM_SPEC_ENUM (spec)) {
    const GEnumClass *all = G_PARAM_SPEC_ENUM (spec)->enum_class;
    g_value_set_enum (value, all->values[(guint)n % all->n_values].value);
  } else if (G_IS_PARAM_SPEC_FLAGS (spec)) {
    g_value_set_flags (value, (guint)n & G_PARAM_SPEC_FLAGS (spec)->flags_class->mask);
  } else if (G_IS_PARAM_SPEC_BOOLEAN (spec)) {
    g_value_set_boolean (value, n % 2);
  } else if (G_IS_PARAM_SPEC_UINT (spec)) {
    const GParamSpecUInt *s = G_PARAM_SPEC_UINT (spec);
    g_value_set_uint (value, s->minimum + (guint)n % (MIN (s->maximum - s->minimum, 3) + 1));
  } else if (G_IS_PARAM_SPEC_FLOAT (spec)) {
    const GParamSpecFloat *s = G_PARAM_SPEC_FLOAT (spec);
    g_value_set_float (value, s->minimum + (s->maximum - s->minimum) * (gfloat)n / 1000);
  } else if (G_IS_PARAM_SPEC_STRING (spec)) {
    g_value_set_string (value, texts[(guint)n % G_N_ELEMENTS (texts)]);
  } else {
    g_param_value_set_default ((GParamSpec *)spec, value);
  }
}

/* One at random, or with random NULL all, to their defaults. */
static void
set_some (GstElement *element, GRand *random)
{
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (element), &n);
  const guint one = random ? (guint)g_rand_int_range (random, 0, (gint)n) : n;

  for (guint i = 0; i < n; i++) {
    GValue value = G_VALUE_INIT;
    if (!is_ours (specs[i]) || (random && i != one))
      continue;
    g_value_init (&value, specs[i]->value_type);
    if (random)
      pick_value (specs[i], random, &value);
    else if (!g_strcmp0 (specs[i]->name, "threads"))
      g_value_set_uint (&value, 1);
    else
      g_param_value_set_default (specs[i], &value);
    g_object_set_property (G_OBJECT (element), specs[i]->name, &value);
    g_value_unset (&value);
  }
}

static gpointer
keep_setting (gpointer data)
{
  Setter *s = data;
  GRand *random = g_rand_new_with_seed (s->seed);

  while (!g_atomic_int_get (&s->calm)) {
    set_some (s->element, random);
    g_usleep ((gulong)g_rand_int_range (random, 0, 3000));
  }
  g_rand_free (random);
  return NULL;
}

/* What a buffer says first, without ids: they go on. */
typedef struct {
  const gchar *model; /* interned; NULL: no meta */
  guint n;
  gfloat values[7]; /* no padding: it is compared as memory */
} Sight;

static Sight
sight_of (GstBuffer *out)
{
  const GstTfcFaceMeta *faces = gst_buffer_get_tfc_face_meta (out);
  const GstTfcPoseMeta *poses = gst_buffer_get_tfc_pose_meta (out);
  const GstTfcMaskMeta *mask = gst_buffer_get_tfc_mask_meta (out);
  const GstTfcClassMeta *classes = gst_buffer_get_tfc_class_meta (out);
  Sight s = {0};

  if (faces)
    s = (Sight){faces->model, faces->n_faces, {0}};
  if (faces && faces->n_faces)
    memcpy (s.values, faces->faces, 5 * sizeof *s.values);
  if (poses)
    s = (Sight){poses->model, poses->n_poses, {0}};
  if (poses && poses->n_poses)
    memcpy (s.values, poses->poses, 5 * sizeof *s.values);
  if (classes)
    s = (Sight){classes->model, classes->n_classes, {0}};
  if (classes && classes->n_classes)
    s.values[0] = classes->classes[0].score;
  if (mask && !poses)
    s = (Sight){mask->model, mask->mask->width, {mask->mask->data[mask->mask->width * 40 + 60]}};
  return s;
}

/* The frame-th frame, as if nothing was before it, or after the others. */
static Sight
show (GstHarness *h, GstBuffer *picture, guint frame, gboolean anew)
{
  GstBuffer *buffer = gst_buffer_copy (picture), *out;
  GstSegment segment;
  Sight sight;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.base = frame * GST_SECOND;
  if (anew)
    gst_harness_push_event (h, gst_event_new_segment (&segment));
  GST_BUFFER_PTS (buffer) = frame * 40 * GST_MSECOND;
  GST_BUFFER_DURATION (buffer) = 40 * GST_MSECOND;
  out = through (h, buffer);
  sight = sight_of (out);
  gst_buffer_unref (out);
  return sight;
}

static GstHarness *
play (const Kind *kind, GstBuffer **picture)
{
  g_autofree gchar *models = shared_path ("models");
  GstHarness *h = detect_play (
      gst_element_factory_make_full (kind->element, "model-path", models, "threads", 1, NULL),
      NULL);
  GstCaps *caps;

  *picture = photo (kind->picture, "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  return h;
}

static void
test_each (gconstpointer data)
{
  const Kind *kind = data;
  GstBuffer *picture;
  GstHarness *h;
  GThread *thread;
  Setter setter;
  Sight fresh, now;
  guint tries = 0, differ = 0;

  if (!have_shared (kind->model))
    return;
  h = play (kind, &picture);
  fresh = show (h, picture, 0, TRUE);
  g_assert_true (fresh.model && fresh.n);
  setter = (Setter){h->element, test_seed (), 0};
  thread = g_thread_new ("setter", keep_setting, &setter);
  for (guint i = 1; i < (few_will_do () ? FRAMES / 4 : FRAMES); i++) {
    now = show (h, picture, i, FALSE);
    g_usleep (2000);
    differ += memcmp (&now, &fresh, sizeof now) != 0;
  }
  g_atomic_int_set (&setter.calm, 1);
  g_thread_join (thread);
  set_some (h->element, NULL);
  do {
    g_usleep (1000);
    now = show (h, picture, 100 + tries, TRUE);
  } while (memcmp (&now, &fresh, sizeof now) && ++tries < TRIES);
  g_test_message ("%u frames differed; as fresh after %u frames", differ, tries);
  g_assert_cmpuint (tries, <, TRIES);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree gchar *name = g_strdup_printf ("/reload-each/%s", kinds[i].element);
    g_test_add_data_func (name, &kinds[i], test_each);
  }
  return g_test_run ();
}
