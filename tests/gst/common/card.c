/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/card.h"

typedef struct {
  GstAllocator parent;
} CardAllocator;
typedef GstAllocatorClass CardAllocatorClass;
static GType card_allocator_get_type (void);
G_DEFINE_TYPE (CardAllocator, card_allocator, GST_TYPE_ALLOCATOR)

static GstMemory *
card_alloc (GstAllocator *allocator, gsize size, GstAllocationParams *params)
{
  GstMemory *memory = g_new0 (GstMemory, 1);

  gst_memory_init (memory, 0, allocator, NULL, size, 0, 0, size);
  return memory;
}

static void
card_free (GstAllocator *allocator, GstMemory *memory)
{
  g_free (memory);
}

static gpointer
card_map (GstMemory *memory, gsize size, GstMapFlags flags)
{
  g_critical ("mapped");
  return NULL;
}

static void
card_unmap (GstMemory *memory)
{
}

static void
card_allocator_class_init (CardAllocatorClass *klass)
{
  klass->alloc = card_alloc;
  klass->free = card_free;
}

static void
card_allocator_init (CardAllocator *self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);

  allocator->mem_type = "Card";
  allocator->mem_map = card_map;
  allocator->mem_unmap = card_unmap;
  GST_OBJECT_FLAG_SET (self, GST_ALLOCATOR_FLAG_CUSTOM_ALLOC);
}

GstBuffer *
card_buffer (gsize size, GstClockTime pts)
{
  GstBuffer *buffer = gst_buffer_new ();
  g_autoptr (GstAllocator) allocator =
      gst_object_ref_sink (g_object_new (card_allocator_get_type (), NULL));

  gst_buffer_append_memory (buffer, gst_allocator_alloc (allocator, size, NULL));
  GST_BUFFER_PTS (buffer) = pts;
  return buffer;
}
