//! The service: auth, over a real connection.
