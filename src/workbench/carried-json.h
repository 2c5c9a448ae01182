/* What a watch carries, as the object that "carries" and "restore" give. */
#pragma once

#include <json-glib/json-glib.h>

#include "device/survey.h"

G_BEGIN_DECLS

/* {"now": null or {"project","made","date","mode","gestures":[..],"bytes","crc32","verified",
 * "found","keeps_found"},
 * "former": the same, "storage":{"free","trash"}, "memory_free"}. "verified": what the watch stores
 * has the checksums that its record names. "in_use" of "now": in builtin mode, whether the
 * firmware's own recogniser holds this model. "found": somebody else had put it there;
 * "keeps_found": such a one is kept with it. Text is the watch's: not to be trusted. */
JsonObject *wg_survey_to_json(const WgSurvey *survey);

G_END_DECLS
