/* The virtual watch as a whole: its parts, and the loop that lets them take turns. */
#pragma once

#include <gio/gio.h>

#include "virtual-watch/flash.h"
#include "virtual-watch/output.h"
#include "virtual-watch/sensor.h"

G_BEGIN_DECLS

#define WG_MACHINE_VERSION "2v29.277" /* the firmware whose behaviour is copied */
#define WG_MACHINE_BOARD "BANGLEJS2"

typedef struct {
    const char *folder;     /* Storage lives here */
    gsize storage_bytes;    /* its capacity */
    double speed;           /* virtual seconds a real second */
    gboolean has_packets;   /* FALSE: as firmware before 2v25 */
    const char *project;    /* where takes come from; NULL: the shipped recordings */
    GPtrArray *performance; /* of WgTake, played once something listens; may be NULL */
    gboolean plain_takes;   /* play history units << 7, without choosing the bits below */
} WgMachineOptions;

typedef struct _WgMachine WgMachine;
typedef struct _WgEngine WgEngine;
typedef struct _WgConsole WgConsole;

/* One thread only: all of it runs on the default main context. */
struct _WgMachine {
    WgMachineOptions options;
    WgFlash *flash;
    WgOutput *output;
    WgConsole *console;
    WgEngine *engine;
    WgSensor *sensor;
    int input_fd;
    GMainLoop *loop;
    GSource *clock;   /* wakes for the next virtual event */
    double now_ms;    /* virtual time since power on */
    gint64 anchor_us; /* real time at which the virtual time was anchor_ms */
    double anchor_ms;
    gint64 last_poll_us; /* when a running program last looked at the input */
    gboolean performing; /* the performance given by option is under way */
    gboolean performed;  /* and has been told */
    guint input_source_id;
    gboolean ends_on_ctrl_d; /* by hand, on a terminal */
};

/* `input_fd` and `output_fd` stay the caller's. Errors: WG_ERROR_STORAGE. */
WgMachine *wg_machine_new(const WgMachineOptions *options, int input_fd, int output_fd,
                          GError **error);
/* Until the other end is closed. */
void wg_machine_run(WgMachine *self);
/* Called from inside a running program: hands over output, reads input; TRUE when Ctrl-C is there.
 */
gboolean wg_machine_poll(WgMachine *self);
/* Something changed when the next virtual event is due. */
void wg_machine_reschedule(WgMachine *self);
/* Virtual milliseconds since power on; goes on while a program runs. */
double wg_machine_get_time_ms(WgMachine *self);
/* Ends wg_machine_run, as a watch that goes out of reach. */
void wg_machine_disconnect(WgMachine *self);
/* A first listener for gestures came. */
void wg_machine_start_performance(WgMachine *self);
void wg_machine_free(WgMachine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WgMachine, wg_machine_free)

G_END_DECLS
