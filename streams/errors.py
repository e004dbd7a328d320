"""The errors that people see: each names the input, the place and the mend."""


class CopytasterError(Exception):
    """An error with a message for a person; the command line prints it without a traceback."""


class SettingsError(CopytasterError):
    """A setting that can't be used."""


class RejectedCopy(CopytasterError):
    """An input that can't be used as it is; the message goes to `wire.rejected` with this reason."""


class BrokerUnavailable(CopytasterError):
    """No broker answered at the address in force."""


class WorkerStalled(CopytasterError):
    """Messages wait, none is answered, and nothing is away: the worker ends, for its supervisor to start another."""


class StoreUnavailable(CopytasterError):
    """The store did not answer; the work waits and is tried again, nothing is rejected for it."""


class StoreForgot(StoreUnavailable):
    """The store answers, and is not, or no longer, the river's: whatever it is asked, it would answer wrongly."""
