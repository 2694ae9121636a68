// Integer hashes, alike on every GPU and in stage/stars.py (lowbias32 by Chris Wellons, public domain).
uint mix32(uint x) {
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    return x ^ (x >> 16);
}
float chance(uint key, uint salt) { return float(mix32(key + salt * 0x9E3779B9u) >> 8) * (1.0 / 16777216.0); }
