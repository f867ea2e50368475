//! A typed client for the WebEx XML API 9.0.
