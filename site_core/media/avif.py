"""How much work goes into an AVIF file."""

from typing import IO, Any

from PIL import Image

SPEED = 8
"""0 is smallest, 10 fastest. Pillow's own 6 takes four times as long for a fifth fewer bytes
(docs/fast-path.md has the figures)."""


def set_speed() -> None:
    """Let Pillow write AVIF at `SPEED` where a caller names none; Wagtail has no way to name it."""
    Image.init()
    save = Image.SAVE["AVIF"]

    def save_faster(image: Any, file: IO[bytes], name: str | bytes) -> None:
        image.encoderinfo.setdefault("speed", SPEED)
        save(image, file, name)

    Image.register_save("AVIF", save_faster)
