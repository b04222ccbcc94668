"""`python -m videogen` is `video-gen`."""

from videogen.cli import main

if __name__ == "__main__":
    main()
