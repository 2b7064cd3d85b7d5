/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* All cameras of a configuration, and what is told of them. Belongs to the main thread. */
#include "tools/watch/settings.h"

typedef struct WatchSupervisor WatchSupervisor;

/* Takes config, and starts its cameras. NULL: error is set (the status cannot be told). */
WatchSupervisor *watch_supervisor_new (WatchConfig *config, GError **error);
/* Takes config. Cameras that are the same go on, others end, begin, or begin anew. FALSE: error is
 * set, and nothing has changed but that config is gone. */
gboolean watch_supervisor_change (WatchSupervisor *supervisor, WatchConfig *config, GError **error);
/* To be called four times a second. */
void watch_supervisor_tick (WatchSupervisor *supervisor);
/* Begins to end all cameras. */
void watch_supervisor_close (WatchSupervisor *supervisor);
/* Every camera has ended for good, and no thread of one is left. */
gboolean watch_supervisor_idle (const WatchSupervisor *supervisor);
/* Says which cameras do not stop, for the end of the program. */
void watch_supervisor_tell_stuck (const WatchSupervisor *supervisor);
/* Only when idle. */
void watch_supervisor_free (WatchSupervisor *supervisor);
