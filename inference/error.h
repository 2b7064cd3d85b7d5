/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One error domain for everything below gst/. A message names the file or property, says what is
 * wrong and what to do; gst/ maps the codes to GStreamer's error domains
 * (docs/internals/architecture.md). */
#include <glib.h>

#define TFC_ERROR (tfc_error_quark ())

typedef enum {
  TFC_ERROR_NOT_FOUND,   /* no such file, or no such name                      RESOURCE NOT_FOUND */
  TFC_ERROR_READ,        /* there, but cannot be read                          RESOURCE OPEN_READ */
  TFC_ERROR_CHECKSUM,    /* a registered model with other bytes than recorded  RESOURCE FAILED */
  TFC_ERROR_FORMAT,      /* truncated, corrupt or hostile content              STREAM WRONG_TYPE */
  TFC_ERROR_UNSUPPORTED, /* sound, but uses an op or type we do not run        STREAM WRONG_TYPE */
  TFC_ERROR_SETTINGS,    /* an option that cannot be: unknown class, bad label file  RESOURCE SETTINGS */
  TFC_ERROR_BACKEND,     /* backend unknown or not built in                    LIBRARY INIT */
  TFC_ERROR_MEMORY,      /* no memory; nothing was changed                     RESOURCE NO_SPACE_LEFT */
  TFC_ERROR_RUN,         /* the engine failed while running                    STREAM FAILED */
} TfcErrorCode;

GQuark tfc_error_quark (void);
/* What a G_FILE_ERROR is here: NOT_FOUND, MEMORY (a file that cannot be mapped for want of address space),
 * else READ. */
TfcErrorCode tfc_error_of_file (const GError *error);

/* A new text for terminals, logs and buses out of one with names of a file in it: valid UTF-8, '?' for each
 * control character. g_free. */
gchar *tfc_printable (const gchar *text);
/* The same done to the message. Neither error nor *error need be there. */
void tfc_error_tidy (GError **error);
