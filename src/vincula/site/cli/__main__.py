"""`python -m vincula.site.cli`: the command, where its script is not installed."""

from vincula.site.cli.main import main

main()
