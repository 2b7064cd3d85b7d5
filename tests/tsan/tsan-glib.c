/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What ThreadSanitizer must be told of GLib, GStreamer and pthreadpool as Debian builds them.
 *
 * They are not instrumented, and their mutexes and queues are futexes and atomics, so the sanitizer
 * sees two threads that touch our memory and not what orders them. This library is preloaded
 * (LD_PRELOAD). It stands in front of the functions below and calls the real ones; before and after
 * it says what they promise: nothing more, or true races would be hidden. tests/tsan/test-races
 * plants one for each, and sees it found.
 *
 * GLib's own calls inside libglib do not come by here (they are bound at link time), and need not:
 * the sanitizer looks at memory of our code only. GRecMutex and GRWLock are pthread's, which it
 * knows. */
#define _GNU_SOURCE
#include <glib-object.h>

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

#if HAVE_XNNPACK
#include <pthreadpool.h>
#endif

void gst_mini_object_unref (gpointer at);

/* The sanitizer's, which is linked into the program; not there in a program without it. */
#define WEAK __attribute__ ((weak))
extern void AnnotateIgnoreWritesBegin (const char *file, int line) WEAK;
extern void AnnotateIgnoreWritesEnd (const char *file, int line) WEAK;
extern void __tsan_acquire (void *at) WEAK;
extern void __tsan_release (void *at) WEAK;
extern void __tsan_mutex_pre_lock (void *mutex, unsigned flags) WEAK;
extern void __tsan_mutex_post_lock (void *mutex, unsigned flags, int depth) WEAK;
extern int __tsan_mutex_pre_unlock (void *mutex, unsigned flags) WEAK;
extern void __tsan_mutex_post_unlock (void *mutex, unsigned flags) WEAK;
extern void __tsan_mutex_destroy (void *mutex, unsigned flags) WEAK;
#define TRY (1 << 4)
#define TRY_FAILED (1 << 5)

/* What happened in this thread before comes before what a thread does after acquire() of the same.
 */
static void
release (gconstpointer at)
{
  if (__tsan_release && at)
    __tsan_release ((void *)at);
}

static void
acquire (gconstpointer at)
{
  if (__tsan_acquire && at)
    __tsan_acquire ((void *)at);
}

/* The function of that name that comes next in the order of libraries. */
#define NEXT(name) ((__typeof__ (&name))next (&name##_next, #name))
#define FRONT(type, name, ...) \
  static gpointer name##_next; \
  FRONT_ONLY (type, name, __VA_ARGS__)

#define FRONT_ONLY(type, name, ...) __attribute__ ((visibility ("default"))) type name (__VA_ARGS__)

static gpointer
next (gpointer *known, const gchar *name)
{
  gpointer f = __atomic_load_n (known, __ATOMIC_RELAXED);
  if (!f) {
    f = dlsym (RTLD_NEXT, name);
    if (!f) /* what only a plugin is linked with is not in that order */
      f = dlsym (dlopen ("libpthreadpool.so.0", RTLD_LAZY), name);
    __atomic_store_n (known, f, __ATOMIC_RELAXED);
  }
  return f;
}

/* ---- GMutex, GCond ---- */

static void
pre_lock (GMutex *mutex, guint flags)
{
  if (__tsan_mutex_pre_lock)
    __tsan_mutex_pre_lock (mutex, flags);
}

static void
post_lock (GMutex *mutex, guint flags)
{
  if (__tsan_mutex_post_lock)
    __tsan_mutex_post_lock (mutex, flags, 1);
}

static void
say_unlocked (GMutex *mutex)
{
  if (__tsan_mutex_pre_unlock) {
    __tsan_mutex_pre_unlock (mutex, 0);
    __tsan_mutex_post_unlock (mutex, 0);
  }
}

static void
say_locked (GMutex *mutex)
{
  pre_lock (mutex, 0);
  post_lock (mutex, 0);
}

FRONT (void, g_mutex_lock, GMutex *mutex)
{
  pre_lock (mutex, 0);
  NEXT (g_mutex_lock) (mutex);
  post_lock (mutex, 0);
}

FRONT (gboolean, g_mutex_trylock, GMutex *mutex)
{
  pre_lock (mutex, TRY);
  const gboolean got = NEXT (g_mutex_trylock) (mutex);
  post_lock (mutex, got ? TRY : TRY | TRY_FAILED);
  return got;
}

FRONT (void, g_mutex_unlock, GMutex *mutex)
{
  if (__tsan_mutex_pre_unlock)
    __tsan_mutex_pre_unlock (mutex, 0);
  NEXT (g_mutex_unlock) (mutex);
  if (__tsan_mutex_post_unlock)
    __tsan_mutex_post_unlock (mutex, 0);
}

FRONT (void, g_mutex_clear, GMutex *mutex)
{
  if (__tsan_mutex_destroy)
    __tsan_mutex_destroy (mutex, 0);
  NEXT (g_mutex_clear) (mutex);
}

FRONT (void, g_cond_wait, GCond *cond, GMutex *mutex)
{
  say_unlocked (mutex);
  NEXT (g_cond_wait) (cond, mutex);
  say_locked (mutex);
}

FRONT (gboolean, g_cond_wait_until, GCond *cond, GMutex *mutex, gint64 end)
{
  say_unlocked (mutex);
  const gboolean signalled = NEXT (g_cond_wait_until) (cond, mutex, end);
  say_locked (mutex);
  return signalled;
}

/* ---- GOnce ---- */

typedef struct {
  GOnce *once;
  GThreadFunc func;
  gpointer arg;
} Once;

static gpointer
do_once (gpointer data)
{
  Once *o = data;
  gpointer value = o->func (o->arg);
  release ((gpointer)&o->once->status);
  return value;
}

