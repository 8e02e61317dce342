"""The trained models of one directory: which one serves, a new one switched to, the one before brought back."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shortlist_tools.ranking.collaborative import ArtefactError, TrainingError
from shortlist_tools.ranking.training.artefact import read_model, write_model
from shortlist_tools.ranking.training.card import Card
from shortlist_tools.ranking.training.shared_model import SharedModel
from shortlist_tools.search.versions import Versions, writing

log = logging.getLogger("shortlist_tools")
NAME = "model"


class Models:
    """Versioned models in a directory beside the index; safe to share by threads and processes.

    Args:
        directory: Made when the first model is written.

    Attributes:
        directory: Where they are.
        fault: Why the published model is not used, in plain words; empty where it is, or where there is none.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.fault = ""
        self._versions = Versions(directory, NAME)
        self._lock = threading.Lock()
        self._seen: Path | None = None
        self._serving: SharedModel | None = None

    def serving(self) -> SharedModel | None:
        """Return the model in force, or None where there is none that can be used.

        A model that was published meanwhile is switched to. One that is damaged or of another format is named in the
        log, once, and the one that served before goes on.
        """
        folder = self._versions.current()
        if folder != self._seen:
            with self._lock:
                if folder != self._seen:
                    self._serving = self._opened(folder)
                    self._seen = folder
        return self._serving

    def current(self) -> SharedModel:
        """Return the published model.

        Raises:
            TrainingError: If there is none yet.
            ArtefactError: If it is damaged or of another format.
        """
        folder = self._versions.current()
        if folder is None:
            raise TrainingError("no model has been trained yet; `shortlist train` fits one on the recorded events")
        return read_model(folder)

    @contextmanager
    def training(self) -> Iterator[None]:
        """Hold the one right to train into this directory, and clear what a killed training left.

        Raises:
            TrainingError: If another process is training.
        """
        with writing(self.directory) as holder:
            if holder is not None:
                raise TrainingError(f"process {holder} is training into {self.directory}; wait until it is done")
            self._versions.sweep()
            yield

    def publish(self, model: SharedModel) -> Card:
        """Write `model` as a new version and switch to it; only inside `training`. Returns its card."""
        folder = self._versions.fresh()
        try:
            card = write_model(folder, model)
            read_model(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._versions.publish(folder)
        return card

    def roll_back(self) -> Card:
        """Switch to the version before the published one, and return its card.

        Raises:
            TrainingError: If there is none before, or another process is training.
            ArtefactError: If the one before cannot be used either; then nothing is changed.
        """
        with writing(self.directory) as holder:
            if holder is not None:
                raise TrainingError(f"process {holder} is training into {self.directory}; wait until it is done")
            now = self._versions.current()
            older = [path for path in sorted(self.directory.glob(f"{NAME}-*")) if now and path.name < now.name]
            if not older:
                raise TrainingError("there is no model before the one in force; `shortlist train` fits a new one")
            card = read_model(older[-1]).card
            self._versions.publish(older[-1])
        return card

    def _opened(self, folder: Path | None) -> SharedModel | None:
        self.fault = ""
        if folder is None:
            return None
        try:
            return read_model(folder)
        except ArtefactError as error:
            self.fault = str(error)
            log.warning("%s", error)
            return self._serving
