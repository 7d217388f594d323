"""Maps that come from elsewhere: one module for each step of reading a spreadsheet."""