FRONT (gpointer, g_once_impl, GOnce *once, GThreadFunc func, gpointer arg)
{
  Once o = {once, func, arg};
  gpointer value = NEXT (g_once_impl) (once, do_once, &o);
  acquire ((gpointer)&once->status);
  return value;
}

#undef g_once_init_enter
#undef g_once_init_leave
FRONT (gboolean, g_once_init_enter, volatile void *location)
{
  const gboolean first = NEXT (g_once_init_enter) (location);
  acquire ((gconstpointer)location);
  return first;
}

FRONT (void, g_once_init_leave, volatile void *location, gsize result)
{
  release ((gconstpointer)location);
  NEXT (g_once_init_leave) (location, result);
}

/* ---- GAsyncQueue: what was pushed comes before what is popped later ---- */

#define PUSH(name)                                      \
  FRONT (void, name, GAsyncQueue *queue, gpointer data) \
  {                                                     \
    release (queue);                                    \
    NEXT (name) (queue, data);                          \
  }
#define POP(name, params, ...)                 \
  FRONT (gpointer, name, params)               \
  {                                            \
    gpointer data = NEXT (name) (__VA_ARGS__); \
    acquire (queue);                           \
    return data;                               \
  }
#define WITH_TIME GAsyncQueue *queue, guint64 wait
PUSH (g_async_queue_push)
PUSH (g_async_queue_push_unlocked)
POP (g_async_queue_pop, GAsyncQueue *queue, queue)
POP (g_async_queue_pop_unlocked, GAsyncQueue *queue, queue)
POP (g_async_queue_try_pop, GAsyncQueue *queue, queue)
POP (g_async_queue_try_pop_unlocked, GAsyncQueue *queue, queue)
POP (g_async_queue_timeout_pop, WITH_TIME, queue, wait)
POP (g_async_queue_timeout_pop_unlocked, WITH_TIME, queue, wait)

/* ---- GThreadPool: what was pushed comes before its task, all tasks before the end of the pool
 * ---- */

typedef struct {
  GFunc func;
  gpointer data;
  gchar end; /* its address is what is acquired */
} Tasks;

static void
do_task (gpointer what, gpointer data)
{
  Tasks *tasks = data;
  acquire (tasks);
  tasks->func (what, tasks->data);
  release (&tasks->end);
}

static Tasks *
tasks_of (GThreadPool *pool)
{
  return pool->func == do_task ? pool->user_data : NULL;
}

FRONT (GThreadPool *, g_thread_pool_new, GFunc func, gpointer data, gint max, gboolean exclusive,
       GError **error)
{
  Tasks *tasks =
      malloc (sizeof *tasks); /* for good: threads of an unfinished pool may still look */
  *tasks = (Tasks){func, data, 0};
  return NEXT (g_thread_pool_new) (do_task, tasks, max, exclusive, error);
}

FRONT (gboolean, g_thread_pool_push, GThreadPool *pool, gpointer what, GError **error)
{
  release (tasks_of (pool));
  return NEXT (g_thread_pool_push) (pool, what, error);
}

FRONT (void, g_thread_pool_free, GThreadPool *pool, gboolean immediate, gboolean wait)
{
  Tasks *tasks = tasks_of (pool);
  NEXT (g_thread_pool_free) (pool, immediate, wait);
  if (wait && tasks)
    acquire (&tasks->end);
}

/* ---- references: who gives one back is done before the last one is ---- */

#define UNREF(name)               \
  FRONT (void, name, gpointer at) \
  {                               \
    release (at);                 \
    acquire (at);                 \
    NEXT (name) (at);             \
  }
UNREF (g_object_unref)
UNREF (gst_mini_object_unref)

FRONT (void, g_ref_string_release, gchar *text)
{
  release (text);
  acquire (text);
  NEXT (g_ref_string_release) (text);
}

/* ---- pthreadpool: the caller before all pieces, all pieces before the caller goes on ---- */

#if HAVE_XNNPACK
typedef struct {
  pthreadpool_task_1d_t func;
  void *data;
  gchar end;
} Pieces;

static void
do_piece (void *data, size_t index)
{
  Pieces *pieces = data;
  acquire (pieces);
  pieces->func (pieces->data, index);
  release (&pieces->end);
}

FRONT (void, pthreadpool_parallelize_1d, pthreadpool_t pool, pthreadpool_task_1d_t func, void *data,
       size_t range, uint32_t flags)
{
  Pieces pieces = {func, data, 0};
  release (&pieces);
  NEXT (pthreadpool_parallelize_1d) (pool, do_piece, &pieces, range, flags);
  acquire (&pieces.end);
}
#endif

/* ---- memory: given back by our code it counts as written to, as with free(); by theirs it does
 * not, for what orders their threads is not seen ---- */

static gboolean
is_ours (gpointer code)
{
  struct dl_find_object found;
  return _dl_find_object (code, &found) == 0 &&
         (!*found.dlfo_link_map->l_name || strstr (found.dlfo_link_map->l_name, "tfc"));
}

static void
give_back (gpointer at, gpointer caller)
{
  const gboolean theirs = AnnotateIgnoreWritesBegin && !is_ours (caller);
  if (theirs)
    AnnotateIgnoreWritesBegin (__FILE__, __LINE__);
  free (at);
  if (theirs)
    AnnotateIgnoreWritesEnd (__FILE__, __LINE__);
}

FRONT_ONLY (void, g_free, gpointer at)
{
  give_back (at, __builtin_return_address (0));
}

/* With G_SLICE=always-malloc. */
FRONT_ONLY (void, g_slice_free1, gsize size, gpointer at)
{
  give_back (at, __builtin_return_address (0));
}
