"""The picture that other sites show beside a link to a page of ours."""

from django.urls import reverse

from articles.models import Article, Photo
from articles.pictures import social_card


def social_picture(article: Article) -> dict:
    """What other sites show beside a link to the story: {"address", "width", "height", "alt"}, lengths in pixels."""
    if article.lead_photo:
        return card_of(article.lead_photo)
    address = reverse("social-card", args=[article.uid, social_card.stamp_of(article)])
    return link_picture(address, social_card.SIZE, article.headline)


def card_of(photo: Photo) -> dict:
    """The picture beside a link to a page that shows the photo, in the shape of `social_picture`."""
    return link_picture(photo.address("jpg", shape="card"), photo.largest("card"), photo.alt)


def link_picture(address: str, size: tuple[int, int], alt: str) -> dict:
    width, height = size
    return {"address": address, "width": width, "height": height, "alt": alt}
