/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A process that may have only so many threads: pthread_create is ours, for libraries too. */
#include <dlfcn.h>
#include <errno.h>
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>

/* -1: as many as there are; else how many may run that this call started. */
static gint threads_most = -1, threads_running;

typedef struct {
  void *(*run) (void *data);
  void *data;
} ThreadStart;

static void *
thread_run (void *data)
{
  const ThreadStart start = *(ThreadStart *)data;
  free (data);
  void *result = start.run (start.data);
  g_atomic_int_add (&threads_running, -1);
  return result;
}

__attribute__ ((visibility ("default"))) int
pthread_create (pthread_t *thread, const pthread_attr_t *attr, void *(*run) (void *), void *data)
{
  static int (*real) (pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  ThreadStart *start = malloc (sizeof *start);
  int error = EAGAIN;
  if (!real)
    *(void **)&real = dlsym (RTLD_NEXT, "pthread_create");
  *start = (ThreadStart){run, data};
  if (g_atomic_int_add (&threads_running, 1) < threads_most || threads_most < 0)
    error = real (thread, attr, thread_run, start);
  if (error) {
    g_atomic_int_add (&threads_running, -1);
    free (start);
  }
  return error;
}
