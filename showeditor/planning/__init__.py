"""Show -> Plan: fireworks, drones, lights. Nothing downstream reads the Show."""
