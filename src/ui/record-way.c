/* How a recording is made: how much, what begins a take, how long it is, and the rate; a small
 * popover. */
#include "ui/record-way.h"

#include "device/recorder.h"
#include "device/watch-talk.h"
#include "ui/record-choice.h"
#include "ui/record-way-words.h"
#include "ui/settings.h"

#include <glib/gi18n.h>
#include <math.h>

struct _WgRecordWay {
    GtkMenuButton parent_instance;
    GtkLabel *summary, *way_text, *rate_text;
    GtkToggleButton *detector, *countdown, *button, *continuous;
    GtkSpinButton *amount, *length;
    GtkComboBox *unit;
    GtkWidget *amount_row, *length_row, *rates;
    GtkToggleButton *rate_12, *rate_25, *rate_50, *rate_100;
    WgDesk *desk;
    GSettings *settings; /* may be NULL */
    WgProject *project;  /* not held: whose choice is shown */
    WgTrigger wanted;    /* what a person chose, whatever the watch can do */
    double rate_hz;      /* the same */
    gboolean is_showing; /* the toggles follow, nobody chooses */
    gboolean is_unsaved;
};

G_DEFINE_FINAL_TYPE(WgRecordWay, wg_record_way, GTK_TYPE_MENU_BUTTON)

static guint changed_signal;

/* It tells numbers and nothing else: takes are cut here, and it has no button that we hear. */
static gboolean
is_board(WgRecordWay *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);

    return watch && wg_watch_get_talk(watch) != WG_TALK_ESPRUINO;
}

/* Watches whose sensor's rate we know how to set; before one is there, it may be such. */
static gboolean
has_rates(WgRecordWay *self)
{
    WgWatch *watch = wg_desk_get_ready_watch(self->desk);
    const char *kind = watch ? wg_watch_get_kind(watch) : "bangle2";

    return g_strcmp0(kind, "bangle1") == 0 || g_strcmp0(kind, "bangle2") == 0;
}

static gboolean
can(WgRecordWay *self, WgTrigger trigger)
{
    return !is_board(self) || trigger != WG_TRIGGER_BUTTON;
}

WgTrigger
wg_record_way_get_trigger(WgRecordWay *self)
{
    return can(self, self->wanted) ? self->wanted : WG_TRIGGER_COUNTDOWN;
}

static gboolean
may_choose_rate(WgRecordWay *self)
{
    return has_rates(self) && wg_record_way_get_trigger(self) != WG_TRIGGER_DETECTOR;
}

static double
get_rate_hz(WgRecordWay *self)
{
    return may_choose_rate(self) ? self->rate_hz : WG_RECORD_RATE_HZ;
}

static gboolean
is_by_count(WgRecordWay *self)
{
    return g_strcmp0(gtk_combo_box_get_active_id(self->unit), "takes") == 0;
}

/* A whole stream lasts until it is stopped. */
static gboolean
has_amount(WgRecordWay *self)
{
    return wg_record_way_get_trigger(self) != WG_TRIGGER_CONTINUOUS;
}

static int
get_amount(WgRecordWay *self)
{
    return gtk_spin_button_get_value_as_int(self->amount);
}

static char *
make_amount_words(WgRecordWay *self)
{
    const int n = get_amount(self);

    return is_by_count(self) ? g_strdup_printf(ngettext("%d take", "%d takes", (gulong)n), n)
                             : g_strdup_printf(ngettext("%d second", "%d seconds", (gulong)n), n);
}

static char *
make_summary(WgRecordWay *self)
{
    const char *const words[WG_RECORD_N_WAYS] = {_("when it moves"), _("after 3, 2, 1"),
                                                 _("by its button"), _("all of it")};
    const char *when = words[wg_record_way_get_trigger(self)];
    const double rate_hz = get_rate_hz(self);
    g_autofree char *amount = make_amount_words(self);
    g_autofree char *how =
        has_amount(self) ? g_strdup_printf(_("%s, %s"), amount, when) : g_strdup(when);

    return rate_hz > WG_RECORD_RATE_HZ ? g_strdup_printf(_("%s, %.0f Hz"), how, rate_hz)
                                       : g_steal_pointer(&how);
}

