/* Why a board's port cannot be used, and the remedy, in words. */
#pragma once

#include "device/finder.h"
#include "device/usb-boards.h"

G_BEGIN_DECLS

/* NULL where `path` (a tty, or a board's USB node) can be read and written. `board`: whose it is,
 * NULL where that is unknown. Owner: caller. */
WgTrouble *wg_port_find_trouble(const char *path, const WgUsbBoard *board);
/* NULL where no program that /proc shows has `path` open but this one. Opening it to find out could
 * reset the board. Owner: caller. */
WgTrouble *wg_port_find_holder(const char *path);
/* The sentence for the error number that opening `path` gave, with the command in it. Owner:
 * caller. */
char *wg_port_describe(const char *path, const WgUsbBoard *board, int error_number);
/* The command that installs the udev rule, with the place of the file as it is here. Owner:
 * caller. */
char *wg_port_build_rule_command(void);

G_END_DECLS
