"""What flows and where: settings, records, topics, and the Faust app that carries them."""
