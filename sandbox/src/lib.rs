//! A WebEx site in a box, for tests, examples and work without a network.
