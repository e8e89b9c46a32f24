//! The service: admin, over a real connection.
