/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Addresses of cameras, and what must not be printed of them. */
#include <glib.h>

/* NULL, or what is wrong with text as a camera's address (transfer full). The text says nothing of
 * what is in it. */
gchar *watch_uri_refuse (const gchar *text);
/* What elements get: without user and password, and a device as v4l2:// (transfer full). user and
 * password are set, decoded, where the address has them, and must be freed. NULL where
 * watch_uri_refuse says no. */
gchar *watch_uri_split (const gchar *text, gchar **user, gchar **password);
/* What may be shown: without user, password and fragment, and … in place of a query (transfer
 * full). */
gchar *watch_uri_show (const gchar *text);
/* TRUE for streams that come at their own pace. */
gboolean watch_uri_is_live (const gchar *uri);
/* Any text, such as an element's error, without what addresses in it hide, and without secret,
 * which may be NULL (transfer full). At most 320 bytes, valid UTF-8, one line without a full stop.
 */
gchar *watch_scrub (const gchar *text, const gchar *secret);
