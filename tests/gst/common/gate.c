/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/gate.h"

#include <string.h>

typedef struct {
  GMutex lock;
  GCond changed;
  guint waiting, open; /* threads that wait; how many may still pass */
  guint freed;         /* pictures, since it was closed */
  GThread *free;       /* never waits */
} Gate;

static Gate gate;

void
gate_close (void)
{
  g_mutex_lock (&gate.lock);
  gate.open = gate.freed = 0;
  gate.free = g_thread_self ();
  g_mutex_unlock (&gate.lock);
}

void
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

void
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

static GstAllocator *allocator;

GstHarness *
gate_play (GstBus **bus)
{
  GstHarness *h;

  gate_close ();
  h = detect_play (detect_new ("mode", "latest", "post-messages", "all", NULL), bus);
  gst_harness_set_src_caps (h, caps_of ("GRAY8", WIDTH, HEIGHT));
  return h;
}

GstBuffer *
gate_picture (guint n, gsize size)
{
  GstBuffer *buffer = gst_buffer_new_allocate (allocator, size, NULL);

  GST_BUFFER_PTS (buffer) = PTS (n);
  return buffer;
}

GstBuffer *
pass (GstHarness *h, guint n)
{
  GstBuffer *out = through (h, gate_picture (n, WIDTH * HEIGHT));

  g_assert_cmpuint (GST_BUFFER_PTS (out), ==, PTS (n));
  return out;
}

void
pass_on (GstHarness *h, guint n)
{
  gst_buffer_unref (pass (h, n));
}

guint64
gate_count (GstHarness *h, const gchar *name)
{
  g_autoptr (GstStructure) stats = NULL;
  guint64 value = 0;

  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get_uint64 (stats, name, &value));
  return value;
}

void
assert_analysed (GstBus *bus, guint n)
{
  g_autoptr (GstStructure) message = wait_message (bus, "tfcdetect");
  guint64 pts;

  g_assert_nonnull (message);
  g_assert_true (gst_structure_get_uint64 (message, "timestamp", &pts));
  g_assert_cmpuint (pts, ==, PTS (n));
}

void
assert_nothing_analysed (GstBus *bus)
{
  for (;;) {
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ELEMENT);
    if (!message)
      return;
    g_assert_false (gst_message_has_name (message, "tfcdetect"));
  }
}

void
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

void
fill (GstHarness *h, guint n)
{
  pass_on (h, 0);
  gate_wait ();
  for (guint i = 1; i <= n; i++)
    pass_on (h, i);
}

gpointer
gate_open_later (gpointer data)
{
  g_mutex_lock (&gate.lock);
  while (gate.freed < 3)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
  gate_open (1);
  return NULL;
}

void
gate_init (void)
{
  allocator = gst_object_ref_sink (g_object_new (gate_allocator_get_type (), NULL));
}

void
gate_done (void)
{
  gst_clear_object (&allocator);
}

const guint8 *
gate_data (GstMemory *memory)
{
  return ((GateMemory *)memory)->data;
}
