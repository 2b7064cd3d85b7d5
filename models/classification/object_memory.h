/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What tracked objects were classified as, so that they need not be classified again on every
 * frame. Pure; allocates only when it is made. */
#include "models/result/result.h"

#define TFC_OBJECT_MEMORY_SIZE 128 /* objects; a further one takes the place of the oldest */

typedef struct TfcObjectMemory TfcObjectMemory;

TfcObjectMemory *tfc_object_memory_new (void);
void tfc_object_memory_free (TfcObjectMemory *memory); /* NULL is allowed */
void tfc_object_memory_clear (TfcObjectMemory *memory);

/* The classes of the object with that track id at the time now (ns; any clock), if they are from
 * then or at most again ns earlier; *n of them (TFC_MAX_CLASSES at most), valid until the next call
 * of keep. NULL: classify it. */
const TfcClass *tfc_object_memory_recall (const TfcObjectMemory *memory, guint64 track_id,
                                          guint64 now, guint64 again, guint *n);
/* Remembers n classes (TFC_MAX_CLASSES at most) of an object at the time now. */
void tfc_object_memory_keep (TfcObjectMemory *memory, guint64 track_id, guint64 now,
                             const TfcClass *classes, guint n);
