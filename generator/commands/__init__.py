"""The commands of `digest`: one function per command, no logic; what is slow to import, where it is used."""
