/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/util/gsttfcerror.h"
#include "inference/model.h"

typedef struct {
  GQuark (*domain) (void);
  gint code;
} Target;

// clang-format off
static const Target table[] = {
  [TFC_ERROR_NOT_FOUND]   = { gst_resource_error_quark, GST_RESOURCE_ERROR_NOT_FOUND },
  [TFC_ERROR_READ]        = { gst_resource_error_quark, GST_RESOURCE_ERROR_OPEN_READ },
  [TFC_ERROR_CHECKSUM]    = { gst_resource_error_quark, GST_RESOURCE_ERROR_FAILED },
  [TFC_ERROR_FORMAT]      = { gst_stream_error_quark,   GST_STREAM_ERROR_WRONG_TYPE },
  [TFC_ERROR_UNSUPPORTED] = { gst_stream_error_quark,   GST_STREAM_ERROR_WRONG_TYPE },
  [TFC_ERROR_SETTINGS]    = { gst_resource_error_quark, GST_RESOURCE_ERROR_SETTINGS },
  [TFC_ERROR_BACKEND]     = { gst_library_error_quark,  GST_LIBRARY_ERROR_INIT },
  [TFC_ERROR_MEMORY]      = { gst_resource_error_quark, GST_RESOURCE_ERROR_NO_SPACE_LEFT },
  [TFC_ERROR_RUN]         = { gst_stream_error_quark,   GST_STREAM_ERROR_FAILED },
};
// clang-format on

void
gst_tfc_post_error (GstElement *element, GstMessageType type, const GError *error)
{
  GQuark domain = GST_STREAM_ERROR;
  gint code = GST_STREAM_ERROR_FAILED;

  if (error->domain == TFC_ERROR && error->code >= 0 && error->code < (gint)G_N_ELEMENTS (table)) {
    domain = table[error->code].domain ();
    code = table[error->code].code;
  } else if (error->domain == GST_STREAM_ERROR) {
    code = error->code;
  }
  gst_element_message_full (element, type, domain, code, g_strdup (error->message), NULL, __FILE__,
                            G_STRFUNC, __LINE__);
}
