/* Small files of other tools, made from the description of their formats. */
#pragma once

#define EDGE_IMPULSE                                                                               \
    "{\"protected\":{\"ver\":\"v1\",\"alg\":\"none\",\"iat\":1590000000},\"signature\":"           \
    "\"0000000000000000000000000000000000000000000000000000000000000000\",\"payload\":{"           \
    "\"device_name\":\"ac:87:a3:0a:2d:1b\",\"device_type\":\"DISCO\",\"interval_ms\":80,"          \
    "\"sensors\":[{\"name\":\"accX\",\"units\":\"m/s2\"},{\"name\":\"accY\",\"units\":\"m/s2\"},"  \
    "{\"name\":\"accZ\",\"units\":\"m/s2\"}],\"values\":[[-9.81,0.03,1.21],[-9.83,0.04,1.27],"     \
    "[-9.12,0.03,1.23]]}}"
#define CREATEAI                                                                                   \
    "[{\"id\":\"g1\",\"name\":\"wave\",\"icon\":\"Heart\",\"requiredConfidence\":0.8,"             \
    "\"createdAt\":1700000000000,\"recordings\":[{\"id\":\"r1\",\"createdAt\":1700000000001,"      \
    "\"data\":{\"x\":[0.1,0.2,0.3],\"y\":[0,0,0],\"z\":[1,1,-1]}}]}]"
#define INFO                                                                                       \
    "{\"version\":1,\"files\":[{\"path\":\"left.1.json\",\"category\":\"training\",\"label\":"     \
    "{\"type\":\"label\",\"label\":\"Swipe\"},\"metadata\":{\"person\":\"zoe\"}}]}"
#define STRUCTURED                                                                                 \
    "{\"version\":1,\"type\":\"structured-labels\",\"structuredLabels\":{\"left.1.json\":["        \
    "{\"startIndex\":0,\"endIndex\":0,\"label\":\"idle\"},"                                        \
    "{\"startIndex\":1,\"endIndex\":2,\"label\":\"wave\"}]}}"
