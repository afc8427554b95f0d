//! Every word a human reads.
