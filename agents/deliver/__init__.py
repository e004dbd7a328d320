"""Takes alerts to those who asked for them: onto topics, to webhooks, into Atom feeds."""
