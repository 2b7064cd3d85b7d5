/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mode=latest: buffers pass at once, the newest picture is analysed when the engine is free. The
 * engine is made slow where a test can see it: pictures lie in memory that cannot be mapped before
 * a gate opens. */
#include <string.h>
#include "tests/gst/common/detect.h"

/* ---- memory behind a gate ---- */

typedef struct {
  GMutex lock;
  GCond changed;
  guint waiting, open; /* threads that wait; how many may still pass */
  guint freed;         /* pictures, since it was closed */
  GThread *free;       /* never waits */
} Gate;

static Gate gate;

static void
gate_close (void)
{
  g_mutex_lock (&gate.lock);
  gate.open = gate.freed = 0;
  gate.free = g_thread_self ();
  g_mutex_unlock (&gate.lock);
}

static void
gate_open (guint n)
{
  g_mutex_lock (&gate.lock);
  gate.open = n;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.lock);
}

static void
gate_pass (void)
{
  g_mutex_lock (&gate.lock);
  gate.waiting++;
  g_cond_broadcast (&gate.changed);
  while (!gate.open && g_thread_self () != gate.free)
    g_cond_wait (&gate.changed, &gate.lock);
  gate.waiting--;
  if (g_thread_self () != gate.free)
    gate.open--;
  g_mutex_unlock (&gate.lock);
}

/* Until the engine stands before the gate. */
static void
gate_wait (void)
{
  g_mutex_lock (&gate.lock);
  while (!gate.waiting)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
}

typedef struct {
  GstMemory parent;
  guint8 *data;
} GateMemory;

typedef struct {
  GstAllocator parent;
} GateAllocator;
typedef struct {
  GstAllocatorClass parent;
} GateAllocatorClass;
GType gate_allocator_get_type (void);
G_DEFINE_TYPE (GateAllocator, gate_allocator, GST_TYPE_ALLOCATOR)

static GstMemory *
gate_alloc (GstAllocator *allocator, gsize size, GstAllocationParams *params)
{
  GateMemory *memory = g_new0 (GateMemory, 1);

  gst_memory_init (GST_MEMORY_CAST (memory), 0, allocator, NULL, size, 0, 0, size);
  memory->data = g_malloc0 (size);
  return GST_MEMORY_CAST (memory);
}

static void
gate_free (GstAllocator *allocator, GstMemory *memory)
{
  g_free (((GateMemory *)memory)->data);
  g_free (memory);
  g_mutex_lock (&gate.lock);
  gate.freed++;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.lock);
}

static gpointer
gate_map (GstMemory *memory, gsize size, GstMapFlags flags)
{
  gate_pass ();
  return ((GateMemory *)memory)->data;
}

static void
gate_unmap (GstMemory *memory)
{
}

static void
gate_allocator_init (GateAllocator *self)
{
  GstAllocator *allocator = GST_ALLOCATOR_CAST (self);

  allocator->mem_type = "gate";
  allocator->mem_map = gate_map;
  allocator->mem_unmap = gate_unmap;
}

static void
gate_allocator_class_init (GateAllocatorClass *klass)
{
  GST_ALLOCATOR_CLASS (klass)->alloc = gate_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = gate_free;
}

/* ---- a stream of them ---- */

#define WIDTH 64
#define HEIGHT 48
#define PTS(n) ((n)*GST_SECOND / 30)

static GstAllocator *allocator;

static GstHarness *
play (GstBus **bus)
{
  GstHarness *h;

  gate_close ();
  h = detect_play (detect_new ("mode", 1, "post-messages", 2, NULL), bus);
  gst_harness_set_src_caps (h, caps_of ("GRAY8", WIDTH, HEIGHT));
  return h;
}

static GstBuffer *
picture (guint n, gsize size)
{
  GstBuffer *buffer = gst_buffer_new_allocate (allocator, size, NULL);

  GST_BUFFER_PTS (buffer) = PTS (n);
  return buffer;
}

/* Pushes the n-th picture and gives what comes out, which is at once. */
static GstBuffer *
pass (GstHarness *h, guint n)
{
  GstBuffer *out = through (h, picture (n, WIDTH * HEIGHT));

  g_assert_cmpuint (GST_BUFFER_PTS (out), ==, PTS (n));
  return out;
}

static void
pass_on (GstHarness *h, guint n)
{
  gst_buffer_unref (pass (h, n));
}

static guint64
count (GstHarness *h, const gchar *name)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get_uint64 (stats, name, &value));
  return value;
}

/* The next analysis to be told of is the n-th picture's. */
static void
assert_analysed (GstBus *bus, guint n)
{
  g_autoptr (GstStructure) message = wait_message (bus, "tfcdetect");
  guint64 pts;

  g_assert_nonnull (message);
  g_assert_true (gst_structure_get_uint64 (message, "timestamp", &pts));
  g_assert_cmpuint (pts, ==, PTS (n));
}

static void
assert_nothing_analysed (GstBus *bus)
{
  for (;;) {
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT);
    if (!message)
      return;
    g_assert_false (gst_message_has_name (message, "tfcdetect"));
  }
}

