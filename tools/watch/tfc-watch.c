/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-watch: many cameras in one process, each with a pipeline of its own that is started again
 * alone when it fails. Exit status 0 when it was told to end or all files are at their end, 1 for a
 * configuration that is wrong or what could not be started, 2 for wrong usage. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib-unix.h>
#include <gst/gst.h>

#include "config.h"
#include "tools/common/arguments.h"
#include "tools/watch/parts.h"
#include "tools/watch/recorder.h"
#include "tools/watch/supervisor.h"

#define TICK_MS 250
#define END_US (12 * G_USEC_PER_SEC) /* cameras may take so long to end */
#define SAVE_US (5 * G_USEC_PER_SEC) /* and then clips */

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

static struct {
  gboolean check, keys, version;
  gchar **files;
} arg;

// clang-format off
static const GOptionEntry entries[] = {
  {"check", 0, 0, G_OPTION_ARG_NONE, &arg.check, "Say what is wrong with the configuration, with lines, and end", NULL},
  {"keys", 0, 0, G_OPTION_ARG_NONE, &arg.keys, "Print all keys of a configuration with their defaults, and end", NULL},
  {"version", 0, 0, G_OPTION_ARG_NONE, &arg.version, "Print the version", NULL},
  {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arg.files, NULL, "CONFIG"},
  {NULL}
};
// clang-format on

static const gchar description[] =
    "A configuration has a group for each camera, and [all] for what they have in common:\n\n"
    "  [all]\n"
    "  detect=person,car\n"
    "  tracking=motion\n"
    "  status=unix:/run/tfc-watch/status\n\n"
    "  [camera door]\n"
    "  uri=rtsp://192.168.1.20/stream\n"
    "  username=watcher\n"
    "  password-file=/etc/tfc/door.password\n"
    "  zones-file=/etc/tfc/door.zones\n"
    "  publish=mqtt://localhost\n\n"
    "{camera} in a value stands for the camera's name. Lines that begin with # are comments.\n\n"
    "Signals: SIGHUP reads the configuration again, and changes only cameras that differ; one that "
    "is\n"
    "wrong is told and passed over. SIGTERM and SIGINT end the program, within some seconds.\n\n"
    "Messages go to standard error. Passwords are in none.\n\n"
    "Exit status: 0 when it was told to end or all files are at their end, 1 for a wrong "
    "configuration\n"
    "or what could not be started, 2 for wrong usage.";

typedef struct {
  const gchar *path;
  GMainLoop *loop;
  WatchSupervisor *supervisor;
  gint64 ending; /* monotonic us since it was told to; 0: it was not */
} Program;

static void
tell (const gchar *path, const gchar *what, const GPtrArray *mistakes)
{
  for (guint i = 0; i < mistakes->len; i++) {
    const WatchMistake *m = g_ptr_array_index (mistakes, i);
    if (m->line)
      g_printerr ("%s:%u: %s%s\n", path, m->line, what, m->text);
    else
      g_printerr ("%s: %s%s\n", path, what, m->text);
  }
}

/* NULL: the mistakes were told. notes: see watch_parts_check. */
static WatchConfig *
load (const gchar *path, GPtrArray *notes)
{
  g_autoptr (GPtrArray) mistakes = watch_mistakes_new ();
  WatchConfig *config = watch_config_load (path, mistakes);
  if (config)
    watch_parts_check (config, mistakes, notes);
  tell (path, "", mistakes);
  if (mistakes->len)
    g_clear_pointer (&config, watch_config_free);
  return config;
}

static gint
check (const gchar *path)
{
  g_autoptr (GPtrArray) notes = watch_mistakes_new ();
  WatchConfig *config = load (path, notes);
  if (!config)
    return EXIT_FAILED;
  tell (path, "note: ", notes);
  g_print ("%s: %u cameras, nothing is wrong\n", path, config->cameras->len);
  watch_config_free (config);
  return EXIT_OK;
}

static gboolean
on_tick (gpointer data)
{
  Program *p = data;
  watch_supervisor_tick (p->supervisor);
  if (watch_supervisor_idle (p->supervisor) ||
      (p->ending && g_get_monotonic_time () - p->ending > END_US))
    g_main_loop_quit (p->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up (gpointer data)
{
  Program *p = data;
  g_autoptr (GError) error = NULL;
  WatchConfig *config = p->ending ? NULL : load (p->path, NULL);
  if (!config)
    g_printerr ("tfc-watch: the configuration stays as it was\n");
  else if (!watch_supervisor_change (p->supervisor, config, &error))
    g_printerr ("tfc-watch: the configuration stays as it was: %s\n", error->message);
  return G_SOURCE_CONTINUE;
}

/* The second time, a second later or more (some send a signal twice): at once. */
static gboolean
on_end (gpointer data)
{
  Program *p = data;
  const gint64 now = g_get_monotonic_time ();
  if (p->ending && now - p->ending > G_USEC_PER_SEC)
    g_main_loop_quit (p->loop);
  if (p->ending)
    return G_SOURCE_CONTINUE;
  watch_supervisor_close (p->supervisor);
  p->ending = now;
  return G_SOURCE_CONTINUE;
}

static gint
finish (Program *p)
{
  const gboolean idle = watch_supervisor_idle (p->supervisor);
  const gboolean saved = watch_recorder_wait (SAVE_US);
  if (idle)
    watch_supervisor_free (p->supervisor);
  else
    watch_supervisor_tell_stuck (p->supervisor);
  if (!saved)
    g_printerr ("tfc-watch: clips are left unfinished\n");
  if (!idle || !saved) /* threads of others go on: nothing may be taken away under them */
    _exit (EXIT_OK);
  gst_deinit ();
  return EXIT_OK;
}

static gint
run (const gchar *path)
{
  Program p = {.path = path};
  g_autoptr (GError) error = NULL;
  WatchConfig *config;
  const gint signals[] = {SIGTERM, SIGINT};
  g_unix_signal_add (SIGHUP, on_hang_up, &p); /* taken up when all have begun */
  config = load (path, NULL);
  if (!config)
    return EXIT_FAILED;
  p.supervisor = watch_supervisor_new (config, &error);
  if (!p.supervisor) {
    g_printerr ("tfc-watch: %s\n", error->message);
    return EXIT_FAILED;
  }
  p.loop = g_main_loop_new (NULL, FALSE);
  g_timeout_add (TICK_MS, on_tick, &p);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_unix_signal_add (signals[i], on_end, &p);
  g_main_loop_run (p.loop);
  g_main_loop_unref (p.loop);
  return finish (&p);
}

static const gchar *
wrong_usage (void)
{
  if (arg.version || arg.keys)
    return NULL;
  if (!arg.files)
    return "CONFIG is missing";
  return arg.files[1] ? "takes one CONFIG" : NULL;
}

int
main (int argc, char **argv)
{
  GOptionContext *context = g_option_context_new ("- watches many cameras");
  gint status = EXIT_OK;
  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN); /* readers of a status or of lines come and go */
  signal (SIGHUP, SIG_IGN);  /* until it is listened to: it must not end what has just begun */
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_group (context, gst_init_get_option_group ());
  if (!tfc_arguments_parse (context, &argc, &argv, wrong_usage))
    return EXIT_USAGE;
  if (arg.version) {
    g_print ("tfc-watch " TFC_VERSION "\n");
  } else if (arg.keys) {
    g_autofree gchar *keys = watch_keys_help ();
    g_print ("%s", keys);
  } else {
    status = arg.check ? check (arg.files[0]) : run (arg.files[0]);
  }
  g_strfreev (arg.files);
  return status;
}
