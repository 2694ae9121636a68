"""One editor for fireworks, drones, music and stage: design, see, check and publish a show."""

__version__ = "0.1.0"
