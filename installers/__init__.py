"""Sets up a checkout: everything between `git clone` and a running window.

Standard library only, because nothing is installed yet when this code runs. It must not import
the application, and the application must not import it. The exceptions are `handbook` and
`translations`, which run inside the finished environment.
"""
