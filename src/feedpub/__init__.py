"""feedpub turns a folder of articles into feeds that every reader accepts."""

__version__ = "0.1.0"

READING = 1  # raised when the same file would be read differently, so that all are read again
