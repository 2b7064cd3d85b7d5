/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What there is to hide on one picture: for redact_regions.c alone. Numbers only; never allocates. */
#include "overlay/redact_regions.h"

typedef struct {
  TfcRedaction redaction;
  guint64 track_id;         /* 0: not tracked */
  gboolean predicted;       /* it was not found: its place is a guess */
  TfcPrivacyRegion *region; /* that it goes on; NULL: none */
  gdouble overlap;          /* with that region; less than 0: it has gone it on */
} TfcPrivacySeen;

/* Sets redaction, track_id and predicted of what is seen on a picture, the rest to 0; seen has room for TFC_PRIVACY_REGIONS and
 * borrows annotations' faces. Returns how many; G_MAXUINT: something cannot be read, or there is too much. */
guint tfc_privacy_find_seen (const TfcAnnotations *annotations, gboolean detections, TfcPrivacySeen *seen);
