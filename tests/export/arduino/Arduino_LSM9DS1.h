/* The sensor of a Nano 33 BLE as its library has it: readings of what the test performs. */
#pragma once

#include "Arduino.h"

class LSM9DS1Class
{
  public:
    int begin();
    int accelerationAvailable();
    int gyroscopeAvailable();
    int readAcceleration(float &x, float &y, float &z);
    int readGyroscope(float &x, float &y, float &z);
};
extern LSM9DS1Class IMU;
