"""People who do something at the same moment, each over a connection of their own."""

import threading

from django.db import connections


class Somebody(threading.Thread):
    """Does something over a connection of their own."""

    def __init__(self, act):
        super().__init__()
        self.act, self.error = act, None
        self.start()

    def run(self):
        try:
            self.act()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def join(self, timeout=None):
        super().join(timeout)
        if self.error:
            raise self.error
