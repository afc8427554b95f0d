//! Latvian.
