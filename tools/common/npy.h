/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* NumPy's .npy files (format 1.0 to 3.0), one array each, in and out. Read are arrays of the engine's element types
 * in C order, little-endian, of at most TFC_MAX_RANK dimensions and TFC_MAX_TENSOR_BYTES. */
#include "inference/error.h"
#include "inference/tensor.h"

/* The array of a whole file of size bytes: type and shape, and data within bytes, aligned for nothing. Allocates nothing
 * but an error. FALSE with error set (FORMAT; UNSUPPORTED for what NumPy writes and this does not read); the message begins
 * with name. */
gboolean tfc_npy_parse (const guint8 *bytes, gsize size, const gchar *name, TfcTensor *array,
                        GError **error);

/* The same of a file, which stays mapped: array's data is valid until g_mapped_file_unref. NULL with error set. */
GMappedFile *tfc_npy_open (const gchar *path, TfcTensor *array, GError **error);

/* Writes an array as format 1.0 into a temporary file beside path, which then takes that name: whoever reads path sees the old
 * file or the new one, and what a symbolic link at path leads to is not touched. FALSE with error set (READ). */
gboolean tfc_npy_write (const gchar *path, const TfcTensor *array, GError **error);
