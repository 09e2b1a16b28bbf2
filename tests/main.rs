//! Journeys: what people do, on the real engine with a real home folder.

mod journeys;
mod support;