/* Result of the n-th picture on what comes out; n < 0: none. */
static void
assert_result (GstBuffer *out, gint n)
{
  GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);

  g_assert_cmpint (meta != NULL, ==, n >= 0);
  if (meta) {
    g_assert_true (meta->held);
    g_assert_cmpuint (meta->pts, ==, PTS (n));
  }
  gst_buffer_unref (out);
}

/* The engine works on picture 0, picture n waits. */
static void
fill (GstHarness *h, guint n)
{
  pass_on (h, 0);
  gate_wait ();
  for (guint i = 1; i <= n; i++)
    pass_on (h, i);
}

static void
test_newest (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  fill (h, 9);
  g_assert_cmpuint (count (h, "dropped"), ==, 8);
  g_assert_cmpuint (count (h, "analysed"), ==, 0);
  assert_result (pass (h, 10), -1);
  gate_open (1);
  assert_analysed (bus, 0);
  gate_wait (); /* picture 10 is being looked at */
  assert_result (pass (h, 11), 0);
  assert_result (pass (h, 12), 0);
  gate_open (1);
  assert_analysed (bus, 10);
  gate_wait ();
  assert_result (pass (h, 13), 10);
  gate_open (2);
  assert_analysed (bus, 12);
  assert_analysed (bus, 13);
  g_assert_cmpuint (count (h, "dropped"), ==, 10);
  g_assert_cmpuint (count (h, "analysed"), ==, 4);
  g_assert_cmpuint (count (h, "frames"), ==, 14);
  {
    g_autoptr (GstStructure) stats = NULL, lag = NULL;
    guint64 max, n;
    g_object_get (h->element, "stats", &stats, NULL);
    g_assert_true (gst_structure_get (stats, "lag", GST_TYPE_STRUCTURE, &lag, NULL));
    g_assert_true (gst_structure_get_uint64 (lag, "max", &max));
    g_assert_true (gst_structure_get_uint64 (lag, "count", &n));
    g_assert_cmpuint (max, ==, PTS (12));
    g_assert_cmpuint (n, ==, 3);
  }
  detect_done (h, bus);
}

static gpointer
push_eos (gpointer h)
{
  gst_harness_push_event (h, gst_event_new_eos ());
  return NULL;
}

static gboolean
came_out (GstHarness *h, GstEventType type)
{
  gboolean found = FALSE;
  GstEvent *event;

  while ((event = gst_harness_try_pull_event (h))) {
    found |= GST_EVENT_TYPE (event) == type;
    gst_event_unref (event);
  }
  return found;
}

/* What was taken in is told before the end. */
static void
test_eos (void)
{
  GstHarness *h;
  GThread *pusher;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  fill (h, 3);
  pusher = g_thread_new ("eos", push_eos, h);
  gate_wait ();
  g_assert_false (came_out (h, GST_EVENT_EOS));
  gate_open (2);
  g_thread_join (pusher);
  g_assert_true (came_out (h, GST_EVENT_EOS));
  g_assert_cmpuint (count (h, "analysed"), ==, 2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  detect_done (h, bus);
}

static void
flush (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

/* Flush-start returns at once and ends an EOS that waits; what waited is dropped, what was seen is
 * forgotten. */
static void
test_flush (void)
{
  GstHarness *h;
  GThread *pusher;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  fill (h, 3);
  pusher = g_thread_new ("eos", push_eos, h);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_thread_join (pusher);
  gate_open (1);
  flush (h);
  gate_close ();
  g_assert_cmpuint (count (h, "analysed"), ==, 1);
  assert_analysed (bus, 0);
  assert_nothing_analysed (bus);
  assert_result (pass (h, 20), -1); /* that was the time before */
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 20);
  assert_result (pass (h, 21), 20);
  gate_open (1);
  assert_analysed (bus, 21);
  detect_done (h, bus);
}

/* Opens when all pictures that waited are gone. */
static gpointer
open_later (gpointer data)
{
  g_mutex_lock (&gate.lock);
  while (gate.freed < 3)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
  gate_open (1);
  return NULL;
}

/* The change of state waits for the picture in hand and not for the next. */
static void
test_stop (void)
{
  GstSegment segment;
  GstHarness *h;
  GThread *opener;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  for (guint i = 0; i < 2; i++) {
    fill (h, 3);
    opener = g_thread_new ("open", open_later, NULL);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_READY), ==,
                     GST_STATE_CHANGE_SUCCESS);
    g_thread_join (opener);
    assert_analysed (bus, 0);
    assert_nothing_analysed (bus);
    g_assert_cmpint (gst_element_set_state (h->element, GST_STATE_PLAYING), ==,
                     GST_STATE_CHANGE_SUCCESS);
    gate_close ();
    gst_harness_push_event (h, gst_event_new_stream_start ("again"));
    gst_harness_push_event (h, gst_event_new_caps (caps_of ("GRAY8", WIDTH, HEIGHT)));
    gst_segment_init (&segment, GST_FORMAT_TIME);
    gst_harness_push_event (h, gst_event_new_segment (&segment));
  }
  pass_on (h, 0);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 0);
  detect_done (h, bus);
}

