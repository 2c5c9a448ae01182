/* The stub's two sensors. */
#include "Arduino_LSM9DS1.h"
#include "Wire.h"
#include "player.h"

static const uint8_t MPU_ADDRESS = 0x68;
enum { MPU_GYROSCOPE = 0x1b, MPU_RANGE = 0x1c, MPU_VALUES = 0x3b, MPU_POWER = 0x6b };

static uint8_t registers[128], pointer, received[14];
static int n_written, n_received, n_read;
static bool is_ours, is_measured;

int
LSM9DS1Class::begin()
{
    return 1;
}

int
LSM9DS1Class::accelerationAvailable()
{
    is_measured = is_measured || player_is_new();
    return is_measured;
}

int
LSM9DS1Class::gyroscopeAvailable()
{
    return 1;
}

int
LSM9DS1Class::readAcceleration(float &x, float &y, float &z)
{
    float values[6];

    player_get_reading(values);
    x = values[0];
    y = values[1];
    z = values[2];
    is_measured = false;
    return 1;
}

int
LSM9DS1Class::readGyroscope(float &x, float &y, float &z)
{
    float values[6];

    player_get_reading(values);
    x = values[3];
    y = values[4];
    z = values[5];
    return 1;
}

void
TwoWire::begin()
{
    registers[MPU_POWER] = 0x40; /* asleep */
}

void
TwoWire::setClock(uint32_t)
{
}

void
TwoWire::beginTransmission(uint8_t address)
{
    is_ours = address == MPU_ADDRESS;
    n_written = 0;
}

size_t
TwoWire::write(uint8_t value)
{
    if (n_written++ == 0)
        pointer = value;
    else
        registers[pointer++ & 127] = value;
    return 1;
}

uint8_t
TwoWire::endTransmission(bool)
{
    return is_ours ? 0 : 2;
}

static void
put(int at, double value)
{
    const long rounded = lround(value);
    const int bounded = (int)(rounded < -32768 ? -32768 : rounded > 32767 ? 32767 : rounded);

    received[at] = (uint8_t)((unsigned)bounded >> 8);
    received[at + 1] = (uint8_t)bounded;
}

/* Acceleration, temperature, angular rate, each the high byte first (register map 4.2, 59 to 72).
 */
uint8_t
TwoWire::requestFrom(uint8_t address, uint8_t n)
{
    const double units_per_g = 16384 >> (registers[MPU_RANGE] >> 3 & 3);
    const double units_per_dps = 131.072 / (1 << (registers[MPU_GYROSCOPE] >> 3 & 3));
    float values[6];

    if (address != MPU_ADDRESS || pointer != MPU_VALUES || n != sizeof received ||
        registers[MPU_POWER] != 0)
        return 0;
    player_get_reading(values);
    for (int i = 0; i < 3; i++) {
        put(2 * i, (double)values[i] * units_per_g);
        put(8 + 2 * i, (double)values[3 + i] * units_per_dps);
    }
    put(6, 0);
    n_received = n;
    n_read = 0;
    return n;
}

int
TwoWire::read()
{
    return n_read < n_received ? received[n_read++] : -1;
}
