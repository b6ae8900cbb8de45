"""JupyterHub for one class on one Linux machine; `make hub` starts it. Yours to change.

The roster, the passwords and all that people make lie in the hub's folder, not here.
"""

import os
from pathlib import Path

from dojo.hub.passwords import hashed
from dojo.hub.place import Place
from dojo.hub.roster import read_roster
from dojo.hub.spawner import WalledSpawner

c = get_config()  # type: ignore[name-defined]  # noqa: F821  # JupyterHub defines it

place = Place(Path(os.environ["DOJO_HUB_FOLDER"]))
people = read_roster(place.roster)
numbers = place.numbers(people)
hub_port, proxy_port = os.environ["DOJO_HUB_PORTS"].split(",")

# Where the class finds it. For https: set ssl_cert and ssl_key to the files of a certificate.
c.JupyterHub.bind_url = os.environ["DOJO_HUB_URL"]
# c.JupyterHub.ssl_cert = "/etc/ssl/my-school.pem"
# c.JupyterHub.ssl_key = "/etc/ssl/my-school.key"

# Who may come in: the roster, each with a password of their own, which they can change at /hub/auth/change-password.
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(hashed(place))
c.FirstUseAuthenticator.create_users = False
c.Authenticator.allowed_users = {person.name for person in people}
c.JupyterHub.cookie_max_age_days = 1  # then people log in again

# Nobody is an administrator: one could open everybody's server.
c.Authenticator.admin_users = set()

# A server for each person, behind a wall.
WalledSpawner.place = place
WalledSpawner.people = {person.name: (person, numbers[person.name]) for person in people}
c.JupyterHub.spawner_class = WalledSpawner
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 180  # a cold disk, and thirty people at once
c.Spawner.http_timeout = 180
c.Spawner.args = ["--LabApp.extension_manager=readonly"]

# The proxy: Traefik, which pip brings; it asks nobody for news.
c.JupyterHub.proxy_class = "traefik_file"
c.TraefikFileProviderProxy.static_config_file = str(place.state / "traefik.toml")
c.TraefikFileProviderProxy.dynamic_config_file = str(place.state / "routes.toml")
c.TraefikProxy.traefik_api_url = f"http://127.0.0.1:{proxy_port}"
c.TraefikProxy.traefik_api_username = "hub"
c.TraefikProxy.traefik_api_password = os.environ["DOJO_HUB_SECRET"]
c.TraefikProxy.extra_static_config = {"global": {"checkNewVersion": False, "sendAnonymousUsage": False}}

# The hub's own parts talk on this machine only.
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = f"sqlite:///{place.state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(place.state / "cookie_secret")
