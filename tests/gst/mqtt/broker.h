/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A broker of the test's own on loopback, somebody who listens to it, and the transport under test.
 */
#include "gst/publish/gsttfctransport.h"

typedef struct Broker Broker;
typedef struct Listener Listener;

/* A socket that listens on a free port of loopback; close. */
int listen_on_loopback (guint *port);

/* Mosquitto in a folder of its own, which has been made; NULL, and the test is skipped, where it is
 * not installed. config: further lines of its configuration file, or NULL: everybody is let in. It
 * is not started yet. */
Broker *broker_new (const gchar *config);
guint broker_port (const Broker *broker);
/* Path of a file in its folder; g_free. */
gchar *broker_path (const Broker *broker, const gchar *name);
void broker_start (Broker *broker); /* returns once connections are accepted */
void broker_stop (Broker *broker, int signal);
void broker_free (Broker *broker); /* stops it, removes the folder */

/* Hears all topics, as of now. */
Listener *listener_new (const Broker *broker);
/* The next text that comes on topic, skipping other topics; NULL if none comes in 10 s. g_free */
gchar *listener_next (Listener *listener, const gchar *topic, gboolean *retained);
/* The same for any topic that begins so. */
gchar *listener_next_under (Listener *listener, const gchar *start);
void listener_free (Listener *listener);

/* The plug-in's table; fails the test where it cannot be loaded. */
const GstTfcTransportClass *transport_class (void);
/* mqtt://127.0.0.1 and the broker's port; strings live until the next call. */
GstTfcTransportOptions broker_options (const Broker *broker);
/* Opens, and expects that it works. */
GstTfcTransport *transport_open (const GstTfcTransportOptions *options);
/* Sends, waiting up to 20 s for room. */
void transport_send (GstTfcTransport *transport, const gchar *suffix, const gchar *text);
/* Waits up to 20 s. */
void wait_connected (GstTfcTransport *transport, gboolean connected);
/* Waits up to 20 s for a problem with this word in it. */
void wait_problem (GstTfcTransport *transport, const gchar *word);
