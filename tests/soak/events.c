/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/events.h"

#include <stdio.h>

/* Not the font: Cairo and fontconfig keep what they draw with in tables that take an hour to fill.
 * The first value is what every stream starts with. "@" stands for the shared mirror; "-" for no
 * text. */
static const struct {
  const gchar *property, *values[10];
} settings[] = {
    {"detect.base-model", {"mobilenet-v1-quant", "mobilenet-v1-quant", "lite-mobilenet-v2"}},
    {"detect.model-file",
     {"-", "@models-synthetic/coco-ssd/lite_mobilenet_v2/model.json",
      "@models-synthetic/coco-ssd/lite_mobilenet_v2_uint16/model.json",
      "@models/coco-ssd/mobilenet_v1_quant/detect.tflite", "/nowhere/none.tflite"}},
    {"detect.backend", {"auto", "xnnpack"}},
    {"detect.threads", {"1", "2", "0"}},
    {"detect.mode", {"sync", "latest"}},
    {"detect.interval", {"1", "2", "5"}},
    {"detect.qos", {"false", "true"}},
    {"detect.post-messages", {"none", "changes", "all"}},
    {"detect.attach", {"own+roi+analytics", "own", "roi"}},
    {"detect.score-threshold", {"0.5", "0.1", "0.9"}},
    {"detect.classes", {"-", "cat,person,3"}},
    {"detect.share", {"true", "false"}},
    {"detect.tracking", {"none", "motion"}},
    {"detect.track-max-age", {"1000", "0", "100"}},
    {"detect.track-min-hits", {"2", "1"}},
    {"faces.detector", {"short-range", "full-range", "full-range-sparse", "back"}},
    {"faces.mesh-model", {"plain", "attention"}},
    {"faces.backend", {"auto", "xnnpack", "reference"}},
    {"faces.threads", {"1", "2", "0"}},
    {"faces.max-faces", {"1", "4", "20"}},
    {"faces.predict-irises", {"true", "false"}},
    {"faces.mode", {"sync", "latest"}},
    {"faces.interval", {"1", "3"}},
    {"faces.qos", {"false", "true"}},
    {"faces.smoothing", {"false", "true"}},
    {"faces.post-messages", {"none", "changes", "all"}},
    {"faces.tracking", {"none", "motion"}},
    {"faces.attach", {"own+roi+analytics", "own", "roi"}},
    {"segment.model", {"selfie", "selfie-landscape"}},
    {"segment.threads", {"1", "2", "0"}},
    {"segment.mode", {"sync", "latest"}},
    {"segment.interval", {"1", "3"}},
    {"segment.threshold", {"0", "0.5"}},
    {"segment.smoothing", {"true", "false"}},
    {"segment.refine", {"false", "true"}},
    {"segment.post-messages", {"none", "changes", "all"}},
    {"classify.model", {"mobilenet-v1-025", "mobilenet-v2", "embedding"}},
    {"classify.examples-file", {"-", "/nowhere/none.json"}},
    {"classify.threads", {"1", "2", "0"}},
    {"classify.mode", {"sync", "latest"}},
    {"classify.interval", {"1", "3"}},
    {"classify.on", {"frame", "objects"}},
    {"classify.top-k", {"3", "1", "100"}},
    {"classify.post-messages", {"none", "changes", "all"}},
    {"pose.model", {"movenet-lightning", "movenet-multipose", "posenet", "blazepose-lite"}},
    {"pose.threads", {"1", "2", "0"}},
    {"pose.max-poses", {"1", "6", "20"}},
    {"pose.mode", {"sync", "latest"}},
    {"pose.interval", {"1", "3"}},
    {"pose.score-threshold", {"-1", "0.9", "0"}},
    {"pose.smoothing", {"true", "false"}},
    {"pose.tracker", {"bounding-box", "keypoint"}},
    {"pose.mask", {"false", "true"}},
    {"pose.black-border", {"false", "true"}},
    {"pose.tracking", {"none", "motion"}},
    {"pose.internal-size", {"0", "193"}},
    {"pose.post-messages", {"none", "changes", "all"}},
    {"hands.model", {"full", "lite"}},
    {"hands.threads", {"1", "2", "0"}},
    {"hands.max-hands", {"2", "1", "20"}},
    {"hands.mode", {"sync", "latest"}},
    {"hands.interval", {"1", "3"}},
    {"hands.score-threshold", {"0.5", "0.9", "0"}},
    {"hands.detection-confidence", {"0.5", "0.1"}},
    {"hands.smoothing", {"true", "false"}},
    {"hands.tracking", {"none", "motion"}},
    {"hands.mirrored", {"false", "true"}},
    {"hands.post-messages", {"none", "changes", "all"}},
    {"zones.zones",
     {"[zone a]|polygon=0,0;1,0;1,1|inertia=0|loiter=100", "[line b]|from=0,0|to=1,1", "-"}},
    {"zones.post-messages", {"changes", "none", "all"}},
    {"join.max-wait", {"1000", "300"}},
    {"join.max-age", {"2000", "0", "200"}},
    {"overlay.draw-zones", {"true", "false"}},
    {"overlay.privacy", {"none", "blur", "pixelate", "fill"}},
    {"overlay.mirror", {"false", "true"}},
    {"overlay.draw-stats", {"false", "true"}},
    {"overlay.mesh", {"true", "false"}},
    {"overlay.triangulate-mesh", {"true", "false"}},
    {"overlay.contours-only", {"false", "true"}},
    {"overlay.point-cloud", {"false", "true"}},
    {"overlay.label-format", {"percent", "score", "none"}},
    {"overlay.mesh-width", {"0.5", "3"}},
    {"overlay.scale", {"true", "false"}},
};

