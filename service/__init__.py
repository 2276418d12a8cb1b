"""The Homeward service: files and forms in, candidate links and judgements out."""
