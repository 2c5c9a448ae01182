/* The three steps of a deployment: which one goes on, and what each has proved. */
#include "ui/deploy-steps.h"

#include "device/deployer.h"
#include "ui/verdict-label.h"

#include <glib/gi18n.h>

enum { SENDING, READING, TESTING, N_STEPS };

struct _WgDeploySteps {
    GtkBox parent_instance;
    GtkLabel *summary, *uploaded, *verified, *tested;
};

G_DEFINE_FINAL_TYPE(WgDeploySteps, wg_deploy_steps, GTK_TYPE_BOX)

static void
set_class(GtkLabel *label, const char *wanted)
{
    static const char *const classes[] = {"good", "bad", "dim-label", "wg-heading"};
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(label));

    for (gsize i = 0; i < G_N_ELEMENTS(classes); i++) {
        if (g_strcmp0(classes[i], wanted) == 0)
            gtk_style_context_add_class(style, classes[i]);
        else
            gtk_style_context_remove_class(style, classes[i]);
    }
}

static void
show_step(GtkLabel *label, int step, int now, const char *name)
{
    g_autofree char *text = g_strdup_printf("%s %s",
                                            step < now    ? "✓"
                                            : step == now ? "●"
                                                          : "○",
                                            name);

    gtk_label_set_text(label, text);
    set_class(label, step < now ? "good" : step == now ? "wg-heading" : "dim-label");
}

static void
show_now(WgDeploySteps *self, int now)
{
    show_step(self->uploaded, SENDING, now, _("Send it to the watch"));
    show_step(self->verified, READING, now, _("Read it back and compare"));
    show_step(self->tested, TESTING, now, _("Have the watch answer stored takes"));
}

static void
wg_deploy_steps_class_init(WgDeployStepsClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/waggle/Waggle/ui/deploy-steps.ui");
    gtk_widget_class_bind_template_child(widget_class, WgDeploySteps, summary);
    gtk_widget_class_bind_template_child(widget_class, WgDeploySteps, uploaded);
    gtk_widget_class_bind_template_child(widget_class, WgDeploySteps, verified);
    gtk_widget_class_bind_template_child(widget_class, WgDeploySteps, tested);
    gtk_widget_class_set_css_name(widget_class, "deploysteps");
}

static void
wg_deploy_steps_init(WgDeploySteps *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
wg_deploy_steps_begin(WgDeploySteps *self)
{
    gtk_widget_hide(GTK_WIDGET(self->summary));
    show_now(self, SENDING);
    gtk_widget_show(GTK_WIDGET(self));
}

void
wg_deploy_steps_tell(WgDeploySteps *self, double fraction)
{
    show_now(self, fraction < WG_DEPLOY_SENT_SHARE   ? SENDING
                   : fraction < WG_DEPLOY_READ_SHARE ? READING
                                                     : TESTING);
}

static void
prove(GtkLabel *label, gboolean is_good, const char *text)
{
    set_class(label, NULL);
    wg_verdict_label_set(label, is_good, text);
}

gboolean
wg_deploy_steps_prove(WgDeploySteps *self, JsonObject *result)
{
    JsonObject *test = json_object_get_object_member(result, "self_test");
    const int n = (int)json_object_get_int_member(test, "n");
    const int n_equal = (int)json_object_get_int_member(test, "equal");
    const gboolean is_verified = json_object_get_boolean_member(result, "verified");
    const double kilobytes = (double)json_object_get_int_member(result, "bytes") / 1000;
    const double seconds = json_object_get_double_member(result, "seconds");
    g_autofree char *uploaded =
        seconds < 0.1 ? g_strdup_printf(_("%.1f kB are on the watch."), kilobytes)
                      : g_strdup_printf(_("%.1f kB are on the watch, sent in %.1f seconds."),
                                        kilobytes, seconds);
    g_autofree char *verified =
        is_verified
            ? g_strdup_printf(_("Read back and compared: the checksum is %s on both sides."),
                              json_object_get_string_member(result, "crc32"))
            : g_strdup(_("What the watch holds is not what was sent. Deploy again."));
    g_autofree char *tested = g_strdup_printf(
        ngettext("The watch itself answers %d of %d stored take as this computer does.",
                 "The watch itself answers %d of %d stored takes as this computer does.",
                 (gulong)n),
        n_equal, n);
    const gboolean is_proved = is_verified && n_equal == n;
    g_autofree char *summary =
        is_proved
            ? g_strdup_printf(_("Verified, self-test %d of %d"), n_equal, n)
            : g_strdup_printf(_("Not the same, self-test %d of %d: deploy again"), n_equal, n);

    wg_verdict_label_set(self->summary, is_proved, summary);
    prove(self->uploaded, TRUE, uploaded);
    prove(self->verified, is_verified, verified);
    prove(self->tested, n_equal == n, tested);
    gtk_widget_show(GTK_WIDGET(self));
    return is_proved;
}
