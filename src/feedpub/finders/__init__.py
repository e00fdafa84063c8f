"""Finders: each knows one part of an article and where pages print it. Pure: lines in, clues out."""
