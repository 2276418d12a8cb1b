"""What leaves the service as a file: tables for spreadsheets, and pages to print."""
