/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The main function of the test programs: each passes a table of its tests. */
#include <glib.h>

/* A test without data (run) or with (run_with); a row without a path ends the table. */
typedef struct {
  const gchar *path;
  GTestFunc run;
  GTestDataFunc run_with;
  gconstpointer data;
} TestCase;

/* Starts GStreamer, calls setup, runs cases and calls teardown (NULL is allowed for both). If all
 * passed and GST_TRACERS=leaks is set, aborts if a buffer, an event or an object of ours is still
 * alive. Gives the exit status. */
int run_cases (int argc, char **argv, const TestCase *cases, void (*setup) (void),
               void (*teardown) (void));
