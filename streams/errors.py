"""The errors that people see: each names the input, the place and the mend."""


class CopytasterError(Exception):
    """An error with a message for a person; the command line prints it without a traceback."""


class SettingsError(CopytasterError):
    """A setting that can't be used."""


class RejectedCopy(CopytasterError):
    """An input that can't be used as it is; the message goes to `wire.rejected` with this reason."""


class BrokerUnavailable(CopytasterError):
    """No broker answered at the address in force."""


class AccessRefused(CopytasterError):
    """A server is there and doesn't let us in, or do what we ask: waiting mends nothing, what it names does."""


class BrokerRefused(AccessRefused, BrokerUnavailable):
    """The broker refuses our TLS, our credentials, or what we ask of it."""


class WorkerStalled(CopytasterError):
    """Messages wait, none is answered, and nothing is away: the worker ends, for its supervisor to start another."""


class StoreUnavailable(CopytasterError):
    """The store did not answer; the work waits and is tried again, nothing is rejected for it."""


class StoreForgot(StoreUnavailable):
    """The store answers, and is not, or no longer, the river's: whatever it is asked, it would answer wrongly."""


class StoreRefused(AccessRefused, StoreUnavailable):
    """The store refuses our TLS, our credentials, or what we ask of it."""
