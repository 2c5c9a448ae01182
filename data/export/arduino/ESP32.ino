/* Prints the gestures that an ESP32 board with an MPU6050 makes: its SDA and SCL are Wire's. Another
   sensor: write beginSensor and readSensor for it. Written by Waggle. SPDX-License-Identifier: 0BSD */
#include <Waggle.h>
#include <Wire.h>

static const uint8_t ADDRESS = 0x68;
static const uint8_t REGISTER_FILTER = 0x1a, REGISTER_GYROSCOPE = 0x1b, REGISTER_RANGE = 0x1c;
static const uint8_t REGISTER_VALUES = 0x3b, REGISTER_POWER = 0x6b;
/* MPU-6000/MPU-6050 register map 4.2, registers 27, 28, 59 to 72 */
static const uint8_t RANGE = @MPU_RANGE@; /* @MPU_RANGE_G@ g */
static const float UNITS_PER_G = @MPU_UNITS_PER_G_C@;
@if HAS_GYROSCOPE
static const float UNITS_PER_DPS = 16.384f; /* 2000 degrees per second */
@end
static const uint32_t READING_US = @READING_US@;

static WaggleRecogniser recogniser;
static uint32_t lastReading;

static bool writeRegister(uint8_t number, uint8_t value)
{
    Wire.beginTransmission(ADDRESS);
    Wire.write(number);
    Wire.write(value);
    return Wire.endTransmission() == 0;
}

static bool beginSensor()
{
    Wire.begin();
    Wire.setClock(400000);
    return writeRegister(REGISTER_POWER, 0) && writeRegister(REGISTER_FILTER, 3) &&
           writeRegister(REGISTER_GYROSCOPE, 0x18) && writeRegister(REGISTER_RANGE, RANGE);
}

static float readValue()
{
    const int high = Wire.read(), low = Wire.read();

    return (float)(int16_t)((high << 8) | low);
}

/* x, y, z in g, then degrees per second; false where the sensor does not answer. */
static bool readSensor(float *values)
{
    Wire.beginTransmission(ADDRESS);
    Wire.write(REGISTER_VALUES);
    if (Wire.endTransmission(false) != 0 || Wire.requestFrom(ADDRESS, (uint8_t)14) != 14)
        return false;
    for (int i = 0; i < 3; i++)
        values[i] = readValue() / UNITS_PER_G;
    readValue(); /* the temperature */
    for (int i = 3; i < 6; i++) {
@if HAS_GYROSCOPE
        values[i] = readValue() / UNITS_PER_DPS;
@else
        readValue();
@end
    }
    return true;
}

/* The sensor's axes as the takes were recorded: change signs and order here where they differ. */
static void turnAxes(float *v)
{
    const float x = v[0], y = v[1], z = v[2];

    v[0] = x;
    v[1] = y;
    v[2] = z;
}

void setup()
{
    Serial.begin(115200);
    while (!beginSensor()) {
        Serial.println("no sensor");
        delay(1000);
    }
    Serial.println("ready");
    lastReading = micros();
}

void loop()
{
    float values[WAGGLE_N_VALUES];
    int gesture;

    if (micros() - lastReading < READING_US)
        return;
    lastReading += READING_US;
    if (!readSensor(values))
        return;
    turnAxes(values);
@if HAS_GYROSCOPE
    turnAxes(values + 3);
@end
    gesture = recogniser.read(values, micros());
    if (gesture < 0)
        return;
    Serial.print(waggle_names[gesture]);
    Serial.print(" ");
    Serial.print(recogniser.confidence());
    Serial.println(" %");
}
