"""The example data that Homeward brings along - every person in it is invented - and its loader."""
