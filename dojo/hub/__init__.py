"""A class's JupyterHub on one Linux machine: `python -m dojo.hub`, which `make hub` runs.

Covered, for each person of the roster:
* a server of their own, as a user number of their own, behind a wall (dojo/hub/wall.py): it sees the system's programs,
  Python, the kit, that person's home and the exchange, and nothing else of the machine;
* students see no other home, no course folder, no hub; of the labs only what is released: no solution, no hidden test,
  no known mistake; what others handed in is hidden as nbgrader hides it: it can't be listed, and names end in chance;
* nothing is collected that is not its author's own, and no link (dojo/hub/handin.py);
* instructors see the course folder, the whole kit and their own home, and no student's home;
* kernels talk over sockets in a folder of their owner's, so that nobody on the machine can listen in.

Not covered:
* faults of the kernel, and what the processor leaks; a class that would try gets one virtual machine or pod each
  (deploy/kubernetes);
* the network: servers reach this machine's Ollama and the internet as the teacher does;
* memory, processor and disk are shared by all; one student can slow the others down;
* what travels between a browser and the hub, unless a certificate is set in deploy/jupyterhub_config.py.
"""
