/* A waggle-watch started for a test, at the other end of a socket pair. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WatchProcess WatchProcess;

/* Starts the program with Storage in a new folder (`folder` NULL) or in that one, and waits for its
 * first prompt. `options`: more arguments, NULL-terminated, or NULL. */
WatchProcess *watch_process_new(const char *folder, const char *const *options);
/* The same without waiting: for a folder whose watch was lost, so that this is a way back to it. */
WatchProcess *watch_process_new_reaching(const char *folder, const char *const *options);
/* Ends a watch that would wait for somebody to come back. */
void watch_process_stop(WatchProcess *self);
/* What the program ended with, after its connection was closed by itself. */
gboolean watch_process_has_failed(WatchProcess *self);
/* Closes the connection and holds the program to ending well; removes its folder if it was new. */
void watch_process_free(WatchProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WatchProcess, watch_process_free)
const char *watch_process_get_folder(WatchProcess *self);

void watch_process_send(WatchProcess *self, const void *bytes, gssize length);
/* Waits until `end` has come and gives all up to and with it; the test fails if the other end
 * closes or nothing comes for a long time. Owner: caller. */
char *watch_process_read_until(WatchProcess *self, const char *end);
/* Exactly n bytes. */
GBytes *watch_process_read(WatchProcess *self, gsize n);
/* TRUE: the other end has closed, after at most a long time. */
gboolean watch_process_wait_closed(WatchProcess *self);

/* What has come and was not read. Owner: caller. */
char *watch_process_take_rest(WatchProcess *self);
/* Only the connection. */
void watch_process_close(WatchProcess *self);

/* Runs a line without echo on it and gives what it printed up to "<end>", without line ends. */
char *watch_process_run(WatchProcess *self, const char *line);
/* print(expression), as text. */
char *watch_process_eval(WatchProcess *self, const char *expression);
#define watch_process_assert_eval(self, expression, expected)                                      \
    G_STMT_START                                                                                   \
    {                                                                                              \
        g_autofree char *value_ = watch_process_eval(self, expression);                            \
        g_assert_cmpstr(value_, ==, expected);                                                     \
    }                                                                                              \
    G_STMT_END

/* Packets: type in the top three bits as on the wire. */
void watch_process_send_packet(WatchProcess *self, guint16 type, const void *data, gsize length);
/* Waits for one; `type` gets its type. */
GBytes *watch_process_read_packet(WatchProcess *self, guint16 *type);
/* A file of the source tree's tests/data. */
char *watch_process_data_path(const char *name);

G_END_DECLS
