"""The read-only API for other programs, `/api/v1/`: what readers may see, and nothing else."""
