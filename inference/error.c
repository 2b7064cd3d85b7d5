/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "error.h"

G_DEFINE_QUARK (tfc - error - quark, tfc_error)

TfcErrorCode
tfc_error_of_file (const GError *error)
{
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TFC_ERROR_NOT_FOUND;
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM) ? TFC_ERROR_MEMORY
                                                                   : TFC_ERROR_READ;
}
