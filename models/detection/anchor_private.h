/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* An anchors file while it is read. Private to anchor_f*.c. */
#include "models/detection/anchor_file.h"
#include "models/files/textproto.h"

typedef struct {
  TfcAnchorFile *file;
  TfcAnchorPlan plan;
  gboolean planned; /* a generator was there */
  GArray *list;     /* gfloat: explicit anchors, four by four */
  guint n_maps[2];
  gfloat fixed[4];   /* the fixed_anchors that is open: cy cx h w */
  const gchar *path; /* for messages */
} TfcAnchorParse;

/* FALSE with error set: SETTINGS, with the file's name and the line. */
gboolean tfc_anchor_fail (const TfcAnchorParse *parse, guint line, GError **error,
                          const gchar *what);
/* anchor_fields.c: takes a field of protobuf text (TfcProtoFunc); data is the TfcAnchorParse. */
gboolean tfc_anchor_field (gpointer data, const TfcProtoField *field, GError **error);
