/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/classification/object_memory.h"

#include <string.h>

typedef struct {
  guint64 track_id; /* 0: free */
  guint64 when;
  guint n;
  TfcClass classes[TFC_MAX_CLASSES];
} Object;

struct TfcObjectMemory {
  Object object[TFC_OBJECT_MEMORY_SIZE];
};

TfcObjectMemory *
tfc_object_memory_new (void)
{
  return g_new0 (TfcObjectMemory, 1);
}

void
tfc_object_memory_free (TfcObjectMemory *memory)
{
  g_free (memory);
}

void
tfc_object_memory_clear (TfcObjectMemory *memory)
{
  for (guint i = 0; i < TFC_OBJECT_MEMORY_SIZE; i++)
    memory->object[i].track_id = 0;
}

const TfcClass *
tfc_object_memory_recall (const TfcObjectMemory *memory, guint64 track_id, guint64 now,
                          guint64 again, guint *n)
{
  for (guint i = 0; track_id && i < TFC_OBJECT_MEMORY_SIZE; i++) {
    const Object *o = &memory->object[i];
    if (o->track_id != track_id)
      continue;
    *n = o->n;
    return now >= o->when && now - o->when <= again ? o->classes : NULL;
  }
  return NULL;
}

void
tfc_object_memory_keep (TfcObjectMemory *memory, guint64 track_id, guint64 now,
                        const TfcClass *classes, guint n)
{
  Object *place = &memory->object[0];

  for (guint i = 0; i < TFC_OBJECT_MEMORY_SIZE; i++) {
    Object *o = &memory->object[i];
    if (o->track_id == track_id || (!o->track_id && place->track_id)) {
      place = o;
      if (o->track_id == track_id)
        break;
    } else if (o->track_id && place->track_id && o->when < place->when) {
      place = o;
    }
  }
  place->track_id = track_id;
  place->when = now;
  place->n = MIN (n, TFC_MAX_CLASSES);
  memcpy (place->classes, classes, place->n * sizeof *classes);
}
