"""Mail that a provider carries: over its HTTP API, by way of django-anymail."""
