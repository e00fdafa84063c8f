"""Source formats: each reads a Document and gives a Draft. Never raises for what is wrong with the bytes."""
