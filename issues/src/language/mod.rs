//! Language layers: dates, places and phrases of one language each.

pub mod lv;
