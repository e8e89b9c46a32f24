//! The service: shutdown, over a real connection.