static void
show(WgRecordWay *self)
{
    GtkToggleButton *const ways[WG_RECORD_N_WAYS] = {self->detector, self->countdown, self->button,
                                                     self->continuous};
    GtkToggleButton *const rates[WG_RECORD_N_RATES] = {self->rate_12, self->rate_25, self->rate_50,
                                                       self->rate_100};
    const WgTrigger trigger = wg_record_way_get_trigger(self);
    const gboolean has_length = trigger == WG_TRIGGER_COUNTDOWN || trigger == WG_TRIGGER_BUTTON;
    g_autofree char *summary = make_summary(self);
    g_autofree char *spoken = g_strdup_printf(_("How it is recorded: %s"), summary);

    self->is_showing = TRUE;
    for (int i = 0; i < WG_RECORD_N_WAYS; i++) {
        gtk_widget_set_sensitive(GTK_WIDGET(ways[i]), can(self, (WgTrigger)i));
        gtk_toggle_button_set_active(ways[i], i == (int)trigger);
    }
    for (int i = 0; i < WG_RECORD_N_RATES; i++)
        gtk_toggle_button_set_active(rates[i], wg_record_rates_hz[i] == get_rate_hz(self));
    self->is_showing = FALSE;
    gtk_widget_set_sensitive(self->rates, may_choose_rate(self));
    gtk_widget_set_sensitive(self->length_row, has_length);
    gtk_widget_set_sensitive(self->amount_row, has_amount(self));
    gtk_label_set_text(self->rate_text,
                       wg_record_way_describe_rate(wg_record_way_get_trigger(self), is_board(self),
                                                   has_rates(self)));
    gtk_label_set_text(self->way_text,
                       wg_record_way_describe(wg_record_way_get_trigger(self), is_board(self)));
    gtk_label_set_text(self->summary, summary);
    atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), spoken);
}

static void
load(WgRecordWay *self)
{
    const WgRecordChoice kept = wg_record_choice_load(self->project);

    self->wanted = kept.trigger;
    self->rate_hz = kept.rate_hz;
    self->is_showing = TRUE;
    gtk_spin_button_set_value(self->length, kept.length_s);
    gtk_combo_box_set_active_id(self->unit, kept.is_by_count ? "takes" : "seconds");
    gtk_spin_button_set_value(self->amount, kept.amount);
    self->is_showing = FALSE;
    self->is_unsaved = FALSE;
}

static void
save(WgRecordWay *self)
{
    const WgRecordChoice choice = {.trigger = self->wanted,
                                   .rate_hz = self->rate_hz,
                                   .length_s = wg_record_way_get_length_s(self),
                                   .is_by_count = is_by_count(self),
                                   .amount = get_amount(self)};

    if (!self->is_unsaved || !self->project || wg_project_is_read_only(self->project))
        return;
    self->is_unsaved = FALSE;
    wg_record_choice_save(&choice, self->project);
}

static void
choose(WgRecordWay *self)
{
    self->is_unsaved = TRUE;
    show(self);
    g_signal_emit(self, changed_signal, 0);
}

static void
on_way(GtkToggleButton *button, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (self->is_showing || !self->desk || !gtk_toggle_button_get_active(button))
        return;
    self->wanted = button == self->detector    ? WG_TRIGGER_DETECTOR
                   : button == self->countdown ? WG_TRIGGER_COUNTDOWN
                   : button == self->button    ? WG_TRIGGER_BUTTON
                                               : WG_TRIGGER_CONTINUOUS;
    choose(self);
}

static void
on_rate(GtkToggleButton *button, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (self->is_showing || !self->desk || !gtk_toggle_button_get_active(button))
        return;
    self->rate_hz = wg_record_rates_hz[button == self->rate_12   ? 0
                                       : button == self->rate_25 ? 1
                                       : button == self->rate_50 ? 2
                                                                 : 3];
    choose(self);
}

static void
on_length(GtkSpinButton *button, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (!self->is_showing && self->desk)
        choose(self);
}

static void
on_amount(GtkSpinButton *button, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (!self->is_showing && self->desk)
        choose(self);
}

static void
on_unit(GtkComboBox *unit, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (self->is_showing || !self->desk)
        return;
    self->is_showing = TRUE;
    gtk_spin_button_set_value(self->amount, is_by_count(self) ? WG_RECORD_TAKES_AT_ONCE
                                                              : WG_RECORD_SECONDS_AT_ONCE);
    self->is_showing = FALSE;
    choose(self);
}

