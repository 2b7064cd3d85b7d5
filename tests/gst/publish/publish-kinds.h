/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A buffer with each kind of metadata, and the line that tells of it. */
#include "gst/lib/tfc.h"

typedef struct {
  const gchar *path; /* of the test */
  void (*add) (GstBuffer *buffer);
  const gchar *properties;
  const gchar *line; /* from "units" on */
} PublishKind;

extern const PublishKind publish_kinds[];
extern const guint publish_n_kinds;

/* A crossing and a leaving; the person 3 of publish_kinds. */
void publish_add_events (GstBuffer *buffer);