/* Each buffer waits again, and its result is its own; the one that waited is dropped. */
static void
test_switch (void)
{
  GstHarness *h;
  GstBuffer *out;
  GThread *opener;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  fill (h, 3);
  g_object_set (h->element, "mode", 0, NULL);
  opener = g_thread_new ("open", open_later, NULL); /* for the one in hand; this thread passes */
  out = pass (h, 4);
  g_thread_join (opener);
  g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
  g_assert_cmpuint (gst_buffer_get_tfc_detection_meta (out)->pts, ==, PTS (4));
  gst_buffer_unref (out);
  assert_analysed (bus, 0);
  assert_analysed (bus, 4);
  g_object_set (h->element, "mode", 1, NULL);
  assert_result (pass (h, 5), 4);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 5);
  detect_done (h, bus);
}

/* Another model while pictures are being looked at. */
static void
test_swap (void)
{
  GstStructure *loaded;
  GstHarness *h;
  GstBus *bus;
  guint used;

  if (!have_model ())
    return;
  h = play (&bus);
  fill (h, 3);
  loaded = wait_message (bus, "model-loaded");
  gst_structure_free (loaded);
  g_object_set (h->element, "threads", 2, NULL);
  loaded = wait_message (bus, "model-loaded");
  g_assert_nonnull (loaded);
  gst_structure_free (loaded);
  g_object_get (h->element, "threads-used", &used, NULL);
  g_assert_cmpuint (used, ==, 1); /* still at work */
  gate_open (2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  gate_open (G_MAXUINT);
  do { /* the message comes a moment before the network waits to be taken */
    pass_on (h, 4);
    g_object_get (h->element, "threads-used", &used, NULL);
  } while (used != threads_of (2));
  detect_done (h, bus);
}

/* The picture is not copied, unless somebody downstream writes on it while it is being looked at.
 */
static void
test_pixels (void)
{
  GstBuffer *in, *out, *other;
  GstMemory *memory;
  GstMapInfo map;
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  in = picture (0, WIDTH * HEIGHT);
  memory = gst_buffer_peek_memory (in, 0);
  out = through (h, in);
  gate_wait ();
  g_assert_true (gst_buffer_peek_memory (out, 0) == memory);
  other = gst_buffer_make_writable (out);
  g_assert_true (gst_buffer_peek_memory (other, 0) == memory);
  g_assert_true (gst_buffer_map (other, &map, GST_MAP_WRITE));
  g_assert_true (map.data != ((GateMemory *)memory)->data);
  gst_buffer_unmap (other, &map);
  gst_buffer_unref (other);
  gate_open (1);
  assert_analysed (bus, 0);
  detect_done (h, bus);
}

/* No delay is added. */
static void
test_latency (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  gst_harness_set_upstream_latency (h, 12 * GST_MSECOND);
  g_assert_cmpuint (gst_harness_query_latency (h), ==, 12 * GST_MSECOND);
  detect_done (h, bus);
}

/* An error of the thread is an error of the stream, from the first picture's push on, which may see
 * it already. */
static void
test_error (void)
{
  GstFlowReturn flow;
  GstHarness *h;
  guint n = 0;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  gate_open (G_MAXUINT);
  while ((flow = gst_harness_push (h, picture (n++, 100))) == GST_FLOW_OK)
    g_thread_yield ();
  assert_message (bus, GST_MESSAGE_ERROR, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT, "caps");
  g_assert_cmpint (flow, ==, GST_FLOW_ERROR);
  detect_done (h, bus);
}

/* Only every n-th picture is offered. */
static void
test_interval (void)
{
  GstHarness *h;
  GstBus *bus;

  if (!have_model ())
    return;
  h = play (&bus);
  g_object_set (h->element, "interval", 3, NULL);
  fill (h, 5);
  gate_open (2);
  assert_analysed (bus, 0);
  assert_analysed (bus, 3);
  pass_on (h, 6);
  gate_wait ();
  gate_open (1);
  assert_analysed (bus, 6);
  g_assert_cmpuint (count (h, "dropped"), ==, 0);
  detect_done (h, bus);
}

void
forget_picture (void)
{
  gst_clear_object (&allocator);
}

void
add_tests (void)
{
  allocator = gst_object_ref_sink (g_object_new (gate_allocator_get_type (), NULL));
  g_test_add_func ("/latest/newest", test_newest);
  g_test_add_func ("/latest/eos", test_eos);
  g_test_add_func ("/latest/flush", test_flush);
  g_test_add_func ("/latest/stop", test_stop);
  g_test_add_func ("/latest/switch", test_switch);
  g_test_add_func ("/latest/swap", test_swap);
  g_test_add_func ("/latest/pixels", test_pixels);
  g_test_add_func ("/latest/latency", test_latency);
  g_test_add_func ("/latest/error", test_error);
  g_test_add_func ("/latest/interval", test_interval);
}