static void
on_closed(GtkPopover *popover, gpointer user_data)
{
    save(user_data);
}

static void
on_project_changed(WgSession *session, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);
    WgProject *project = wg_session_get_project(session);

    if (project == self->project)
        return;
    self->project = project;
    load(self);
    show(self);
    g_signal_emit(self, changed_signal, 0);
}

static void
on_watch_changed(WgSession *session, gpointer user_data)
{
    WgRecordWay *self = WG_RECORD_WAY(user_data);

    if (!self->desk) /* the window is being closed */
        return;
    show(self);
    g_signal_emit(self, changed_signal, 0);
}

static void
wg_record_way_dispose(GObject *object)
{
    g_clear_object(&WG_RECORD_WAY(object)->desk);
    g_clear_object(&WG_RECORD_WAY(object)->settings);
    G_OBJECT_CLASS(wg_record_way_parent_class)->dispose(object);
}

static void
wg_record_way_class_init(WgRecordWayClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = wg_record_way_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/record-way.ui");
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, summary);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, detector);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, way_text);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, countdown);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, button);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, continuous);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, amount);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, amount_row);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, unit);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, length);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, length_row);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rates);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rate_12);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rate_25);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rate_50);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rate_100);
    gtk_widget_class_bind_template_child(widget_class, WgRecordWay, rate_text);
    gtk_widget_class_bind_template_callback(widget_class, on_way);
    gtk_widget_class_bind_template_callback(widget_class, on_rate);
    gtk_widget_class_bind_template_callback(widget_class, on_length);
    gtk_widget_class_bind_template_callback(widget_class, on_amount);
    gtk_widget_class_bind_template_callback(widget_class, on_unit);
    gtk_widget_class_bind_template_callback(widget_class, on_closed);
    changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
wg_record_way_init(WgRecordWay *self)
{
    self->rate_hz = WG_RECORD_RATE_HZ;
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_record_way_set_desk(WgRecordWay *self, WgDesk *desk)
{
    WgSession *session = wg_desk_get_session(desk);

    self->desk = g_object_ref(desk);
    g_signal_connect_object(session, "recordings-changed", G_CALLBACK(on_project_changed), self, 0);
    g_signal_connect_object(session, "watch-changed", G_CALLBACK(on_watch_changed), self, 0);
    show(self);
}

void
wg_record_way_set_settings(WgRecordWay *self, GSettings *settings)
{
    g_set_object(&self->settings, settings);
}

int
wg_record_way_get_countdown(WgRecordWay *self)
{
    return wg_settings_get_int(self->settings, WG_SETTING_COUNTDOWN, WG_COUNTDOWN_S);
}

int
wg_record_way_count_shown(WgRecordWay *self, JsonObject *take)
{
    if (wg_record_way_get_trigger(self) == WG_TRIGGER_DETECTOR)
        return (int)json_object_get_int_member(take, "n_samples");
    return (int)lrint(wg_record_way_get_length_s(self) * WG_RECORD_RATE_HZ);
}

int
wg_record_way_get_n_takes(WgRecordWay *self)
{
    return has_amount(self) && is_by_count(self) ? get_amount(self) : 0;
}

double
wg_record_way_get_length_s(WgRecordWay *self)
{
    return gtk_spin_button_get_value(self->length);
}

gboolean
wg_record_way_give(WgRecordWay *self, WgJob *job, GError **error)
{
    const WgTrigger trigger = wg_record_way_get_trigger(self);
    char length[G_ASCII_DTOSTR_BUF_SIZE], rate[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *amount = g_strdup_printf("%d", get_amount(self));
    g_autofree char *countdown = g_strdup_printf("%d", wg_record_way_get_countdown(self));

    g_ascii_dtostr(length, sizeof length, wg_record_way_get_length_s(self));
    g_ascii_dtostr(rate, sizeof rate, get_rate_hz(self));
    return wg_job_set(job, "trigger", wg_trigger_get_name(trigger), error) &&
           wg_job_set(job, "length", length, error) && wg_job_set(job, "rate", rate, error) &&
           wg_job_set(job, "countdown", countdown, error) &&
           (!has_amount(self) ||
            wg_job_set(job, is_by_count(self) ? "count" : "seconds", amount, error));
}
