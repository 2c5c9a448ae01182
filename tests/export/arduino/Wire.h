/* A bus with an MPU6050 on it: registers as its register map has them, readings of what the test
 * performs. */
#pragma once

#include "Arduino.h"

class TwoWire
{
  public:
    void begin();
    void setClock(uint32_t hz);
    void beginTransmission(uint8_t address);
    uint8_t endTransmission(bool stops = true);
    size_t write(uint8_t value);
    uint8_t requestFrom(uint8_t address, uint8_t n);
    int read();
};
extern TwoWire Wire;
