"""What the API says and hears, one module for each resource."""
