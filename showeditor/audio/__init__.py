"""Sound and score: decoding, waveform pyramid, MIDI reading, the transport's clock, a small synthesiser; no Qt."""
