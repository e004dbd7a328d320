"""The processes that run the model: each loads it once, and none outlives the process that started it."""

import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import connection, get_context, parent_process

from agents.extract.names import Mention
from streams.errors import CopytasterError

# What the linear algebra beneath numpy reads, whichever it is, before it is loaded: a process for each core is better.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def open_pool(model: str, processes: int) -> Executor:
    """A pool of that many processes; with 0 a single thread of this one."""
    if not processes:
        return ThreadPoolExecutor(1, thread_name_prefix="tagger")
    # Spawned, not forked: the worker has threads and open connections by then.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(model,))


def find(model: str, texts: Sequence[str]) -> list[list[Mention]]:
    """What runs in the pool: the mentions in each text."""
    from agents.extract.model import load  # spaCy takes seconds and 100 MB: where it isn't run, it isn't imported

    return load(model).find(texts)


def _begin(model: str) -> None:
    os.environ |= dict.fromkeys(_THREADS, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; our parent ends us
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()
    with suppress(CopytasterError):  # said again, to the one who asks, by the first call of find
        find(model, [])


def _end_with_parent() -> None:
    """A pool waits for work for ever when its parent is killed, since each process holds both ends of the queue."""
    parent = parent_process()
    if parent:
        connection.wait([parent.sentinel])
    os._exit(1)
