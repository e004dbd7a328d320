"""The command `scripts/kafka/start`."""

import signal
from pathlib import Path

import click

from scripts.kafka.cluster import Kafka
from streams.errors import CopytasterError


@click.command()
@click.option("--brokers", default=1, show_default=True, type=click.IntRange(1, 9), help="How many; three lose one.")
@click.option("--port", default=9092, show_default=True, help="The first broker's port; the next count on from it.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Keep the topics in this folder.")
def start(brokers: int, port: int, data: Path | None) -> None:
    """Run Apache Kafka on this machine until Ctrl-C. Without --data its topics are gone afterwards."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Kafka(brokers, port=port, data_dir=data.absolute() if data else None) as kafka:
            copies = f" COPYTASTER_REPLICATION={min(3, brokers)}" if brokers > 1 else ""
            click.echo(f"Apache Kafka runs, Ctrl-C ends it: COPYTASTER_BROKER={kafka.bootstrap()}{copies}")
            signal.pause()
    except KeyboardInterrupt:
        click.echo("stopped")
    except CopytasterError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    start()
