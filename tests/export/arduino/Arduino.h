/* As much of Arduino's core as the exported sketches use, on a clock that the test moves. */
#pragma once

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT 1
#define LED_BUILTIN 13

void pinMode(uint8_t pin, uint8_t mode);
void digitalWrite(uint8_t pin, uint8_t value);
int digitalRead(uint8_t pin);
uint32_t micros();
uint32_t millis();
void delay(uint32_t ms);

class HardwareSerial
{
  public:
    void begin(unsigned long baud);
    size_t print(const char *text);
    size_t print(int number);
    size_t println(const char *text);
};
extern HardwareSerial Serial;

void setup();
void loop();
