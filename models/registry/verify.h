/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Are the files the registered ones? Sizes are compared at once, SHA-256 sums on a thread, so that the files can be
 * opened meanwhile; their contents must not be used before the answer. Sums of files that have not changed since are
 * remembered in the process. Each check is its caller's; several may run at once. */
#include "inference/error.h"

typedef struct TfcVerifier TfcVerifier;

/* name: the model, for messages. */
TfcVerifier *tfc_verifier_new (const gchar *name);
/* want: the registry's "SIZE SHA256", each of which may be "-". FALSE with error set (READ, CHECKSUM) if the size is
 * another. */
gboolean tfc_verifier_add (TfcVerifier *check, const gchar *path, const gchar *want, GError **error);
/* All files were added. */
void tfc_verifier_begin (TfcVerifier *check);
/* Waits. FALSE with error set (READ, CHECKSUM) if one is another; the same answer every time. */
gboolean tfc_verifier_end (TfcVerifier *check, GError **error);
void tfc_verifier_free (TfcVerifier *check); /* waits; NULL is allowed */
