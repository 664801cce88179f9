"""HTTP: the API that the web app and other programs use, public links, the web app. Decides nothing."""
