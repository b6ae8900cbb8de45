"""Pictures, clips, cameras and trained models, as notebooks need them.

Pictures are NumPy arrays as OpenCV has them: (height, width, 3) of uint8, in the order blue, green, red.
"""

from dojo.vision.detectors import load_model, weights
from dojo.vision.pictures import load, opencv, show
from dojo.vision.sources import frames
from dojo.vision.windows import replace_imshow

__all__ = ["frames", "load", "load_model", "opencv", "replace_imshow", "show", "weights"]
