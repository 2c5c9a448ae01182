/* Why a board's port cannot be used, and the remedy, in words. */
#include "device/port-trouble.h"

#include "base/data-path.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RULE_NAME "60-waggle.rules"
#define MAX_PROGRAM_CHARS 32

static gboolean
is_rule_installed(void)
{
    static const char *const folders[] = {"/etc/udev/rules.d", "/run/udev/rules.d",
                                          "/usr/local/lib/udev/rules.d", "/usr/lib/udev/rules.d",
                                          "/lib/udev/rules.d"};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(folders[i], RULE_NAME, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return TRUE;
    }
    return FALSE;
}

char *
wg_port_build_rule_command(void)
{
    g_autofree char *path = wg_data_dup_path("udev/" RULE_NAME);
    g_autofree char *quoted = g_shell_quote(path);
    /* a plain path reads better without quotes */
    const gboolean is_plain =
        strspn(path, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-+") == strlen(path);
    return g_strdup_printf("sudo cp %s /etc/udev/rules.d/ && sudo udevadm control --reload && "
                           "sudo udevadm trigger",
                           is_plain ? path : quoted);
}

/* The group that may use the file, NULL: none of use to a user. */
static const char *
find_group(const char *path)
{
    struct stat info;
    const gboolean is_open = stat(path, &info) == 0 && info.st_gid != 0 &&
                             (info.st_mode & (S_IRGRP | S_IWGRP)) == (S_IRGRP | S_IWGRP);
    const struct group *group = is_open ? getgrgid(info.st_gid) : NULL;
    return group ? group->gr_name : NULL;
}

static WgTrouble *
build_permission_trouble(const char *path, const WgUsbBoard *board)
{
    const char *group = find_group(path);
    g_autofree char *text = NULL;
    g_autofree char *command = NULL;
    if (board && board->known && !is_rule_installed()) {
        text = g_strdup_printf(_("you may not use %s at %s yet: a rule for the system allows it"),
                               board->name, path);
        command = wg_port_build_rule_command();
    } else if (group) {
        text = g_strdup_printf(_("you may not use %s: whoever is in the group “%s” may; join it, "
                                 "then log out and in"),
                               path, group);
        command = g_strdup_printf("sudo usermod -a -G %s %s", group, g_get_user_name());
    } else if (board && board->known) {
        text = g_strdup_printf(_("you may not use %s at %s, though the rule for it is installed: "
                                 "pull it out and plug it in again, at the machine itself"),
                               board->name, path);
        command = g_strdup("sudo udevadm control --reload && sudo udevadm trigger");
    } else {
        text = g_strdup_printf(_("you may not use %s: ask who looks after this machine"), path);
    }
    return wg_trouble_new(text, command, NULL);
}

/* Of the programs of ours that /proc shows; NULL: another user's, or gone meanwhile. */
static char *
find_holder(const char *path)
{
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    const char *id;
    while (processes && (id = g_dir_read_name(processes))) {
        g_autofree char *folder = g_build_filename("/proc", id, "fd", NULL);
        g_autoptr(GDir) files = g_ascii_isdigit(*id) && g_ascii_strtoll(id, NULL, 10) != getpid()
                                    ? g_dir_open(folder, 0, NULL)
                                    : NULL;
        const char *fd;
        while (files && (fd = g_dir_read_name(files))) {
            g_autofree char *link = g_build_filename(folder, fd, NULL);
            g_autofree char *target = g_file_read_link(link, NULL);
            if (g_strcmp0(target, path) != 0)
                continue;
            g_autofree char *comm = g_build_filename("/proc", id, "comm", NULL);
            g_autofree char *raw = NULL;
            if (!g_file_get_contents(comm, &raw, NULL, NULL))
                return NULL;
            g_autofree char *name = g_strstrip(g_utf8_make_valid(raw, -1));
            return g_utf8_substring(name, 0, MIN(g_utf8_strlen(name, -1), MAX_PROGRAM_CHARS));
        }
    }
    return NULL;
}

static char *
describe_busy(const char *path, const char *holder)
{
    if (g_strcmp0(holder, "ModemManager") == 0)
        return g_strdup_printf(
            _("%s is in use: ModemManager takes it for a modem; it lets go after "
              "half a minute, or run “sudo systemctl stop ModemManager”"),
            path);
    if (holder)
        return g_strdup_printf(_("%s is in use: close “%s”, which is connected to it"), path,
                               holder);
    return g_strdup_printf(_("%s is in use: close the other program that is connected to it; just "
                             "after plugging in it may be ModemManager, which lets go after half a "
                             "minute"),
                           path);
}

char *
wg_port_describe(const char *path, const WgUsbBoard *board, int error_number)
{
    g_autofree char *holder =
        error_number == EBUSY || error_number == EWOULDBLOCK ? find_holder(path) : NULL;
    switch (error_number) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return g_strdup_printf(
            _("there is no device %s: plug the watch in; “watches” lists what is "
              "there"),
            path);
    case EACCES:
    case EPERM: {
        g_autoptr(WgTrouble) trouble = build_permission_trouble(path, board);
        return trouble->command
                   ? g_strdup_printf(_("%s: run “%s”"), trouble->text, trouble->command)
                   : g_strdup(trouble->text);
    }
    case EBUSY:
    case EWOULDBLOCK:
        return describe_busy(path, holder);
    case ENOTTY:
        return g_strdup_printf(_("%s is no serial device"), path);
    default:
        return g_strdup_printf(_("%s cannot be opened: %s"), path, g_strerror(error_number));
    }
}

WgTrouble *
wg_port_find_trouble(const char *path, const WgUsbBoard *board)
{
    if (access(path, R_OK | W_OK) == 0)
        return NULL;
    if (errno == EACCES || errno == EPERM)
        return build_permission_trouble(path, board);
    g_autofree char *text = wg_port_describe(path, board, errno);
    return wg_trouble_new(text, NULL, NULL);
}

WgTrouble *
wg_port_find_holder(const char *path)
{
    g_autofree char *holder = find_holder(path);
    g_autofree char *text = holder ? describe_busy(path, holder) : NULL;
    return text ? wg_trouble_new(text, NULL, NULL) : NULL;
}
