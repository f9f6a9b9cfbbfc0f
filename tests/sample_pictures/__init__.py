"""The pictures of the sample blog, drawn so that they look like photos and differ."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from tests.sample_pictures import (
    cats,
    coast,
    cups,
    evenings,
    flowers,
    food,
    harbour,
    harvest,
    hills,
    lamps,
    pagodas,
    plans,
    printer,
    rooms,
    sky,
    street,
    winter,
    woods,
)

SCENES: dict[str, Callable[[], Image.Image]] = {
    scene.__name__: scene
    for scene in (
        rooms.boxes,
        street.street,
        harbour.harbour_dawn,
        cups.mug,
        flowers.daisy,
        sky.cloud_sky,
        woods.fog,
        woods.autumn,
        flowers.maple,
        evenings.snowy_evening,
        lamps.tree_lights,
        printer.complaint,
        harvest.seedlings,
        plans.plan,
        cats.cat_window,
        cats.cat_asleep,
        coast.lighthouse,
        coast.surf,
        harbour.sea_sunset,
        plans.way,
        harbour.moonrise,
        food.mooncakes,
        lamps.rain,
        hills.lake,
        hills.peak,
        hills.terraces,
        hills.ridges,
        pagodas.pagodas,
        cups.tea,
        harvest.sill,
        food.noodles,
        hills.snowfield,
        evenings.fireworks,
        printer.printer,
        winter.ice,
        winter.prints,
        harvest.beans,
        flowers.sunflowers,
        flowers.lavender,
        harvest.basket,
        winter.snow_road,
        hills.meadow,
        rooms.empty_room,
    )
}
