/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A hand that sets properties of a tfcdetect (tiny.h) at the moment when it posts a certain
 * message, and counts messages. */
#include "tests/gst/common/tiny.h"

typedef struct {
  const gchar *moment; /* name of an element message, or NULL: not by message */
  void (*set) (GstElement *element, gpointer data);
  gpointer data;
  gint left; /* how often still */
  /* what was seen (sync handler: any thread; read when nothing is posted any more): */
  gint loading, loaded, failed, warnings, errors; /* atomic */
} Hand;

/* Plays element, which is taken, under hand's eyes. */
GstHarness *play_with (GstElement *element, Hand *hand, GstBus **bus);
/* One of hand's counters now. */
gint hand_count (gint *what);
/* Shows white pictures until what is seen pleases, for a minute at most. */
gboolean until (GstHarness *h, gboolean (*pleases) (GstElement *, Sight, gconstpointer),
                gconstpointer data);
/* For until: n (GUINT_TO_POINTER) threads work, or what threads_of makes of it. */
gboolean uses_threads (GstElement *element, Sight sight, gconstpointer n);
/* Which properties notified, in order: "classes threads ". */
void note (GObject *object, GParamSpec *spec, gpointer text);
/* For Hand.set: a model-file that is not there. */
void set_bad_model (GstElement *element, gpointer unused);
