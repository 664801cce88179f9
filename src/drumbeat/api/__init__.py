"""HTTP: the API that the web app and other programs use, public links, and the web app itself. Decides nothing."""
