/* What the files of the page Record share. */
#pragma once

#include "ui/countdown.h"
#include "ui/page-record.h"
#include "ui/perform-bar.h"
#include "ui/preview.h"
#include "ui/record-status.h"
#include "ui/record-way.h"
#include "ui/recorded-takes.h"
#include "ui/stream-health.h"

G_BEGIN_DECLS

struct _WgPageRecord {
    GtkBox parent_instance;
    WgTrace *trace;
    GtkLabel *count;
    GtkProgressBar *progress;
    GtkEntry *name, *person;
    WgRecordWay *way;
    GtkButton *record, *ordinary, *step;
    WgHealthLight *light;
    GtkLabel *record_label, *status_label, *advice;
    const char *take_advice; /* on the newest take, NULL: it is good */
    WgPerformBar *perform_bar;
    WgRecordedTakes *takes;
    WgPreview *preview;
    WgDesk *desk;
    WgProject *project; /* not held: whose person is shown */
    WgRecordStatus status;
    WgNextStep next;
    gboolean is_ordinary; /* a minute of other movement is recorded, in place of a gesture */
    WgJob *job;
    WgCountdown *countdown;
};

/* page-record.c: shows what goes on. */
void wg_page_record_show(WgPageRecord *self);
void wg_page_record_set_state(WgPageRecord *self, WgRecordState state);
/* Has the trace run where the watch is free. */
void wg_page_record_follow_watch(WgPageRecord *self);

/* page-record-run.c: begins to record `label`, by the page's way or as a minute of ordinary
 * movement; `self->status` is of that recording from now on. */
void wg_page_record_start(WgPageRecord *self, const char *label, gboolean is_ordinary);
/* Ends what goes on, or never begins it. */
void wg_page_record_stop(WgPageRecord *self);

G_END_DECLS
