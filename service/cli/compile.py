"""`homeward compile`: the matcher's inner loops, compiled for this machine before somebody waits for them."""


def command() -> None:
    """Compile what the first search and the first matching need: less than a minute, once for a machine.

    Run it as the account of the service: the result lies beside the program or in NUMBA_CACHE_DIR. What
    other versions left there is removed.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from shutil import rmtree

    from matching.ahead import compile_matching, compile_search
    from matching.compiled import kept_in

    with ProcessPoolExecutor(2, get_context("spawn")) as pool:  # they share next to nothing
        for done in [pool.submit(compile_search), pool.submit(compile_matching)]:
            done.result()
    kept = kept_in()
    for other in kept.parent.glob("compiled-*"):
        if other != kept:
            rmtree(other, ignore_errors=True)
