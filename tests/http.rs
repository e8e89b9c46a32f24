//! The service: http, over a real connection.
