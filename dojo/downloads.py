"""Refuse what `ultralytics` would download, in one sentence each, until a person allows it.

The library's own switch, YOLO_OFFLINE, is looked at only after a download has failed; so functions of ours stand here
in front of its own.

Covered, whether ultralytics is imported before or after `guard`:
* weights by a name: YOLO("yolo26n.pt"), model.load, pretrained=, a solution without model=, a tracker's own model;
* a data set by a name: data="coco8.yaml" or data="imagenet10", and the program that its file names under `download:`;
* an address (http, https, gs, ul) as weights, as data, as a picture or a clip, alone or in a list;
* fonts, and the questions which version or which file is the newest.

Not covered:
* camera streams that a person names, such as rtsp://...: those are pictures of their own;
* accounts that a person sets up: ULTRALYTICS_API_KEY with project=, wandb and its kin switched on in the settings;
* other libraries' downloads: torchvision's weights, clip's;
* the `yolo` command in a terminal, which knows nothing of us;
* a program that means to get past this: it is a notice, and the sandbox is the lock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dojo.errors import DojoError
from dojo.replace import Function, replace

__all__ = ["ALLOWED", "DownloadRefusedError", "allow_downloads", "guard"]

ALLOWED = "DOJO_DOWNLOADS"
_WEB = ("http:/", "https:/")  # one slash: pathlib has eaten the other where an address went through it


class DownloadRefusedError(DojoError, ConnectionError):
    """A download that nobody has allowed. A ConnectionError too: where ultralytics can do without, it goes on."""


def allow_downloads() -> None:
    """Let ultralytics download weights and data sets by their names, in this process and those it starts.

    The same as DOJO_DOWNLOADS=1 in the environment. All else stays off: no statistics, no pip, no search for updates.
    """
    os.environ[ALLOWED] = "1"


def guard() -> None:
    """Refuse downloads from now on: at once where ultralytics is imported already, else as soon as it is."""
    replace(_IN_FRONT)


def _allowed() -> bool:
    return os.environ.get(ALLOWED, "").strip().lower() in ("1", "true", "yes", "on")


def _refusal(thing: object, remedy: str = "") -> DownloadRefusedError:
    return DownloadRefusedError(
        f"{thing} is not on this machine, and nothing is downloaded unasked: "
        f"{remedy or 'bring the file here and give its path'}, "
        "or, with a network, call dojo.allow_downloads() and run this again."
    )


def _is_web(thing: object) -> bool:
    return isinstance(thing, str | Path) and str(thing).strip().lower().startswith((*_WEB, "gs:/", "ul:/"))


def _shown(address: object) -> str:
    """An address without what may be a key: the part after the question mark."""
    return unquote(str(address)).strip().partition("?")[0]


def _weights(real: Function) -> Function:
    def attempt_download_asset(file: Any, *rest: Any, **named: Any) -> Any:
        try:
            return real(file, *rest, **named)
        except DownloadRefusedError:
            place = Path(sys.modules["ultralytics.utils"].SETTINGS["weights_dir"]).absolute()
            raise _refusal(
                _shown(file), f"put it beside the notebook or into {place}, or open dojo.weights('detect')"
            ) from None

    return attempt_download_asset


def _file(real: Function) -> Function:
    def safe_download(url: Any, *rest: Any, **named: Any) -> Any:
        if _allowed() or ("://" not in str(url) and Path(url).is_file()):
            return real(url, *rest, **named)
        raise _refusal(_shown(url))

    return safe_download


def _address(real: Function) -> Function:
    """For functions that ask somebody about their first argument."""

    def ask(*rest: Any, **named: Any) -> Any:
        if _allowed():
            return real(*rest, **named)
        raise _refusal(_shown([*rest, *named.values(), real.__name__][0]))

    return ask


def _is_url(real: Function) -> Function:
    def is_url(url: Any, check: bool = False) -> bool:
        # With `check` the real one goes and asks whether the address answers.
        return bool(real(url, check)) if _allowed() or not check else False

    return is_url


def _newest(real: Function) -> Function:
    def check_latest_pypi_version(*rest: Any, **named: Any) -> Any:
        return real(*rest, **named) if _allowed() else None

    return check_latest_pypi_version


def _source(real: Function) -> Function:
    def check_source(source: Any, *rest: Any, **named: Any) -> Any:
        for one in source if isinstance(source, list | tuple) else [source]:
            # A file of the address's last name in this folder is taken in its place, as ultralytics does.
            if _is_web(one) and not _allowed() and not Path(Path(urlsplit(_shown(one)).path).name).is_file():
                raise _refusal(_shown(one))
        return real(source, *rest, **named)

    return check_source


def _pictures(real: Function) -> Function:
    def check_det_dataset(dataset: Any, autodownload: bool = True, *rest: Any, **named: Any) -> Any:
        if _allowed():
            return real(dataset, autodownload, *rest, **named)
        try:
            return real(dataset, False, *rest, **named)
        except DownloadRefusedError:
            raise
        except FileNotFoundError as error:
            raise _no_data(dataset) from error

    return check_det_dataset


def _classes(real: Function) -> Function:
    def check_cls_dataset(dataset: Any, *rest: Any, **named: Any) -> Any:
        shelf = Path(sys.modules["ultralytics.utils"].DATASETS_DIR)
        here = any(one.exists() for one in (Path(dataset), shelf / str(dataset)))
        if here or _is_web(dataset) or _allowed():
            return real(dataset, *rest, **named)
        raise _no_data(dataset)

    return check_cls_dataset


def _no_data(dataset: object) -> DownloadRefusedError:
    return _refusal(
        f"The data set {dataset}, or a part of it,",
        "give the path of one that is, draw one with dojo.desk.write_dataset",
    )


def _plain(real: Function) -> Function:
    """Training wraps whatever is wrong with its data into a RuntimeError; a refusal comes out as it is."""

    def get_dataset(trainer: Any) -> Any:
        try:
            return real(trainer)
        except RuntimeError as error:
            if isinstance(error.__cause__, DownloadRefusedError):
                raise error.__cause__ from None
            raise

    return get_dataset


# Where ultralytics reaches out, and what stands in front there.
_IN_FRONT: dict[str, dict[str, Callable[[Function], Function]]] = {
    "ultralytics.utils.downloads": {
        "safe_download": _file,
        "attempt_download_asset": _weights,
        "get_github_assets": _address,
        "get_google_drive_file_info": _address,
        "is_url": _is_url,
    },
    "ultralytics.utils.checks": {"resolve_platform_uri": _address, "check_latest_pypi_version": _newest},
    "ultralytics.data.utils": {"check_det_dataset": _pictures, "check_cls_dataset": _classes},
    "ultralytics.data.loaders": {"autocast_list": _source},
    "ultralytics.data.build": {"check_source": _source},
    "ultralytics.engine.trainer": {"BaseTrainer.get_dataset": _plain},
}
