"""Make the renditions that are missing, out of date or wait for a worker, and clear away what belongs to no photo."""

import shutil
import time

from django.core.management.base import BaseCommand, CommandError

from articles.models import Photo
from articles.pictures.incoming import clear_leftovers, files_of, originals, rendition_root
from articles.pictures.uploads import PictureRefused, make_renditions
from articles.story import photo_visibility

PAUSE = 2  # seconds between two looks of --watch
STEP = 200  # photos asked for at once
AGE = 3600  # seconds that a file without a row is left alone: somebody may be uploading it


class Command(BaseCommand):
    help = (
        "Make the pictures that readers get from the originals. What is there already is left; stopped, it goes on "
        "where it was. Exit code 0 only if every picture could be made."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--all",
            action="store_true",
            help="Make every picture again, also those that are there.",
        )
        parser.add_argument(
            "--watch", action="store_true", help="Go on: the worker for NEWSROOM_PICTURES_LATER."
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would be made and cleared; change nothing.",
        )

    def handle(self, *, dry_run, watch, **options):
        made, kept, failed = self.go_through(everything=options["all"], dry_run=dry_run)
        cleared = self.clear(dry_run=dry_run)
        would = "would be " if dry_run else ""
        self.stdout.write(
            f"{made} {would}made, {kept} there already, {failed} failed, {cleared} left-overs {would}cleared."
        )
        while watch:
            time.sleep(PAUSE)
            if Photo.objects.filter(stamp="").exists():
                made, _, failed = self.go_through(photos=Photo.objects.filter(stamp=""))
                self.stdout.write(f"{made} made, {failed} failed.")
        if failed:
            raise CommandError(f"{failed} pictures could not be made.")

    def go_through(self, *, photos=None, everything=False, dry_run=False):
        photos = Photo.objects.all() if photos is None else photos
        made = kept = failed = last = 0
        total = photos.count()
        while batch := list(photos.filter(pk__gt=last).order_by("pk")[:STEP]):
            for photo in batch:
                last = photo.pk
                if not self.is_due(photo, everything):
                    kept += 1
                    if not dry_run:
                        photo_visibility.sync(photo)
                elif dry_run or self.make(photo):
                    made += 1
                    if made % 10 == 0:
                        self.stdout.write(f"  {made + kept + failed} of {total} …")
                else:
                    failed += 1
        return made, kept, failed

    @staticmethod
    def is_due(photo, everything) -> bool:
        """Not for a photo that went with a withdrawn story."""
        return not photo_visibility.is_taken_away(photo) and (
            everything or not photo_visibility.is_complete(photo)
        )

    def make(self, photo) -> bool:
        try:
            make_renditions(photo)
        except (PictureRefused, OSError) as error:
            why = error if files_of(photo).original_path.is_file() else "its original is not there"
            self.stderr.write(f"! photo {photo.pk} “{photo}”: {why}")
            return False
        return True

    @staticmethod
    def clear(*, dry_run) -> int:
        count = 0 if dry_run else clear_leftovers()
        old = time.time() - AGE
        known = set(Photo.objects.values_list("original", flat=True))
        for file in originals().glob("[!.]*"):
            if file.name not in known and file.stat().st_mtime < old:
                count += 1
                if not dry_run:
                    file.unlink()
        editions = set(Photo.objects.values_list("token", "stamp"))
        for folder in rendition_root().glob("*/*"):
            if (folder.parent.name, folder.name) not in editions and folder.stat().st_mtime < old:
                count += 1
                if not dry_run:
                    shutil.rmtree(
                        folder, ignore_errors=True
                    ) if folder.is_dir() else folder.unlink()
        return count
