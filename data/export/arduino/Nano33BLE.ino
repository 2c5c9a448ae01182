/* Prints the gestures that a Nano 33 BLE (or BLE Sense) makes. Needs the library Arduino_LSM9DS1; on
   a Nano 33 BLE Rev2 include Arduino_BMI270_BMM150.h instead. Written by Waggle.
   SPDX-License-Identifier: 0BSD */
#include <Arduino_LSM9DS1.h>
#include <Waggle.h>

static WaggleRecogniser recogniser;

/* The board's axes as the takes were recorded: change signs and order here where they differ. */
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
    pinMode(LED_BUILTIN, OUTPUT);
    if (!IMU.begin()) {
        Serial.println("no sensor");
        while (true)
            delay(1000);
    }
    Serial.println("ready");
}

void loop()
{
    float values[WAGGLE_N_VALUES];
    int gesture;

    if (!IMU.accelerationAvailable())
        return;
    IMU.readAcceleration(values[0], values[1], values[2]);
    turnAxes(values);
@if HAS_GYROSCOPE
    if (!IMU.gyroscopeAvailable())
        return;
    IMU.readGyroscope(values[3], values[4], values[5]);
    turnAxes(values + 3);
@end
    gesture = recogniser.read(values, micros());
    if (gesture < 0)
        return;
    Serial.print(waggle_names[gesture]);
    Serial.print(" ");
    Serial.print(recogniser.confidence());
    Serial.println(" %");
    digitalWrite(LED_BUILTIN, !digitalRead(LED_BUILTIN));
}