static GRand *dice;
static const gchar *shared;

guint
events_any (guint n)
{
  return g_rand_int_range (dice, 0, n);
}

static void
set (Stream *s, guint row, guint value)
{
  const gchar *text = settings[row].values[value];
  g_autofree gchar *path = text[0] == '@' ? g_build_filename (shared, text + 1, NULL) : NULL;

  stream_set (s, settings[row].property, path ? path : g_str_equal (text, "-") ? NULL : text);
}

void
events_reset (Stream *s)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    set (s, i, 0);
}

void
events_begin (Stream *s)
{
  stream_look (s, events_any (100), events_any (100));
  stream_start (s);
}

static void
other_setting (Stream *s)
{
  guint row = events_any (G_N_ELEMENTS (settings)), n = 0;

  while (n < G_N_ELEMENTS (settings[row].values) && settings[row].values[n])
    n++;
  set (s, row, events_any (n));
}

static void
other_look (Stream *s)
{
  stream_look (s, events_any (100), events_any (100));
}

static void
silence (Stream *s)
{
  stream_silence (s, 1000 * (20 + events_any (400)));
}

static void
gaps (Stream *s)
{
  stream_gaps (s, events_any (10));
}

static void
flush (Stream *s)
{
  stream_flush (s, events_any (1000) * GST_SECOND);
}

static void
pause_it (Stream *s)
{
  stream_pause (s, 1000 * events_any (100));
}

static void
end (Stream *s)
{
  stream_end (s);
  events_begin (s);
}

static void
stop (Stream *s)
{
  stream_stop (s);
  events_begin (s);
}

static void
rebuild (Stream *s)
{
  stream_rebuild (s);
  events_reset (s);
  events_begin (s);
}

static struct {
  const gchar *name;
  guint weight;
  gboolean restarts; /* not for the steady stream */
  void (*happen) (Stream *s);
  guint times;
} events[] = {
    {"settings changed", 10, FALSE, other_setting},
    {"formats, sizes, rates", 4, FALSE, other_look},
    {"signals lost", 1, FALSE, silence},
    {"runs of gaps", 1, FALSE, gaps},
    {"flushing seeks", 2, FALSE, flush},
    {"pauses", 1, FALSE, pause_it},
    {"questions", 1, FALSE, stream_ask},
    {"ends of stream", 1, TRUE, end},
    {"stops", 1, TRUE, stop},
    {"rebuilt from nothing", 1, TRUE, rebuild},
};

void
events_happen (Stream *s, gboolean steady)
{
  guint total = 0, at, i;

  for (i = 0; i < G_N_ELEMENTS (events); i++)
    total += steady && events[i].restarts ? 0 : events[i].weight;
  at = events_any (total);
  for (i = 0; at >= (steady && events[i].restarts ? 0 : events[i].weight); i++)
    at -= steady && events[i].restarts ? 0 : events[i].weight;
  events[i].happen (s);
  events[i].times++;
}

void
events_init (guint32 seed)
{
  shared = g_getenv ("TFC_SHARED") ? g_getenv ("TFC_SHARED") : "../shared";
  dice = g_rand_new_with_seed (seed);
}

void
events_done (void)
{
  g_clear_pointer (&dice, g_rand_free);
}

void
events_print (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    printf ("%s%s %u", i ? ", " : "", events[i].name, events[i].times);
  printf ("\n");
}
