/* What a watch carries: the models deployed there, their files' checksums, and the room left. */
#pragma once

#include "device/deployer.h"

G_BEGIN_DECLS

/* A deployment as its record on the watch tells it; text from there is not to be trusted. */
typedef struct {
    WgDeployMode mode;
    gboolean is_own;             /* it was found on the watch: nobody knows where it came from */
    char *record, *model, *code; /* files in Storage; code NULL: none */
    /* what the firmware's own recogniser had beside the app, where that was no model of ours; NULL:
     * nothing is kept of it */
    char *beside;
    guint32 beside_crc;
    GBytes *labels; /* its .tfnames, or those of one that is_own; NULL: there were none */
    char *former;   /* the record before it; NULL: none */
    char *project, *made, *date; /* "" where not known */
    char **names;
    gint64 number;
    guint32 crc, code_crc; /* as the record says */
    gint64 model_bytes;    /* as stored; -1: not there */
    gboolean is_whole;     /* its files are there with these checksums */
} WgCarried;

typedef struct {
    WgCarried *now, *former; /* NULL: none */
    gint64 free_bytes;       /* of Storage */
    gint64 trash_bytes;      /* of Storage, free after compaction; -1: not known */
    gint64 memory_bytes;     /* free */
    GHashTable *sums;        /* name -> WgSum */
} WgSurvey;

typedef struct {
    gint64 length;
    guint32 crc;
} WgSum;

/* One question. `is_changing`: what is deployed is about to become another, so that the app and its
 * background stand aside until the watch is disconnected; else nothing changes there.
 * WG_ERROR_VERIFY: the answer makes no sense. */
void wg_survey_async(WgWatch *watch, gboolean is_changing, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
WgSurvey *wg_survey_finish(WgWatch *watch, GAsyncResult *result, GError **error);
/* NULL: not stored. */
const WgSum *wg_survey_find(const WgSurvey *survey, const char *name);
/* Whether the file is stored with this content. */
gboolean wg_survey_holds(const WgSurvey *survey, const char *name, gint64 length, guint32 crc);
/* What .tfnames holds where this deployment is in use by the firmware's own recogniser, or kept for
 * it; NULL: there is no such file. Owner: caller. */
GBytes *wg_carried_build_labels(const WgCarried *carried);
/* Whether a name belongs to the deployment in use or to the former one. */
gboolean wg_survey_needs(const WgSurvey *survey, const char *name);
/* A slot that nothing needs, of 'm', 'c' or 'r' (wg_slot_name); there is one. Owner: caller. */
char *wg_survey_find_slot(const WgSurvey *survey, char what);
void wg_survey_free(WgSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgSurvey, wg_survey_free)

/* Reads what waggleSums answers: n sums, length -1 where a file is missing. FALSE: something else.
 */
gboolean wg_sums_read(const char *value, WgSum *sums, int n);

G_END_DECLS
