//! The service: attacks, over a real connection.
