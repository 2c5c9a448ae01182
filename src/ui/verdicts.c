/* What the model was judged to do, on which takes, before and after a training in place. */
#include "ui/verdicts.h"

#include "ui/model-facts.h"
#include "workbench/report-change.h"

#include <glib/gi18n.h>

typedef enum { STEP_TRAIN = 1, STEP_QUANTIZE, STEP_INT8, STEP_FLOAT } Step;

struct _WgVerdicts {
    GObject parent_instance;
    WgDesk *desk;
    WgActivity *activity;              /* not owned: a part of the page that owns this */
    char *source, *asked;              /* of what is shown; of what is being judged */
    JsonObject *reports[2], *fresh[2]; /* int8 and float: shown; of the steps so far */
    JsonObject *trusted;               /* of the model and the very takes it was trained on */
    JsonObject *before;                /* what a training in place is to be compared with */
    JsonObject *change;
    char *state, *fresh_state; /* of model and takes, when they were judged */
    GQueue steps;
    gpointer project; /* that all this is about; only compared */
    gboolean is_working, is_wanted, with_float;
};

G_DEFINE_FINAL_TYPE(WgVerdicts, wg_verdicts, G_TYPE_OBJECT)

static guint changed_signal;

static void next(WgVerdicts *self);

static void
tell(WgVerdicts *self)
{
    g_signal_emit(self, changed_signal, 0);
}

static gboolean
takes_long(const char *source)
{
    return g_str_equal(source, "folds") || g_str_equal(source, "persons");
}

static void
take(JsonObject **to, JsonObject *object)
{
    if (object)
        json_object_ref(object);
    g_clear_pointer(to, json_object_unref);
    *to = object;
}

/* All steps are done. */
static void
finish(WgVerdicts *self)
{
    g_autofree char *age = wg_model_facts_dup_age(self->desk);
    const gboolean is_other = g_strcmp0(self->source, self->asked) != 0;
    const gboolean is_later = g_strcmp0(self->state, self->fresh_state) != 0;

    self->is_working = FALSE;
    take(&self->reports[0], self->fresh[0]);
    take(&self->reports[1], self->fresh[1]);
    take(&self->fresh[0], NULL);
    take(&self->fresh[1], NULL);
    g_free(self->source);
    self->source = g_strdup(self->asked);
    g_free(self->state);
    self->state = g_steal_pointer(&self->fresh_state);
    if (is_other || is_later) /* it was about another judgement */
        take(&self->change, NULL);
    if (self->before) {
        g_clear_pointer(&self->change, json_object_unref);
        self->change = wg_report_compare(self->before, self->reports[0]);
        take(&self->before, NULL);
    }
    if (is_other || !age)
        take(&self->trusted, age ? NULL : self->reports[0]);
    tell(self);
}

/* What is shown is of another model, and this one cannot be judged so: better nothing than that. */
static void
drop_reports(WgVerdicts *self)
{
    take(&self->reports[0], NULL);
    take(&self->reports[1], NULL);
    take(&self->trusted, NULL);
    take(&self->change, NULL);
    g_free(self->state);
    self->state = g_steal_pointer(&self->fresh_state);
}

static void
give_up(WgVerdicts *self, const GError *error)
{
    g_queue_clear(&self->steps);
    self->is_working = FALSE;
    take(&self->fresh[0], NULL);
    take(&self->fresh[1], NULL);
    take(&self->before, NULL);
    g_free(self->asked);
    self->asked = g_strdup(self->source);
    if (error) {
        wg_desk_fail(self->desk, error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            wg_desk_say(self->desk, _("Stopped. What is shown is from before."));
        else if (g_str_equal(self->source, "validation") && wg_verdicts_is_stale(self))
            drop_reports(self);
    }
    tell(self);
}

static void
on_done(gpointer owner, JsonObject *result, const GError *error)
{
    WgVerdicts *self = WG_VERDICTS(owner);
    const Step step = (Step)GPOINTER_TO_INT(g_queue_pop_head(&self->steps));

    if (!self->desk) /* the page is gone */
        return;
    if (error) {
        give_up(self, error);
        return;
    }
    if (step == STEP_INT8 || step == STEP_FLOAT)
        take(&self->fresh[step == STEP_FLOAT], result);
    next(self);
}

static void
on_quick_done(GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr(WgVerdicts) self = WG_VERDICTS(user_data);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonObject) report = wg_job_run_finish(WG_JOB(source), result, &error);

    on_done(self, report, error);
}

/* Trains the network of the newest model again and again, each time without some of the takes. */
static WgJob *
new_cross_validation(WgVerdicts *self, const char *model)
{
    const gboolean by_person = g_str_equal(self->asked, "persons");
    g_autofree char *epochs = NULL, *preset = NULL;

    if (!wg_model_facts_read_training(self->desk, &preset, &epochs))
        return NULL;
    return wg_desk_new_job(self->desk, "cross-validate", "preset", preset, "model", model,
                           "without-test", "", by_person ? "leave-one-person-out" : "folds",
                           by_person ? "" : "5", epochs ? "epochs" : NULL, epochs, NULL);
}

static WgJob *
new_job(WgVerdicts *self, Step step, const char **words)
{
    const char *model = step == STEP_FLOAT ? "float" : "int8";

    if (step == STEP_TRAIN) {
        *words = _("Learning");
        return wg_desk_new_job(self->desk, "train", "again", "", NULL);
    }
    if (step == STEP_QUANTIZE) {
        *words = _("Making the watch's model");
        return wg_desk_new_job(self->desk, "quantize", NULL);
    }
    if (takes_long(self->asked)) {
        *words = _("Training without some of the takes, in turn");
        return new_cross_validation(self, model);
    }
    *words = _("Judging the takes");
    return wg_desk_new_job(self->desk, "evaluate", "model", model, "on", self->asked, NULL);
}

