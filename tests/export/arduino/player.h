/* What is performed in front of the stub's sensors. */
#pragma once

/* x, y, z in g, then degrees per second, at this moment of the stub's clock. */
void player_get_reading(float values[6]);
/* Whether the sensor has measured anew since this was asked last. */
bool player_is_new();
