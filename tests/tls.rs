//! The service: tls, over a real connection.
