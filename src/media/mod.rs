//! Pictures: upright, resized, without metadata. The only user of picture codecs.
