"""Test support: the sample corpus laid out as platforms would show it. Each module renders one platform into a folder of files."""
