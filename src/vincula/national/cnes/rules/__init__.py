"""What makes an establishment count as an operadora's head office, and the registration of one. Pure."""
