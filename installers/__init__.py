"""Sets up a checkout: everything between `git clone` and a running window.

Standard library only, because nothing is installed yet when this code runs. It must not import
the application, and the application must not import it. The one exception is `handbook`, which
runs inside the finished environment.
"""