static void
next(WgVerdicts *self)
{
    const Step step = (Step)GPOINTER_TO_INT(g_queue_peek_head(&self->steps));
    const char *words = NULL;
    WgJob *job;

    if (!step) {
        finish(self);
        return;
    }
    if (step == STEP_INT8) {
        g_free(self->fresh_state);
        self->fresh_state = wg_model_facts_dup_state(self->desk);
    }
    job = new_job(self, step, &words);
    if (!job) {
        give_up(self, NULL);
        return;
    }
    if (step >= STEP_INT8 && !takes_long(self->asked)) {
        wg_job_run_async(job, on_quick_done, g_object_ref(self));
        g_object_unref(job);
    } else {
        wg_activity_run(self->activity, self->desk, job, words, on_done, self);
    }
}

static void
add_step(WgVerdicts *self, Step step)
{
    g_queue_push_tail(&self->steps, GINT_TO_POINTER(step));
}

/* A test is opened once, for the watch's model: every look is counted. */
static void
add_judging(WgVerdicts *self)
{
    add_step(self, STEP_INT8);
    if (!g_str_equal(self->asked, "test") && (self->with_float || !takes_long(self->asked)))
        add_step(self, STEP_FLOAT);
}

static void
start(WgVerdicts *self)
{
    self->is_working = TRUE;
    tell(self);
    next(self);
}

/* What was judged in another project says nothing here. */
static void
forget_other_project(WgVerdicts *self)
{
    gpointer project = wg_session_get_project(wg_desk_get_session(self->desk));

    if (project == self->project)
        return;
    self->project = project;
    take(&self->reports[0], NULL);
    take(&self->reports[1], NULL);
    take(&self->trusted, NULL);
    take(&self->change, NULL);
    g_free(self->source);
    self->source = g_strdup("validation");
}

static void
on_changed(WgSession *session, gpointer user_data)
{
    WgVerdicts *self = WG_VERDICTS(user_data);

    if (!self->is_working)
        forget_other_project(self);
    if (self->is_working || !self->is_wanted)
        return;
    /* what takes seconds is asked by its button only */
    if (g_str_equal(self->source, "validation") && wg_verdicts_is_stale(self))
        wg_verdicts_ask(self, self->source, self->with_float);
    else
        tell(self);
}

static void
wg_verdicts_dispose(GObject *object)
{
    WgVerdicts *self = WG_VERDICTS(object);

    g_clear_object(&self->desk);
    g_queue_clear(&self->steps);
    for (int i = 0; i < 2; i++) {
        take(&self->reports[i], NULL);
        take(&self->fresh[i], NULL);
    }
    take(&self->trusted, NULL);
    take(&self->before, NULL);
    take(&self->change, NULL);
    g_clear_pointer(&self->source, g_free);
    g_clear_pointer(&self->asked, g_free);
    g_clear_pointer(&self->state, g_free);
    g_clear_pointer(&self->fresh_state, g_free);
    G_OBJECT_CLASS(wg_verdicts_parent_class)->dispose(object);
}

static void
wg_verdicts_class_init(WgVerdictsClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = wg_verdicts_dispose;
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_verdicts_init(WgVerdicts *self)
{
    self->source = g_strdup("validation");
    self->asked = g_strdup("validation");
    g_queue_init(&self->steps);
}

WgVerdicts *
wg_verdicts_new(WgDesk *desk, WgActivity *activity)
{
    WgVerdicts *self = g_object_new(WG_TYPE_VERDICTS, NULL);
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    self->activity = activity;
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    g_signal_connect_object(session, "models-changed", G_CALLBACK(on_changed), self,
                            G_CONNECT_AFTER);
    return self;
}

void
wg_verdicts_set_wanted(WgVerdicts *self, gboolean is_wanted)
{
    self->is_wanted = is_wanted;
    if (!is_wanted || self->is_working)
        return;
    /* the test is opened by its own button only */
    if (g_str_equal(self->source, "test") || !self->reports[0])
        wg_verdicts_ask(self, "validation", self->with_float);
    else
        on_changed(NULL, self);
}

void
wg_verdicts_ask(WgVerdicts *self, const char *source, gboolean with_float)
{
    g_autoptr(WgModelRecord) model = wg_desk_load_model(self->desk, "int8");

    if (!model || self->is_working)
        return;
    g_free(self->asked);
    self->asked = g_strdup(source);
    self->with_float = with_float;
    add_judging(self);
    start(self);
}

void
wg_verdicts_retrain(WgVerdicts *self)
{
    JsonObject *before = self->trusted ? self->trusted : self->reports[0];

    if (self->is_working || !before || g_str_equal(self->source, "test"))
        return;
    take(&self->before, before);
    add_step(self, STEP_TRAIN);
    add_step(self, STEP_QUANTIZE);
    add_judging(self);
    start(self);
}

JsonObject *
wg_verdicts_get_report(WgVerdicts *self, gboolean is_float)
{
    return self->reports[is_float];
}

JsonObject *
wg_verdicts_get_change(WgVerdicts *self)
{
    return self->change;
}

const char *
wg_verdicts_get_source(WgVerdicts *self)
{
    return self->source;
}

gboolean
wg_verdicts_is_busy(WgVerdicts *self)
{
    return self->is_working;
}

gboolean
wg_verdicts_is_stale(WgVerdicts *self)
{
    g_autofree char *now = self->state ? wg_model_facts_dup_state(self->desk) : NULL;

    return !self->state || !g_str_equal(now, self->state);
}
