/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the process holds of the machine's memory right now, in MiB; 0 where the system does not tell. */
double memory_mb (void);
