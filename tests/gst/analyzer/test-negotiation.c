/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Caps that are taken and refused, the allocation query, and renegotiation when mode changes. */
#include "tests/gst/common/tiny.h"

static void
test_caps (void)
{
  static const struct {
    const gchar *element, *caps;
    gboolean taken;
  } cases[] = {
      {"tfcdetect", "video/x-raw,format=NV12", TRUE},
      {"tfcdetect", "video/x-raw(memory:SystemMemory),format=NV12", TRUE},
      {"tfcdetect", "video/x-raw(memory:GLMemory),format=NV12", FALSE},
      {"tfcdetect", "video/x-raw(memory:DMABuf),format=NV12", FALSE},
      {"tfcdetect", "video/x-raw(meta:GstVideoOverlayComposition),format=NV12", FALSE},
      {"tfcdetect", "video/x-raw,format=P010_10LE", TRUE},
      {"tfcdetect", "video/x-raw(memory:DMABuf),format=P010_10LE", FALSE},
      {"tfcdetect", "video/x-raw,format=v210", FALSE},
      {"tfcdetect", "image/jpeg", FALSE},
      {"tfcfacemesh", "video/x-raw,format=YUY2", TRUE},
      {"tfcfacemesh", "video/x-raw(memory:GLMemory),format=RGBA", FALSE},
      {"tfchands", "video/x-raw,format=YUY2", TRUE},
      {"tfcpose", "video/x-raw,format=YUY2", TRUE},
      {"tfchands", "video/x-raw(memory:GLMemory),format=RGBA", FALSE},
      {"tfcclassify", "video/x-raw,format=YUY2", TRUE},
      {"tfcsegment", "video/x-raw,format=YUY2", TRUE},
      {"tfcsegment", "video/x-raw(memory:GLMemory),format=RGBA", FALSE},
      {"tfcoverlay", "video/x-raw,format=P010_10LE", TRUE},
      {"tfcoverlay", "video/x-raw(memory:SystemMemory,meta:GstVideoOverlayComposition),format=RGBA",
       TRUE},
      {"tfcoverlay", "video/x-raw(memory:GLMemory),format=RGBA", TRUE},
      {"tfcoverlay", "video/x-raw(memory:DMABuf),format=DMA_DRM,drm-format=NV12", TRUE},
      {"tfcoverlay", "video/x-raw(memory:DMABuf,meta:GstVideoOverlayComposition),format=NV12",
       TRUE},
      {"tfcoverlay", "video/x-bayer", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GstElement) e = gst_element_factory_make (cases[i].element, NULL);
    g_autoptr (GstPad) pad = gst_element_get_static_pad (gst_object_ref_sink (e), "sink");
    g_autoptr (GstCaps) caps = gst_caps_from_string (cases[i].caps);
    if (gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw"))
      gst_caps_set_simple (caps, "width", G_TYPE_INT, 64, "height", G_TYPE_INT, 48, "framerate",
                           GST_TYPE_FRACTION, 25, 1, NULL);
    g_test_message ("%s %s", cases[i].element, cases[i].caps);
    g_assert_cmpint (gst_pad_query_accept_caps (pad, caps), ==, cases[i].taken);
  }
}

/* What downstream offers reaches upstream; mode=latest asks for two buffers more. */
static void
test_allocation (void)
{
  if (!have_model ())
    return;
  for (guint latest = 0; latest < 2; latest++) {
    GstHarness *h = detect_play (detect_new ("mode", latest ? "latest" : "sync", NULL), NULL);
    g_autoptr (GstCaps) caps = caps_of ("NV12", 64, 48);
    GstAllocationParams params = {.align = 31};
    GstQuery *query = gst_query_new_allocation (caps, TRUE);
    guint size, min, max;
    gst_harness_set_propose_allocator (h, NULL, &params);
    gst_harness_add_propose_allocation_meta (h, GST_VIDEO_META_API_TYPE, NULL);
    gst_harness_set_src_caps (h, gst_caps_ref (caps));
    g_assert_true (gst_pad_peer_query (h->srcpad, query));
    g_assert_true (gst_query_find_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL));
    g_assert_cmpuint (gst_query_get_n_allocation_pools (query), ==, latest);
    if (latest) {
      gst_query_parse_nth_allocation_pool (query, 0, NULL, &size, &min, &max);
      g_assert_cmpuint (size, >=, 64 * 48 * 3 / 2);
      g_assert_cmpuint (min, ==, 2);
    }
    gst_query_unref (query);
    detect_done (h, NULL);
  }
}

static guint
reconfigures (GstHarness *h)
{
  GstEvent *event;
  guint n = 0;

  while ((event = gst_harness_try_pull_upstream_event (h))) {
    n += GST_EVENT_TYPE (event) == GST_EVENT_RECONFIGURE;
    gst_event_unref (event);
  }
  return n;
}

/* The other mode holds buffers back: upstream asks anew how many it needs. */
static void
test_mode_renegotiates (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);

  look_at (h, 0);
  reconfigures (h);
  set_properties (h->element, "mode", "latest", NULL);
  g_assert_cmpuint (reconfigures (h), ==, 1);
  set_properties (h->element, "mode", "latest", NULL);
  g_assert_cmpuint (reconfigures (h), ==, 0);
  set_properties (h->element, "mode", "sync", NULL);
  g_assert_cmpuint (reconfigures (h), ==, 1);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/negotiation/caps", test_caps},
    {"/negotiation/allocation", test_allocation},
    {"/negotiation/mode", test_mode_renegotiates},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
