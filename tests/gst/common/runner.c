/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/runner.h"

#include <gst/gst.h>
#include <string.h>

/* Everything that the tests made is gone again (with GST_TRACERS=leaks). */
static void
assert_no_leaks (void)
{
  GList *tracers = gst_tracing_get_active_tracers ();

  gst_task_cleanup_all (); /* else threads of the pipelines may still let go of things */
  g_assert_true (tracers || !g_getenv ("GST_TRACERS"));
  for (GList *t = tracers; t; t = t->next) {
    GstStructure *live = NULL;
    const GValue *list;
    if (!g_signal_lookup ("get-live-objects", G_OBJECT_TYPE (t->data)))
      continue;
    g_signal_emit_by_name (t->data, "get-live-objects", &live);
    list = gst_structure_get_value (live, "live-objects-list");
    for (guint i = 0; list && i < gst_value_list_get_size (list); i++) {
      const GstStructure *one = gst_value_get_structure (gst_value_list_get_value (list, i));
      g_autofree gchar *text = gst_structure_to_string (one);
      if (strstr (text, "GstBuffer") || strstr (text, "GstTfc") || strstr (text, "GstEvent"))
        g_error ("left over: %s", text);
    }
    gst_structure_free (live);
  }
  g_list_free_full (tracers, gst_object_unref);
}

int
run_cases (int argc, char **argv, const TestCase *cases, void (*setup) (void),
           void (*teardown) (void))
{
  int status;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  if (setup)
    setup ();
  for (; cases->path; cases++) {
    if (cases->run)
      g_test_add_func (cases->path, cases->run);
    else
      g_test_add_data_func (cases->path, cases->data, cases->run_with);
  }
  status = g_test_run ();
  if (teardown)
    teardown ();
  if (status == 0)
    assert_no_leaks ();
  return status;
}
