//! The only place that asks the time or draws random numbers.
