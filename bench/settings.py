"""The product's own settings with the addresses of the bench added."""

from config import settings as product

globals().update({name: value for name, value in vars(product).items() if name.isupper()})
ROOT_URLCONF = "bench.urls"
