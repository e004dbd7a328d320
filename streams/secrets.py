"""Secrets: given as a setting, or in a file that another names, as Docker and Kubernetes hand them out."""

from pathlib import Path

from streams.errors import SettingsError
from streams.settings import PREFIX, Settings


def reveal(settings: Settings, name: str) -> str:
    """The secret that the setting `name` gives, as such or in a file; "" for neither.

    Raises SettingsError where both do, and for a file without one. White space around it is none of it.
    """
    given, place = getattr(settings, name), getattr(settings, f"{name}_file")
    variable = PREFIX + name.upper()
    if not place:
        return str(given)
    if given:
        raise SettingsError(f"{variable} and {variable}_FILE exclude each other; unset one")
    try:
        read = Path(place).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:  # it would quote what it could not read
        raise SettingsError(f"{variable}_FILE={place} can't be read: it is no text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{variable}_FILE={place} can't be read: {error}") from error
    if not read:
        raise SettingsError(f"{variable}_FILE={place} is empty; write the secret into it")
    return read
