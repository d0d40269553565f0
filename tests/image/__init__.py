"""The image without Docker: its Dockerfile is carried out in clean Debian systems (chroot)."""
